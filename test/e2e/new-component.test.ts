/** A component is a folder: dropped into a copy of the catalogue it is offered, written, rolled out and shown, without a line of code. */
import {cp, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {binary, startProgram} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';
import {openPlatform, type Platform, summary} from '../helpers/platform.ts';
import {launch} from '../helpers/pty.ts';

const support = await engineSupport();
const root = fileURLToPath(new URL('../..', import.meta.url));

const component = `title: Greeter
summary: Says hello and stays
phase: applications
overlay: apps
licence: MIT
homepage: https://greeter.example
inputs:
  - {id: words, title: Words, help: What it says., type: text, env: GREETER_WORDS, default: hello}
secrets:
  - {id: greeter_key}
files:
  - {from: greeting.txt, fill: [GREETER_WORDS]}
variants:
  standalone: {title: One greeter, summary: It greets alone}
`;

const fragment = `services:
  # Stays until it is stopped.
  greeter:
    image: sandbox/sleeper:1
    user: "1000:1000"
    networks: [proxy]
    volumes:
      - ./config/greeter:/greeting:ro
    secrets: [greeter_key]
    restart: unless-stopped
    read_only: true
    cap_drop: [ALL]
    security_opt: [no-new-privileges:true]
networks:
  proxy: {}
secrets:
  greeter_key:
    file: ./secrets/greeter_key
`;

describe.runIf(support.kind !== 'none')(titled('a component of somebody else', support, 'faults'), () => {
  let engine: TestEngine;
  let platform: Platform;
  let copy: string;

  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(copy, path)), {recursive: true});
    await writeFile(join(copy, path), text);
  };
  const argv = (...args: readonly string[]) => [process.execPath, join(copy, 'dist', 'infra-wizard.cjs'), ...args];
  const run = (...args: readonly string[]) => startProgram(argv(...args), {env: platform.env, cwd: copy, inside: engine.inside}).finished;
  const picked = ['--with', 'greeter', '--without', 'keycloak', '--set', 'greeter.words=good evening'];

  beforeAll(async () => {
    engine = await startEngineForTests(support);
    platform = await openPlatform(engine);
    copy = await mkdtemp(join(tmpdir(), 'infra-wizard-copy-'));
    await cp(dirname(binary), join(copy, 'dist'), {recursive: true});
    for (const folder of ['compose', 'assets']) await cp(join(root, folder), join(copy, folder), {recursive: true});
    await put('compose/greeter/component.yaml', component);
    await put('compose/greeter/standalone.yaml', fragment);
    await put('assets/greeter/greeting.txt', `\${GREETER_WORDS}\n`);
  });
  afterAll(async () => {
    await platform?.remove();
    await engine?.stop();
    await rm(copy, {recursive: true, force: true});
  });

  test('is in the catalogue', async () => {
    const {code, stdout} = await run('catalog', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({component: 'greeter', images: ['sandbox/sleeper:1'], licence: 'MIT'}),
    );
  });

  test('can be picked in the wizard', async () => {
    const terminal = launch(engine.inside(argv('--dir', platform.workspace)), {columns: 100, rows: 40, env: platform.env, cwd: copy});
    try {
      await terminal.waitFor(/1\/5 Welcome[\s\S]*Compose +\d/);
      terminal.type('\r');
      await terminal.waitFor(/2\/5 Basics/);
      terminal.type('\r');
      expect(await terminal.waitFor(/3\/5 Components/)).toMatch(/◻ Greeter +Says hello and stays/);
      terminal.type('q');
      expect(await terminal.exited).toEqual({exitCode: 0});
    } finally {
      terminal.close();
    }
  });

  test('is written and rolled out, and is shown as it runs', async () => {
    const up = await run('up', ...picked, '--yes', '--dir', platform.workspace);
    expect(up.code, up.stderr).toBe(0);
    expect(summary(await platform.containers())).toMatchObject({greeter: 'running -'});
    const said = await platform.docker('exec', 'infra-dev-greeter-1', '/usr/bin/cat', '/greeting/greeting.txt');
    expect(said.stdout, said.stderr).toBe('good evening\n');
    const status = await run('status', '--json', '--dir', platform.workspace);
    expect(JSON.parse(status.stdout).services).toContainEqual(expect.objectContaining({service: 'greeter', phase: 'applications'}));
    expect(await run('plan', '--exit-code', '--dir', platform.workspace)).toMatchObject({code: 0});
  });

  test('with mistakes is refused, each with its file, its line and what to do', async () => {
    await put(
      'compose/greeter/component.yaml',
      component.replace('phase: applications', 'phase: aplications').replace('from: greeting', 'from: greting'),
    );
    await put('compose/greeter/standalone.yaml', fragment.replace('sleeper:1', 'sleeper'));
    const {code, stderr} = await run('catalog');
    expect(code).toBe(2);
    expect(stderr).toContain('compose/greeter/component.yaml:3: There is no phase "aplications". Did you mean "applications"?');
    expect(stderr).toContain('compose/greeter/component.yaml:12: assets/greeter/greting.txt does not exist.');
    expect(stderr).toContain(
      'compose/greeter/standalone.yaml:4: Service "greeter" has no image with a fixed tag. Write image: name:version, not latest.',
    );
  });
});
