import {spawn} from 'node:child_process';
import {constants} from 'node:os';
import {parseArgs} from 'node:util';
import {cacheRoot, purgeCache} from './cache.ts';
import {type Sandbox, startSandbox} from './sandbox.ts';

const usage = `usage: npm run sandbox -- [--store overlay2|containerd] [--rate MEGABYTES] [-- COMMAND...]
       npm run sandbox -- --purge

Starts a private Docker Engine with a private registry and runs $SHELL, or COMMAND, in its network. When that ends, nothing is left.
  --store   image store of the engine; default overlay2
  --rate    download limit of the registry in megabytes per second; default none
  --purge   removes the cache of packages, engine and image layers`;

const options = {
  store: {type: 'string', default: 'overlay2'},
  rate: {type: 'string'},
  purge: {type: 'boolean'},
  help: {type: 'boolean'},
} as const;

async function main(): Promise<number> {
  const {values, positionals} = parseArgs({options, allowPositionals: true});
  if (values.help) return say(usage);
  if (values.purge) return purgeCache().then(() => say(`Removed ${cacheRoot()}.`));
  const {store} = values;
  const megabytes = values.rate === undefined ? undefined : Number(values.rate);
  if ((store !== 'overlay2' && store !== 'containerd') || (megabytes !== undefined && !(megabytes > 0))) return say(usage, 2);
  say('Starting the sandbox (the first time it downloads packages from Debian, a minute or two)...');
  const sandbox = await startSandbox({store, bytesPerSecond: megabytes && megabytes * 1e6});
  try {
    say(introduction(sandbox, store, megabytes));
    return await runInside(sandbox, positionals);
  } finally {
    await sandbox.stop();
  }
}

function introduction({socket, directory}: Sandbox, store: string, megabytes: number | undefined): string {
  return `A Docker Engine of its own (${store}), with a registry of its own (${megabytes === undefined ? 'no limit' : `${megabytes} MB/s`}).
  docker, docker compose   reach it by DOCKER_HOST=unix://${socket}
  published ports          answer here: curl http://localhost/
  images                   those of compose/, and sandbox/{sleeper,exits,never-healthy,hog}:1; stand-ins say so in their log
  logs                     ${directory}/dockerd.log and containerd.log
It ends, and all of it is removed, when this command ends.`;
}

/** The exit code of the command, as a shell would give it. A signal ends the command first, then the sandbox. */
function runInside(sandbox: Sandbox, argv: readonly string[]): Promise<number> {
  const interactive = argv.length === 0;
  const [command = '', ...args] = sandbox.inside(interactive ? [process.env.SHELL || '/bin/sh'] : argv);
  const child = spawn(command, args, {env: sandbox.env, stdio: 'inherit'});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Ctrl+C in a terminal reaches the command by itself.
      const delivered = signal === 'SIGINT' && process.stdin.isTTY && !interactive;
      if (!delivered) child.kill('SIGHUP');
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

function say(text: string, code = 0): number {
  process.stderr.write(`${text}\n`);
  return code;
}

main().then(
  code => process.exit(code),
  (cause: Error) => process.exit(say(cause.message, 1)),
);
