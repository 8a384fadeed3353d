/** One service in the live status, on a real engine through a real terminal: what is seen of it, and what the keys do to its container. */
import {appendFile, constants, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {binary} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {filesIn, openPlatform, type Platform} from '../helpers/platform.ts';
import {launch} from '../helpers/pty.ts';
import {openShell, restored, type Shell} from '../helpers/shell.ts';
import {buildProgram} from '../workspace/programs.ts';

const support = await engineSupport();

const enter = '\r';
const esc = '\u001b';

/** Writes 300 lines, is never healthy, and ends when it is asked to. */
const sick = (level: number, secret: string) => `
services:
  sick:
    image: sandbox/never-healthy:1
    command:
      - sh
      - -c
      - i=0; while [ $$i -lt 300 ]; do echo "line $$i of it"; i=$$((i+1)); done; echo "no such table" >&2; trap 'exit 0' TERM; sleep infinity & wait
    healthcheck: {test: [CMD, healthcheck], interval: 1s, timeout: 2s, retries: 2, start_period: 1s}
    environment:
      LEVEL: "${level}"
      API_PASSWORD: never-on-a-screen
      GREETING: hello ${secret}
      CERTIFICATE_FILE: /run/secrets/certificate
    tmpfs: ["/scratch:size=8m"]
    networks: {proxy: {aliases: [unwell]}}
  watcher:
    image: sandbox/sleeper:1
    depends_on: [sick]
    networks: [proxy]
networks:
  proxy: {driver: bridge, ipam: {config: [{subnet: "\${PROXY_SUBNET:-172.30.0.0/24}"}]}}
`;

/** Process number of the program that a shell runs. */
const programOn = async ({pid}: Shell): Promise<number> => {
  const childrenOf = async (parent: number): Promise<readonly number[]> => {
    const text = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8');
    const children = text.split(' ').filter(Boolean).map(Number);
    return [...children, ...(await Promise.all(children.map(childrenOf))).flat()];
  };
  for (const child of await childrenOf(pid)) {
    if ((await readFile(`/proc/${child}/cmdline`, 'utf8')).includes(binary)) return child;
  }
  throw new Error('The program does not run.');
};

describe.runIf(support.kind === 'sandbox')(titled('a service in the status', support, 'faults'), () => {
  let engine: TestEngine;
  let platform: Platform;
  let secret = '';
  let shell: Shell;

  const overlay = () => join(platform.workspace, '90-docker-compose.Infra.dev.local.yml');
  const folder = () => platform.env.HOME ?? '/';
  const container = async (service: string) => (await platform.containers()).find(one => one.service === service);

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    const up = await platform.run('up', '--yes', '--phase', 'core');
    if (up.code !== 0) throw new Error(up.stderr);
    const secrets = [...(await filesIn(platform.workspace))].filter(([name]) => /^secrets\/[^.]+$/.test(name));
    secret = secrets[0]?.[1].content.trim() ?? '';
    await writeFile(overlay(), sick(1, secret));
    // One by one, as a rollout does: compose then notes on no container what it needs.
    for (const service of ['sick', 'watcher']) {
      const started = await platform.docker('compose', 'up', '--detach', '--no-deps', service);
      if (started.code !== 0) throw new Error(started.stderr);
    }
  });
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
  });

  const open = async (service: string): Promise<void> => {
    shell = openShell({env: platform.env, inside: engine.inside, cwd: folder(), columns: 110, rows: 40});
    shell.run('status', '--dir', platform.workspace);
    await shell.waitFor(new RegExp(` ${service} +running`), 30_000);
    await shell.waitFor(/^ *❯ \S/m);
    const pointed = async () => /^ *❯ (\S+)/m.exec(await shell.screen())?.[1];
    for (let at = await pointed(); at !== service; at = await pointed()) {
      shell.type('j');
      await vi.waitFor(async () => expect([at, undefined]).not.toContain(await pointed()));
    }
  };
  const leave = async () => {
    shell.type('q');
    expect(await shell.end()).toEqual({code: 0, ...restored});
  };

  test('a shell in it gives the terminal back as it was: what is drawn waits until it is read', async () => {
    const isAsynchronous = async () => {
      const flags = /^flags:\s+(\d+)$/m.exec(await readFile(`/proc/${await programOn(shell)}/fdinfo/1`, 'utf8'))?.[1] ?? '';
      return (Number.parseInt(flags, 8) & constants.O_NONBLOCK) !== 0;
    };
    await open('sick');
    expect(await isAsynchronous()).toBe(true);
    shell.type('e');
    await shell.waitFor(/exit comes back/);
    shell.type('echo in-$((40 + 2))\r');
    await shell.waitFor(/^in-42/m);
    expect(await isAsynchronous()).toBe(false);
    shell.type('exit\r');
    await shell.waitFor(/^ *❯ sick/m);
    expect(await isAsynchronous()).toBe(true);
    await leave();
  });

  test('shows its health checks, its surroundings, and no secret', async () => {
    await open('sick');
    shell.type(enter);
    const overview = await shell.waitFor(/Files [\s\S]*90-docker/);
    expect(overview).toMatch(/Digest +sha256:[0-9a-f]{64}/);
    expect(overview).toContain((await container('sick'))?.id.slice(0, 12));
    shell.type('3');
    const health = await shell.waitFor(/✖ failed with 1 .*took \d+.*\n +this image is never healthy/, 30_000);
    expect(health).toMatch(/Command +healthcheck/);
    expect(health).toMatch(/every 1s, at most 2s each; unhealthy after 2 failures in a row/);
    shell.type('4');
    const environment = await shell.waitFor(/LEVEL +1/);
    expect(environment).toMatch(/API_PASSWORD +•+\n/);
    expect(environment).toMatch(/GREETING +•+\n/);
    expect(environment).toMatch(/CERTIFICATE_FILE +\/run\/secrets\/certificate/);
    shell.type('5');
    expect(await shell.waitFor(/infra-dev_proxy/)).toMatch(/Address +172\.30\.0\.\d+\n.*Gateway +172\.30\.0\.1\n.*Answers to .*unwell/);
    shell.type('6');
    expect(await shell.waitFor(/\/scratch/)).toMatch(/tmpfs, read and write\n.*at most 8 MiB/);
    expect(secret.length).toBeGreaterThan(6);
    expect(shell.raw()).not.toContain(secret);
    expect(shell.raw()).not.toContain('never-on-a-screen');
    await leave();
  });

  test('its log is searched, and saved whole in a file of its own', async () => {
    await open('sick');
    shell.type('l');
    await shell.waitFor(/line 299 of it/);
    shell.type('/no such\r');
    await shell.waitFor(/❯│no such table/);
    shell.type(esc);
    await shell.waitFor(/Esc back/);
    shell.type('/line 123');
    await shell.waitFor(/1 line\n/);
    shell.type(enter);
    await shell.waitFor(/❯ line 123 of it[\s\S]*1 of 1 line/);
    shell.type(esc);
    await shell.waitFor(/Esc back/);
    shell.type('W');
    await shell.waitFor(/The log is in \S+sick-\d{8}-\d{6}\.log/);
    const [name = ''] = (await readdir(folder())).filter(file => file.endsWith('.log'));
    const path = join(folder(), name);
    const lines = (await readFile(path, 'utf8')).split('\n');
    expect(lines.filter(line => line.startsWith('line'))).toEqual(Array.from({length: 300}, (_, index) => `line ${index} of it`));
    expect(lines).toContain('no such table');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await leave();
  });

  test('is stopped, started, restarted and applied again, each after what it means was said; leaving waits for compose', async () => {
    await open('sick');
    const first = await container('sick');
    shell.type('s');
    await shell.waitFor(/Stop sick\?\n.*watcher depends on it and runs now/);
    shell.type(enter);
    await shell.waitFor(/Enter open/);
    expect((await container('sick'))?.state).toBe('running');
    shell.type('sj\r');
    await shell.waitFor(/sick was stopped/, 30_000);
    expect(await container('sick')).toMatchObject({id: first?.id, state: 'exited'});
    shell.type('e');
    await shell.waitFor(/sick does not run: S starts it/);
    shell.type('S');
    await shell.waitFor(/sick was started/, 30_000);
    const started = await container('sick');
    expect(started).toMatchObject({id: first?.id, state: 'running'});
    shell.type('rj\r');
    await shell.waitFor(/sick was restarted/, 30_000);
    const restarted = await container('sick');
    expect(restarted).toMatchObject({id: first?.id, state: 'running'});
    expect(restarted?.startedAt).not.toBe(started?.startedAt);

    shell.type('uj\r');
    await shell.waitFor(/sick is as its overlay says/, 30_000);
    expect((await container('sick'))?.id).toBe(first?.id);
    await writeFile(overlay(), sick(2, secret));
    shell.type('uj\r');
    await shell.waitFor(/sick was made anew/, 30_000);
    const {id = ''} = (await container('sick')) ?? {};
    expect(id).not.toBe(first?.id);
    expect((await platform.docker('exec', id, 'sh', '-c', 'echo $LEVEL')).stdout).toBe('2\n');

    const other = launch(engine.inside([process.execPath, buildProgram('contender')]), {columns: 100, env: platform.env});
    onTestFinished(other.close);
    other.type(`lock ${platform.workspace}\r`);
    await other.waitFor(/won/);
    await writeFile(overlay(), sick(3, secret));
    shell.type('uj\r');
    await shell.waitFor(/✖ Another run works on[\s\S]*infra-wizard up of shop-dev/, 30_000);
    expect((await container('sick'))?.id).toBe(id);

    other.type('free\r');
    // The terminal shows what was typed, and then the answer.
    await other.waitFor(/free\s+free/);
    shell.type('uj\rq');
    expect(await shell.end(30_000)).toEqual({code: 0, ...restored});
    const last = await container('sick');
    expect(last?.state).toBe('running');
    expect((await platform.docker('exec', last?.id ?? '', 'sh', '-c', 'echo $LEVEL')).stdout).toBe('3\n');
  });

  test('what was asked for is done, though the view is left in the same moment', async () => {
    await open('watcher');
    const {id = ''} = (await container('watcher')) ?? {};
    expect((await platform.docker('stop', '--time', '0', id)).code).toBe(0);
    await shell.waitFor(/❯ watcher +(?:exited|finished)/);
    shell.type('Sq');
    expect(await shell.end(30_000)).toEqual({code: 0, ...restored});
    expect(await container('watcher')).toMatchObject({id, state: 'running'});
  });

  test('a configuration file that was edited differs, and applying makes the service anew with it; all of it stands in the journal', async () => {
    const path = join(platform.workspace, 'config/traefik/traefik.yaml');
    await open('traefik');
    const first = await container('traefik');
    await appendFile(path, '# my own remark\n');
    await shell.waitFor(/config\/traefik\/traefik\.yaml changed since it was started/, 30_000);
    shell.type('uj\r');
    await shell.waitFor(/traefik was made anew/, 30_000);
    expect((await container('traefik'))?.id).not.toBe(first?.id);
    await vi.waitFor(async () => expect(await shell.screen()).not.toContain('changed since it was started'), {timeout: 30_000});
    shell.type('rj\r');
    await shell.waitFor(/traefik was restarted/, 30_000);
    await leave();
    const journal = (await readFile(join(platform.workspace, '.infra-wizard/journal.jsonl'), 'utf8')).trimEnd().split('\n');
    const noted = journal.map(text => JSON.parse(text)).filter(({id, command}) => command === 'status' && id === 'service/traefik');
    expect(noted.map(({status, text}) => `${status} ${text}`)).toEqual([
      'working Applying',
      'done Recreated',
      'working Restarting',
      'done Restarted',
    ]);
    const plan = await platform.run('plan', '--phase', 'core');
    expect(plan.stdout).toMatch(/^ {2}keep +traefik +runs as its overlay says$/m);
    expect(plan.stdout).not.toMatch(/^ {2}write +11-/m);
  });

  test('a shell in it gets the whole terminal and gives it back; an image without one says so', async () => {
    await open('sick');
    shell.type('e');
    await shell.waitFor(/sh in infra-dev-sick-1\. exit comes back\.[\s\S]*[#$] *$/, 30_000);
    expect(shell.isAlternate()).toBe(false);
    shell.type('echo q$((40+2)) >/proof\r');
    shell.type('exit\r');
    await shell.waitFor(/❯ sick +running/);
    expect(shell.isAlternate()).toBe(true);
    const {id = ''} = (await container('sick')) ?? {};
    expect((await platform.docker('exec', id, 'cat', '/proof')).stdout).toBe('q42\n');
    shell.type(enter);
    await shell.waitFor(/\[1 Overview\]/);
    shell.resize(80, 24);
    await shell.waitFor(/^ {2}infra-wizard {50,}Status$/m);
    await leave();
    await open('traefik-socket-proxy');
    shell.type('e');
    await shell.waitFor(/✖ The image of traefik-socket-proxy has no shell\./, 30_000);
    expect(shell.isAlternate()).toBe(true);
    await leave();
  });
});
