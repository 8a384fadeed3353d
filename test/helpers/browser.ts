/** A real browser, without any network: what it shows is all in the page. */
import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {unpackRoot} from '../sandbox/tools.ts';

const run = promisify(execFile);

export interface Browser {
  /** The document once it was loaded and whatever could run has run. */
  dom(html: string): Promise<string>;
  /** A picture of it, as PNG. */
  picture(html: string, width: number, height: number): Promise<Buffer>;
}

/** Debian's, of a release new enough for today's CSS. Programs and folders of the host stay out of its sight. */
const release = 'trixie';

const flags = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  ...['--disable-sync', '--disable-dev-shm-usage', '--hide-scrollbars'],
];

/** Mounts end with the process: they are in a mount namespace of its own. */
const enter = 'mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && exec chroot "$0" /usr/lib/chromium/chromium "$@"';

/** Call it where `noTools` has nothing to say. */
export const openBrowser = async (): Promise<Browser> => {
  const root = await unpackRoot('chromium', release);
  const visit = async <T>(html: string, more: readonly string[], then: (stdout: string, folder: string) => Promise<T>): Promise<T> => {
    const folder = await mkdtemp(join(root, 'tmp/page-'));
    const inside = folder.slice(root.length);
    try {
      await writeFile(join(folder, 'page.html'), html);
      const where = [`--user-data-dir=${inside}/user`, ...more.map(flag => flag.replace('FOLDER', inside)), `file://${inside}/page.html`];
      const {stdout} = await run('unshare', ['--mount', '--net', '--pid', '--fork', 'sh', '-c', enter, root, ...flags, ...where], {
        maxBuffer: 16 * 2 ** 20,
      });
      return await then(stdout, folder);
    } finally {
      await rm(folder, {recursive: true, force: true, maxRetries: 3});
    }
  };
  return {
    dom: html => visit(html, ['--dump-dom'], async stdout => stdout),
    picture: (html, width, height) =>
      visit(html, [`--window-size=${width},${height}`, '--screenshot=FOLDER/page.png'], (_, folder) => readFile(join(folder, 'page.png'))),
  };
};
