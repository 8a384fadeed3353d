/**
 * Makes `dist/` out of `source/`: one bundle, split, its own code unminified, without dependencies.
 * `node esbuild.config.mjs` installs and builds only what is missing or older than its sources; `--force` always builds.
 */
import {execFileSync} from 'node:child_process';
import {copyFile, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const modified = path =>
  stat(join(root, path)).then(
    ({mtimeMs}) => mtimeMs,
    () => 0,
  );

const newest = async folder => {
  const entries = await readdir(join(root, folder), {withFileTypes: true, recursive: true});
  const times = entries.filter(entry => entry.isFile()).map(entry => stat(join(entry.parentPath, entry.name)));
  return Math.max(0, ...(await Promise.all(times)).map(({mtimeMs}) => mtimeMs));
};

const packagesOf = path =>
  readFile(join(root, path), 'utf8').then(
    text => JSON.parse(text).packages,
    () => ({}),
  );

/** npm writes what it installed to node_modules/.package-lock.json; what is optional there depends on the system. */
const isInstalled = async () => {
  const [wanted, installed] = await Promise.all(['package-lock.json', 'node_modules/.package-lock.json'].map(packagesOf));
  return Object.entries(wanted).every(([path, {version, optional}]) => path === '' || optional || installed[path]?.version === version);
};

const install = async () => {
  if (await isInstalled()) return;
  process.stderr.write('Installing what the build needs ...\n');
  // npm is a script on Windows, which only a shell can start; the arguments are fixed.
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
};

const isFresh = async () => {
  const built = await modified('dist/infra-wizard.cjs');
  const sources = [
    await newest('source'),
    await modified('esbuild.config.mjs'),
    await modified('package.json'),
    await modified('package-lock.json'),
  ];
  return built > Math.max(...sources);
};

const target = 'node20.19';
const production = {'process.env.NODE_ENV': '"production"'};

const replaceIn = (name, filter, changes) => ({
  name,
  setup(build) {
    build.onLoad({filter}, async ({path}) => {
      const text = await readFile(path, 'utf8');
      const contents = changes.reduce((current, [from, to]) => current.replaceAll(from, to), text);
      if (contents === text) throw new Error(`${name}: ${path} is not what was expected; look at the change again`);
      return {contents, loader: 'js'};
    });
  },
});

/** ES modules before CommonJS: what is not used stays out, and `import()` finds the names. */
const mainFields = ['module', 'main'];

/** yoga-layout asks `fetch` for its data: URL where there is one, which loads all of undici: 50 ms of every start. */
const yogaWithoutFetch = replaceIn('yoga-layout', /yoga-wasm-base64-esm\.js$/, [
  ['"function"!=typeof fetch', 'true'],
  ['"function"==typeof fetch', 'false'],
]);

/** Names inside code of others are shortened: a tenth of the program. Ours stay as they are, so that a trace can be read. */
const shortNamesOfOthers = {
  name: 'short-names-of-others',
  setup(build) {
    build.onLoad({filter: /node_modules\/.*\.m?js$/}, async ({path}) => {
      // These decode by the names of their classes: `constructor.name === 'Sequence'`.
      if (/node_modules\/(?:@peculiar|asn1js)\//.test(path)) return undefined;
      const options = {minifyIdentifiers: true, minifySyntax: true, target, define: production};
      const {code} = await build.esbuild.transform(await readFile(path, 'utf8'), options);
      return {contents: code, loader: 'js'};
    });
  },
};

/** See source/ui/text/plain-output.ts. */
const inkByRows = replaceIn('ink-output', /ink\/build\/output\.js$/, [
  [
    "import stringWidth from 'string-width';",
    `import stringWidth from 'string-width'; import {plainOutput} from ${JSON.stringify(join(root, 'source/ui/text/plain-output.ts'))};`,
  ],
  [
    '    get() {\n',
    '    get() {\n        const plain = plainOutput(this.operations, this.width, this.height);\n        if (plain) return plain;\n',
  ],
]);

/** Ink takes both rows apart into characters where they are not ASCII: those of source/ui/text/narrow.ts are a column each as well. */
const inkLineUpdate = replaceIn('ink-line-update', /ink\/build\/line-update\.js$/, [
  [
    "import stringWidth from 'string-width';",
    `import stringWidth from 'string-width'; import {narrow} from ${JSON.stringify(join(root, 'source/ui/text/narrow.ts'))};`,
  ],
  ['printableAscii.test(previousText) && printableAscii.test(nextText)', 'narrow.test(previousText) && narrow.test(nextText)'],
]);

/** docker-modem describes every request to a log that nobody reads: a tenth of what a request costs. */
const requestsWithoutLog = replaceIn('docker-modem', /docker-modem\/lib\/modem\.js$/, [
  ["debug('Sending: %s', util.inspect(", "if (debug.enabled) debug('Sending: %s', util.inspect("],
]);

const empty = names => ({
  name: 'empty',
  setup(build) {
    build.onResolve({filter: new RegExp(`^(?:${names.join('|')})$`)}, ({path}) => ({path, namespace: 'empty'}));
    build.onLoad({filter: /.*/, namespace: 'empty'}, () => ({
      // CommonJS, of which any name may be imported.
      contents: 'module.exports = {initialize() {}, connectToDevTools() {}};',
      loader: 'js',
    }));
  },
});

/** See source/ui/text/narrow.ts, which alone gets the real one. */
const stringWidthByTable = {
  name: 'string-width',
  setup(build) {
    const table = join(root, 'source/ui/text/narrow.ts');
    build.onResolve({filter: /^string-width$/}, ({importer, path}) => (importer === table ? undefined : {path, namespace: 'by-table'}));
    build.onLoad({filter: /.*/, namespace: 'by-table'}, () => ({
      contents: `export {width as default} from ${JSON.stringify(table)};`,
      resolveDir: root,
    }));
  },
};

/** What docker-modem streams with is a copy of Node's own from before Node 12. */
const streamsOfNode = {
  name: 'readable-stream',
  setup(build) {
    build.onResolve({filter: /^readable-stream$/}, () => ({path: 'node:stream', external: true}));
  },
};

/** dockerode loads these for `docker build` sessions, its own ssh and archives: nothing here does any of that, and they are three quarters of its size. */
const onlyForBuilds = ['@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs', 'ssh2', 'tar-fs', '@balena/dockerignore'];
/** Of conf, where a schema is given: ours are checked with valibot before anything is saved. */
const onlyForSchemas = ['ajv/dist/2020.js', 'ajv-formats'];
const onlyForDevelopment = ['react-devtools-core'];

/** CommonJS parts of the bundle expect these; in ESM they have to be made. */
const banner = [
  "import {createRequire as __createRequire} from 'node:module';",
  "import {fileURLToPath as __fileURLToPath} from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  // A bundled module may have a URL of its own.
  "const __dirname = __fileURLToPath(new globalThis.URL('.', import.meta.url));",
].join('');

/** Whose code is in the bundle, with their licences: it is distributed with ours. A text that several share is there once, under all their names. */
const writeLicences = async metafile => {
  const inputs = Object.keys(metafile.inputs);
  const packages = new Set(inputs.flatMap(input => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  const licences = await Promise.all(
    [...packages].sort().map(async folder => {
      const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
      const files = await readdir(join(root, folder));
      const licence = files.find(file => /^licen[cs]e(\.|$)/i.test(file));
      const text = licence ? await readFile(join(root, folder, licence), 'utf8') : `Licence: ${manifest.license ?? 'see its repository'}`;
      return {title: `${manifest.name} ${manifest.version}`, text: text.trim()};
    }),
  );
  const sections = [...new Set(licences.map(({text}) => text))].map(text => {
    const titles = licences.filter(licence => licence.text === text).map(({title}) => title);
    return `${titles.join('\n')}\n\n${text}\n`;
  });
  await writeFile(join(root, fresh, 'THIRD-PARTY-LICENSES.txt'), sections.join(`\n${'-'.repeat(78)}\n\n`));
};

/** Made beside it and put in its place, so that `dist/` is never half there. */
const fresh = `dist-${process.pid}.tmp`;

const build = async () => {
  const esbuild = await import('esbuild');
  const {version} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const {metafile} = await esbuild.build({
    absWorkingDir: root,
    entryPoints: {cli: 'source/cli.tsx'},
    outdir: fresh,
    bundle: true,
    splitting: true,
    // Shorter ways to say the same, without branches that production never takes. Names and lines stay, so that a trace can be read.
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    mainFields,
    target,
    jsx: 'automatic',
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    define: {...production, __VERSION__: JSON.stringify(version)},
    plugins: [
      yogaWithoutFetch,
      inkByRows,
      inkLineUpdate,
      requestsWithoutLog,
      stringWidthByTable,
      streamsOfNode,
      empty([...onlyForBuilds, ...onlyForSchemas, ...onlyForDevelopment]),
      shortNamesOfOthers,
    ],
    banner: {js: banner},
  });
  await writeLicences(metafile);
  await copyFile(join(root, 'source/launcher.cjs'), join(root, fresh, 'infra-wizard.cjs'));
  await rm(join(root, 'dist'), {recursive: true, force: true});
  await rename(join(root, fresh), join(root, 'dist'));
};

await install();
if (process.argv.includes('--force') || !(await isFresh()))
  await build().finally(() => rm(join(root, fresh), {recursive: true, force: true}));
