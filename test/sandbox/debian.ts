import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {withLock} from './cache.ts';
import {run} from './run.ts';

/** Packages of one Debian release, unpacked side by side. */
export interface PackageSet {
  readonly suite: string;
  readonly packages: readonly string[];
  /** Also everything they depend on; default false. */
  readonly dependencies?: boolean | undefined;
  /** Names (`*` at the end matches the rest) that are left out of the dependencies. */
  readonly without?: readonly string[] | undefined;
}

const advice = "Check that Debian's package mirror can be reached, then start again.";

/** Downloads through an apt of our own, so that the host's sources, lists and packages stay as they are. */
export class Debian {
  readonly #updated = new Set<string>();

  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** Unpacks a set into a folder, less what the sets in `present` bring. */
  async unpack(set: PackageSet, folder: string, present: readonly PackageSet[] = []): Promise<void> {
    for (const file of await this.#download(set, present)) {
      await run(['dpkg-deb', '--extract', file, folder], `unpack ${file}`, 'Run `npm run sandbox -- --purge`, then start again.');
    }
  }

  #download(set: PackageSet, present: readonly PackageSet[]): Promise<string[]> {
    return withLock(this.root, 'apt', async () => {
      const env = await this.#apt(set.suite);
      const below: string[] = [];
      for (const other of present) below.push(...(await this.#closure(other)).map(({name}) => name));
      const wanted = (await this.#closure(set)).filter(({name}) => !below.includes(name));
      const folder = join(this.root, 'packages', set.suite);
      await mkdir(folder, {recursive: true});
      const argv = ['apt-get', 'download', ...wanted.map(({name}) => name)];
      await run(argv, `download packages of Debian ${set.suite}`, advice, {env, cwd: folder});
      return wanted.map(({file}) => join(folder, file));
    });
  }

  /** The packages of a set, sorted so that base-files, which lays out the root, comes first. */
  async #closure(set: PackageSet): Promise<{name: string; file: string}[]> {
    const env = await this.#apt(set.suite);
    const verb = set.dependencies ? ['install', '--yes'] : ['download'];
    const purpose = `find ${set.packages.join(', ')} in Debian ${set.suite}`;
    // An empty folder, since apt does not list what the current one holds.
    const cwd = join(this.root, 'apt', set.suite, 'state');
    const listed = await run(['apt-get', ...verb, '--print-uris', '-qq', ...set.packages], purpose, advice, {env, cwd});
    const all = [...listed.matchAll(/^'\S+' (([^_\s]+)_\S+)/gm)].map(([, file = '', name = '']) => ({name, file}));
    const excluded = (name: string) => !set.packages.includes(name) && (set.without ?? []).some(pattern => matches(pattern, name));
    return all
      .filter(({name}) => !excluded(name))
      .sort((a, b) => Number(b.name === 'base-files') - Number(a.name === 'base-files') || a.name.localeCompare(b.name));
  }

  async #apt(suite: string): Promise<NodeJS.ProcessEnv> {
    const folder = join(this.root, 'apt', suite);
    const env = {...process.env, APT_CONFIG: join(folder, 'apt.conf'), LC_ALL: 'C'};
    if (this.#updated.has(suite)) return env;
    for (const name of ['state/lists/partial', 'cache/archives/partial']) await mkdir(join(folder, name), {recursive: true});
    await writeFile(join(folder, 'status'), '');
    await writeFile(join(folder, 'sources.list'), `deb [signed-by=${keyring}] ${mirror} ${suite} main\n`);
    await writeFile(join(folder, 'apt.conf'), aptConfiguration(folder));
    await run(['apt-get', 'update'], `read the package lists of Debian ${suite}`, advice, {env});
    this.#updated.add(suite);
    return env;
  }
}

/** The release this machine runs, as Debian names it ("bookworm"); undefined on other systems. */
export async function hostSuite(): Promise<string | undefined> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID=debian$/m.test(text) ? /^VERSION_CODENAME=(\w+)$/m.exec(text)?.[1] : undefined;
}

export const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const mirror = 'http://deb.debian.org/debian';

/** Valid-Until is not checked: a mirror that was frozen on some day serves the same signed packages. */
function aptConfiguration(folder: string): string {
  return [
    `Dir "${folder}";`,
    'Dir::State "state";',
    `Dir::State::status "${join(folder, 'status')}";`,
    'Dir::Cache "cache";',
    'Dir::Cache::srcpkgcache "";',
    `Dir::Etc::sourcelist "${join(folder, 'sources.list')}";`,
    ...['parts', 'sourceparts', 'trustedparts', 'preferencesparts'].map(name => `Dir::Etc::${name} "/dev/null";`),
    'APT::Sandbox::User "root";',
    'APT::Install-Recommends "false";',
    'Acquire::Languages "none";',
    'Acquire::GzipIndexes "true";',
    'Acquire::Check-Valid-Until "false";',
    'Acquire::Retries "3";',
    '',
  ].join('\n');
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}
