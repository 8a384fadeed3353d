/** One fault each, on a small platform: what is said, what is left in files and containers, and that the next run reaches the goal. */
import {readdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {type Running, startProgram} from '../helpers/cli.ts';
import {engineSupport, titled} from '../helpers/engine-for-tests.ts';
import {launch} from '../helpers/pty.ts';
import {type Sandbox, startSandbox} from '../sandbox/sandbox.ts';
import {flagsOf, goalOf, ownOverlay, type Wish} from '../survival/house.ts';
import {argvOf, type Lane, openLane} from '../survival/lane.ts';
import {openMemoryGroup} from '../survival/memory.ts';
import {composeBelow, descendantsOf, killAll} from '../survival/processes.ts';

const support = await engineSupport();

const lit: Wish = {colour: 'red', lamp: true};
const dark: Wish = {colour: 'red', lamp: false};

/** What is noted of a phase that came up. */
interface Noted {
  readonly phase: string;
  readonly volumes: readonly {readonly name: string}[];
}

/** An event of the JSON stream, wherever its other fields are. */
const event = (id: string, text: string) => new RegExp(`^(?=.*"id":"${id}[^"]*")(?=.*"text":"${text}).*$`, 'm');

describe.runIf(support.kind === 'sandbox')(titled('a fault', support, 'faults'), () => {
  let sandbox: Sandbox;
  let lane: Lane;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(async () => {
    await sandbox.reset();
    lane = await openLane(sandbox, {name: 'north', subnet: 1, lampRepository: 'library/traefik'});
    const opened = lane;
    onTestFinished(({task}) => (task.result?.state === 'fail' ? undefined : opened.remove()));
  });
  afterEach(async () => {
    await sandbox.registry.clear();
    await sandbox.registry.setLine('open');
    await sandbox.registry.setRate(undefined);
  });
  afterAll(() => sandbox?.stop());

  const up = (wish: Wish) => lane.start(...argvOf('up', wish));
  const states = async (): Promise<Readonly<Record<string, string>>> => {
    const containers = await lane.engine.containers(lane.project);
    const found = Object.fromEntries(containers.map(({service, state}) => [service, state]));
    return {...found, ...(containers.length > Object.keys(found).length && {twice: containers.map(({name}) => name).join(' ')})};
  };
  const own = (service: string) => writeFile(join(lane.workspace, ownOverlay.path), `services:\n  own: ${service}\n`);
  const mend = () => writeFile(join(lane.workspace, ownOverlay.path), ownOverlay.content);
  const expectGoalWith = async (wish: Wish, more: Readonly<Record<string, string>>) => {
    const resumed = await up(wish).finished;
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(await states()).toEqual({...goalOf(wish), ...more});
  };
  const expectGoal = (wish: Wish) => expectGoalWith(wish, {});
  /** The failure that a JSON stream tells of a service. */
  const failureOf = (stderr: string, service: string) => {
    const events = stderr.split('\n').filter(line => line.startsWith('{'));
    const failed = events.map(line => JSON.parse(line)).filter(({id, status}) => id === `service/${service}` && status === 'error');
    return failed.at(-1)?.failure;
  };

  test('registries that refuse connections are asked again, and the run ends well when they are back', async () => {
    await sandbox.reset({images: true});
    await sandbox.registry.setLine('refused');
    const running = up(dark);
    await running.waitFor(event('image/sandbox/sleeper:1', 'Retrying'));
    expect(await states()).toEqual({});
    await sandbox.registry.setLine('open');
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(0);
    expect(await states()).toEqual(goalOf(dark));
  });

  test('a certificate that no client may accept: nothing is pulled or started, and no way around is offered', async () => {
    await sandbox.reset({images: true});
    for (const line of ['expired', 'self-signed', 'other-host'] as const) {
      await sandbox.registry.setLine(line);
      const ended = await up(dark).finished;
      expect(ended.code, ended.stderr).toBe(5);
      expect(failureOf(ended.stderr, 'gate').reason, line).toMatch(/certificate/i);
      expect(ended.stderr).not.toMatch(/insecure/i);
      expect(await states()).toEqual({});
    }
    await sandbox.registry.setLine('open');
    await expectGoal(dark);
  });

  test('a layer with a wrong byte is never started; when the registry sends the right ones, the next run goes on', async () => {
    await expectGoal(dark);
    await sandbox.exec(['docker', 'image', 'rm', '--force', lane.lampImage]);
    await sandbox.registry.fail('library/traefik', {kind: 'corrupt', atByte: 20_000});
    const ended = await up(lit).finished;
    expect(ended.code, ended.stderr).toBe(5);
    expect(failureOf(ended.stderr, 'lamp')).toMatchObject({cause: 'pull', image: lane.lampImage});
    expect(await states()).toEqual(goalOf(dark));
    await sandbox.registry.clear();
    await expectGoal(lit);
  });

  test('a download that is cut after a random number of bytes, again and again, is taken up where it was', async () => {
    await sandbox.exec(['docker', 'image', 'rm', '--force', lane.lampImage]);
    const afterBytes = 1 + Math.floor(Math.random() * 3e6);
    await sandbox.registry.fail('library/traefik', {kind: 'reset', afterBytes, times: 2});
    const ended = await up(lit).finished;
    expect(ended.code, `cut after ${afterBytes}: ${ended.stderr}`).toBe(0);
    expect(await states()).toEqual(goalOf(lit));
  });

  test('an image that a registry does not let one have: what else there is runs', async () => {
    await sandbox.exec(['docker', 'image', 'rm', '--force', lane.lampImage]);
    await sandbox.registry.fail('library/traefik', {kind: 'status', at: 'manifest', status: 403});
    const ended = await up(lit).finished;
    expect(ended.code, ended.stderr).toBe(5);
    expect(failureOf(ended.stderr, 'lamp').reason).toContain('docker.io does not let this user pull library/traefik:');
    expect(await states()).toEqual(goalOf(dark));
    await sandbox.registry.clear();
    await expectGoal(lit);
  });

  test('an engine that hangs in mid-run is waited for', async () => {
    const running = up(dark);
    await running.waitFor(event('service/gate', 'Starting'));
    await sandbox.pauseEngine();
    await running.waitFor(event('run', 'Waiting for the engine'));
    await sandbox.resumeEngine();
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(0);
    expect(await states()).toEqual(goalOf(dark));
  });

  test('an engine and a run that are both killed, as by a reboot, go on where they were', async () => {
    const running = up(dark);
    await running.waitFor(event('service/store', 'Creating'));
    const below = await descendantsOf(running.pid);
    await sandbox.killEngine();
    killAll([running.pid, ...below]);
    expect((await running.finished).code).toBe(137);
    await sandbox.startEngine();
    await expectGoal(dark);
  });

  test('status says that the socket is gone, stays, and shows what runs when it is back', async () => {
    await expectGoal(dark);
    const [program = '', ...args] = lane.command.argv;
    const argv = [program, ...args, 'status', '--dir', lane.workspace];
    const terminal = launch(argv, {env: lane.command.env, columns: 100, rows: 30});
    onTestFinished(() => terminal.close());
    await terminal.waitFor(/gate +running/);
    await sandbox.killEngine();
    await rename(sandbox.socket, `${sandbox.socket}.away`);
    try {
      await terminal.waitFor(/The engine (?:does not answer|has not answered)/, 30_000);
    } finally {
      await rename(`${sandbox.socket}.away`, sandbox.socket);
      await sandbox.startEngine();
    }
    await terminal.waitFor(/gate +running[\s\S]*store/, 60_000);
    terminal.type('q');
    expect(await terminal.exited).toEqual({exitCode: 0});
  });

  test('services that fail each in its way are named with their cause, in bounded time, and the rest runs', async () => {
    const services = {
      crashing: '{image: "sandbox/exits:1", restart: always}',
      leaving: '{image: "sandbox/exits:1", environment: {EXIT_CODE: "0"}, restart: unless-stopped}',
      commandless: '{image: "sandbox/sleeper:1", command: [no-such-command]}',
      hungry: '{image: "sandbox/hog:1", mem_limit: 32m}',
    };
    const lines = Object.entries(services).map(([name, service]) => `  ${name}: ${service}\n`);
    await writeFile(join(lane.workspace, ownOverlay.path), `services:\n${lines.join('')}`);
    const ended = await up(dark).finished;
    expect(ended.code, ended.stderr).toBe(5);
    expect(failureOf(ended.stderr, 'crashing').reason).toMatch(/^crashing ended \d+ times after its start, last with code 3/);
    expect(failureOf(ended.stderr, 'leaving').reason).toMatch(/^leaving ended \d+ times after its start, last with code 0/);
    expect(JSON.stringify(failureOf(ended.stderr, 'commandless'))).toContain('no-such-command');
    expect(failureOf(ended.stderr, 'hungry').reason).toMatch(/^The kernel killed hungry: .* memory limit of 32 MiB/);
    const {own: _own, ...others} = goalOf(dark);
    expect(await states()).toMatchObject(others);
    await sandbox.exec(['docker', 'rm', '--force', ...Object.keys(services).map(name => `${lane.project}-${name}-1`)]);
    await mend();
    await expectGoal(dark);
  });

  test('a service that keeps ending is not taken for one that runs, though nothing else is waited for', async () => {
    await own('{image: "sandbox/exits:1", restart: always, depends_on: {store-setup: {condition: service_completed_successfully}}}');
    const ended = await up(dark).finished;
    expect(ended.code, ended.stderr).toBe(5);
    expect(failureOf(ended.stderr, 'own').reason).toMatch(/^own ended \d+ times after its start, last with code 3/);
    await mend();
    await expectGoal(dark);
  });

  describe('health that comes and goes', () => {
    const container = () => `${lane.project}-own-1`;
    const probing = (test: string, interval: string) =>
      `{image: "sandbox/sleeper:1", entrypoint: [sh, -c, "touch /tmp/well; sleep infinity"], stop_grace_period: 0s,
    healthcheck: {test: [CMD, sh, -c, ${JSON.stringify(test.replaceAll('$', '$$$$'))}], interval: ${interval}, timeout: 1s, retries: 1}}`;
    const health = async () => {
      const {stdout} = await sandbox.exec(['docker', 'inspect', '--format', '{{json .State.Health}}', container()]);
      const {Status, Log}: {readonly Status: string; readonly Log: readonly {readonly ExitCode: number}[]} = JSON.parse(stdout);
      return {status: Status, probes: Log.map(({ExitCode}) => (ExitCode === 0 ? '+' : '-')).join('')};
    };

    test('is no health: the first good probe after bad ones is not enough, three in a row are', async () => {
      await own(probing('test -f /tmp/well', '3s'));
      await expectGoalWith(dark, {own: 'running healthy'});
      await sandbox.exec(['docker', 'exec', container(), 'rm', '/tmp/well']);
      await expect.poll(async () => (await health()).status, {timeout: 15_000}).toBe('unhealthy');
      await sandbox.exec(['docker', 'exec', container(), 'touch', '/tmp/well']);
      await expect.poll(async () => (await health()).status, {timeout: 15_000, interval: 50}).toBe('healthy');
      const ended = await up(dark).finished;
      expect(ended.code, ended.stderr).toBe(0);
      expect((await health()).probes).toMatch(/-\+{3,}$/);
      expect(ended.stderr).toMatch(event('service/own', 'Unsteady'));
    });

    test('for good ends as a failure that says so', async () => {
      // Two good ones, then a bad one.
      const turns = 'n=$(($(cat /tmp/n 2>/dev/null || echo 0) + 1)); echo $n > /tmp/n; [ $((n % 3)) != 0 ]';
      await own(probing(turns, '1s'));
      await up(dark).finished;
      await expect.poll(async () => (await health()).probes, {timeout: 15_000}).toContain('-');
      const ended = await up(dark).finished;
      expect(ended.code, ended.stderr).toBe(5);
      expect(['unhealthy', 'timeout']).toContain(failureOf(ended.stderr, 'own').cause);
      await mend();
      await expectGoal(dark);
    });
  });

  test('an image that somebody removes between pull and start is named, and the next run pulls it again', async () => {
    await expectGoal(dark);
    await sandbox.exec(['docker', 'image', 'rm', '--force', lane.lampImage]);
    await own(`{image: ${JSON.stringify('sandbox/sleeper:1')}, depends_on: {lamp: {condition: service_started}}}`);
    const running = up(lit);
    await running.waitFor(event(`image/${lane.lampImage}`, 'Pulled'));
    await lane.engine.untag(lane.lampImage);
    const ended = await running.finished;
    // The removal may come too late to matter.
    if (ended.code !== 0) {
      expect(ended.code, ended.stderr).toBe(5);
      expect(JSON.stringify(failureOf(ended.stderr, 'lamp'))).toContain('No such image');
    }
    await mend();
    await expectGoal(lit);
  });

  describe('a run that the kernel kills for its memory', () => {
    /** Starts it in a group of its own, and squeezes that at the moment. */
    const squeezed = async (args: readonly string[], isTime: (running: Running) => Promise<unknown>): Promise<void> => {
      const group = await openMemoryGroup(basename(lane.folder));
      const argv = [...lane.command.argv, ...args, '--dir', lane.workspace];
      const running = startProgram(argv, {env: lane.command.env, cwd: lane.folder, inside: group.inside});
      const state = {ended: false};
      const ended = running.finished.finally(() => {
        state.ended = true;
      });
      await isTime(running);
      // It, and none of those it starts.
      await writeFile(`/proc/${running.pid}/oom_score_adj`, '1000');
      await expect.poll(() => state.ended || group.squeeze().then(() => false), {timeout: 30_000}).toBe(true);
      expect((await ended).code, (await ended).stderr.slice(-2000)).toBe(137);
      expect(await group.kills()).toBeGreaterThan(0);
      await group.close();
    };

    test('in mid-rollout: the next run reaches the goal', async () => {
      await squeezed(argvOf('up', dark), running => running.waitFor(event('service/gate', 'Starting')));
      expect(await states()).not.toHaveProperty('twice');
      await expectGoal(dark);
    });

    test('while it follows a log: what runs goes on', async () => {
      await own('{image: "sandbox/sleeper:1", entrypoint: [busybox, yes, a line of a log], stop_grace_period: 0s}');
      await expectGoalWith(dark, {own: 'running -'});
      await squeezed(['logs', 'own'], ({stdout}) => expect.poll(() => stdout().length, {timeout: 60_000}).toBeGreaterThan(1_000_000));
      expect(await states()).toEqual({...goalOf(dark), own: 'running -'});
      await expectGoalWith(dark, {own: 'running -'});
    });
  });

  test('a service that writes without end, a line of megabytes, and bytes that are no text: its log is followed with bounded memory', async () => {
    const script =
      'head -c 3000000 /dev/zero | busybox tr "\\0" x; echo; printf "\\377\\033]52;c;x\\007\\n"; exec busybox yes a line of a log';
    await own(`{image: "sandbox/sleeper:1", entrypoint: [sh, -c, ${JSON.stringify(script)}], stop_grace_period: 0s}`);
    await expectGoalWith(dark, {own: 'running -'});
    const following = lane.start('logs', 'own');
    await expect.poll(() => following.stdout().length, {timeout: 60_000}).toBeGreaterThan(5_000_000);
    const status = await readFile(`/proc/${following.pid}/status`, 'utf8');
    following.signal('SIGINT');
    expect((await following.finished).code).toBe(130);
    expect(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1])).toBeLessThan(300_000);
    expect(following.stdout()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  test('containers and a network that somebody removes are made again', async () => {
    await expectGoal(dark);
    const ids = (await lane.engine.containers(lane.project)).map(({id}) => id);
    await sandbox.exec(['docker', 'rm', '--force', ...ids]);
    const removed = await sandbox.exec(['docker', 'network', 'rm', `${lane.project}_hall`]);
    expect(removed.code, removed.stderr).toBe(0);
    await expectGoal(dark);
  });

  describe('a data volume', () => {
    const goods = () => `${lane.project}_goods`;
    const isThere = async () => (await lane.engine.inspect('volumes', goods())) !== undefined;
    /** The store is taken away with its data; what else there is runs on. */
    const loseGoods = async () => {
      await sandbox.exec(['docker', 'rm', '--force', `${lane.project}-store-1`]);
      const removed = await sandbox.exec(['docker', 'volume', 'rm', goods()]);
      expect(removed.code, removed.stderr).toBe(0);
    };
    const without = (service: string) => Object.fromEntries(Object.entries(goalOf(dark)).filter(([name]) => name !== service));

    test('that is gone since the last rollout is never silently made anew, and is taken back where it is restored', async () => {
      await expectGoal(dark);
      await loseGoods();
      const planned = await lane.start('plan', ...flagsOf(dark)).finished;
      expect(planned.stdout).toMatch(/create +store .* because north-dev_goods with its data is gone/);
      const doctor = await lane.start('doctor', ...flagsOf(dark)).finished;
      expect(doctor.code, doctor.stdout).toBe(3);
      expect(doctor.stdout).toMatch(/D77[\s\S]*store had data in the volume north-dev_goods/);
      const refused = await up(dark).finished;
      expect(refused.code, refused.stderr).toBe(3);
      expect(refused.stderr).toContain('D77: store had data in the volume north-dev_goods on');
      expect(refused.stderr).toContain('--ignore D77');
      expect([await states(), await isThere()]).toEqual([without('store'), false]);
      await sandbox.exec(['docker', 'volume', 'create', goods()]);
      await writeFile(join(lane.volumeFolder(goods()), 'marker'), 'restored');
      await expectGoal(dark);
      expect(await readFile(join(lane.volumeFolder(goods()), 'marker'), 'utf8')).toBe('restored');
    });

    test('that is gone is made anew where that is asked for, and is what has to be there from then on', async () => {
      await expectGoal(dark);
      await loseGoods();
      const ignoring = await lane.start(...argvOf('up', dark), '--ignore', 'D77').finished;
      expect(ignoring.code, ignoring.stderr).toBe(0);
      expect(await states()).toEqual(goalOf(dark));
      await expectGoal(dark);
      await loseGoods();
      expect((await up(dark).finished).code).toBe(3);
    });

    test('that goes between the plan and the start of its service: the service is not started', async () => {
      await expectGoal(dark);
      await sandbox.exec(['docker', 'rm', '--force', `${lane.project}-store-1`, `${lane.project}-gate-1`]);
      const running = up(dark);
      await running.waitFor(event('service/gate', 'Creating'));
      const removed = await sandbox.exec(['docker', 'volume', 'rm', goods()]);
      expect(removed.code, removed.stderr).toBe(0);
      const ended = await running.finished;
      expect(ended.code, ended.stderr).toBe(5);
      expect(failureOf(ended.stderr, 'store')).toMatchObject({cause: 'data', service: 'store'});
      expect([await states(), await isThere()]).toEqual([without('store'), false]);
      expect((await up(dark).finished).code).toBe(3);
    });

    test('that was removed by down --volumes, or with a component that is not selected any more, is no loss', async () => {
      await expectGoal(dark);
      const down = await lane.start('down', '--volumes', '--yes').finished;
      expect(down.code, down.stderr).toBe(0);
      expect(await isThere()).toBe(false);
      await expectGoal(dark);
      const [only, all] = [
        ['--without', 'store'],
        ['--with', 'store'],
      ];
      expect((await lane.start('up', '--yes', '--remove', ...only).finished).code).toBe(0);
      const removed = await sandbox.exec(['docker', 'volume', 'rm', goods()]);
      expect(removed.code, removed.stderr).toBe(0);
      const again = await lane.start('up', '--yes', ...all).finished;
      expect(again.code, again.stderr).toBe(0);
      expect(await states()).toEqual(goalOf(dark));
    });

    test('of a deployment that nothing was noted of is noted by the next rollout, also by one with nothing to do', async () => {
      await expectGoal(dark);
      const note = join(lane.workspace, '.infra-wizard', 'reached.json');
      await rm(note);
      await expectGoal(dark);
      const {phases} = JSON.parse(await readFile(note, 'utf8'));
      expect(phases.map(({phase, volumes}: Noted) => [phase, volumes.map(({name}) => name)])).toEqual([
        ['ground', []],
        ['rooms', [goods()]],
      ]);
    });
  });

  test("a container of somebody else under a service's name is never touched: the run says whose place it takes", async () => {
    await sandbox.exec(['docker', 'pull', 'sandbox/sleeper:1']);
    const name = `${lane.project}-gate-1`;
    const {stdout: id} = await sandbox.exec(['docker', 'run', '--detach', '--name', name, 'sandbox/sleeper:1']);
    const ended = await up(dark).finished;
    expect(ended.code, ended.stderr).toBe(3);
    expect(ended.stderr).toContain(`D38: The container ${name} does not belong to ${lane.project}`);
    expect(await readdir(lane.workspace)).toEqual([ownOverlay.path]);
    const {stdout: still} = await sandbox.exec(['docker', 'inspect', '--format', '{{.Id}} {{.State.Status}}', name]);
    expect(still.trim()).toBe(`${id.trim()} running`);
    await sandbox.exec(['docker', 'rm', '--force', name]);
    await expectGoal(dark);
  });

  test.each([10, -10])('a clock that is set by %i years while a service gets ready changes nothing', async years => {
    await own(`{image: "sandbox/sleeper:1", entrypoint: [sh, -c, "sleep 3; touch /tmp/ready; sleep infinity"], stop_grace_period: 0s,
    healthcheck: {test: [CMD, test, -f, /tmp/ready], interval: 30s, start_period: 30s, start_interval: 300ms}}`);
    const [flag, shim] = [join(lane.folder, 'jumped'), join(lane.folder, 'clock.mjs')];
    const jump = `existsSync(${JSON.stringify(flag)}) ? ${years * 31_557_600_000} : 0`;
    await writeFile(shim, `import {existsSync} from 'node:fs';\nconst now = Date.now;\nDate.now = () => now() + (${jump});\n`);
    const env = {...lane.command.env, NODE_OPTIONS: `--import ${shim}`};
    const running = startProgram([...lane.command.argv, ...argvOf('up', dark), '--dir', lane.workspace], {env, cwd: lane.folder});
    await running.waitFor(event('service/own', 'Starting'));
    await writeFile(flag, '');
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(0);
    expect(await states()).toEqual({...goalOf(dark), own: 'running healthy'});
  });

  test('two platforms that want the same subnet: the second is refused before anything is written', async () => {
    await expectGoal(dark);
    const other = await openLane(sandbox, {name: 'south', subnet: 1, lampRepository: 'library/traefik'});
    onTestFinished(() => other.remove());
    const refused = await other.start(...argvOf('up', dark)).finished;
    expect(refused.code, refused.stderr).toBe(3);
    expect(refused.stderr).toContain('10.211.1.0/24');
    expect(await other.engine.containers(other.project)).toEqual([]);
    expect(await states()).toEqual(goalOf(dark));
  });

  test('Ctrl+C pressed twice or more often ends it at once, and the next run goes on', async () => {
    for (const [times, service] of [
      [2, 'gate'],
      [3, 'store'],
    ] as const) {
      const running = up(dark);
      await running.waitFor(event(`service/${service}`, 'Creating'));
      for (let press = 0; press < times; press += 1) running.signal('SIGINT');
      expect((await running.finished).code).toBe(130);
    }
    await expectGoal(dark);
  });

  test('stopped and continued in mid-run, it goes on to the goal', async () => {
    const running = up(dark);
    await running.waitFor(event('service/gate', 'Starting'));
    running.signal('SIGSTOP');
    // What happens meanwhile is missed by the run: everything of it has to be looked up afterwards.
    await expect
      .poll(async () => (await lane.engine.containers(lane.project)).find(({service}) => service === 'gate')?.state)
      .toBe('running healthy');
    running.signal('SIGCONT');
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(0);
    expect(await states()).toEqual(goalOf(dark));
  });

  test('the compose program that is killed under it: the service is named or tried again, and the next run goes on', async () => {
    const running = up(dark);
    await expect.poll(() => composeBelow(running.pid), {interval: 5, timeout: 60_000}).toBeDefined();
    killAll([(await composeBelow(running.pid)) ?? 0].filter(Boolean));
    const ended = await running.finished;
    expect([0, 5], ended.stderr).toContain(ended.code);
    if (ended.code === 5) expect(failureOf(ended.stderr, 'gate')).toMatchObject({cause: 'start', service: 'gate'});
    await expectGoal(dark);
  });

  describe('a terminal that is not read', () => {
    const open = (...more: readonly string[]) => {
      const argv = [...lane.command.argv, 'up', '--yes', ...flagsOf(dark), ...more, '--dir', lane.workspace];
      const terminal = launch(argv, {env: lane.command.env, columns: 100, rows: 30});
      onTestFinished(() => terminal.close());
      return terminal;
    };
    const expectGoalMeanwhile = () => expect.poll(states, {timeout: 60_000}).toEqual(goalOf(dark));

    test('does not stop the rollout, and shows where it is once it is read again', async () => {
      const terminal = open();
      await terminal.waitFor(/gate +(Creating|Starting)/, 60_000);
      await terminal.stopReading();
      await expectGoalMeanwhile();
      terminal.readAgain();
      await terminal.waitFor(/All 4 services are as they should be[\s\S]*2 Rooms +Healthy/, 30_000);
      terminal.type('q');
      expect(await terminal.exited).toEqual({exitCode: 0});
      expect([terminal.isAlternate(), terminal.isCursorHidden()]).toEqual([false, false]);
    });

    test('gets every line of the rollout in its order, when it is read again', async () => {
      const terminal = open('--progress', 'plain');
      await terminal.waitFor(/gate: Creating/, 60_000);
      await terminal.stopReading();
      await expectGoalMeanwhile();
      terminal.readAgain();
      expect(await terminal.exited).toEqual({exitCode: 0});
      expect(terminal.raw()).toMatch(
        /gate[^\n]*Healthy[\s\S]*store[^\n]*Creating[\s\S]*store[^\n]*Healthy[\s\S]*store-setup[^\n]*Completed/,
      );
    });

    test('gets a log without end with bounded memory, and keeps nobody from ending it', async () => {
      await own('{image: "sandbox/sleeper:1", entrypoint: [busybox, yes, a line of a log], stop_grace_period: 0s}');
      await expectGoalWith(dark, {own: 'running -'});
      const terminal = launch([...lane.command.argv, 'logs', 'own', '--dir', lane.workspace], {env: lane.command.env});
      onTestFinished(() => terminal.close());
      await terminal.waitFor(/a line of a log/, 60_000);
      await terminal.stopReading();
      const memory = async (name: string) =>
        Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(await readFile(`/proc/${terminal.pid}/status`, 'utf8'))?.[1]);
      // As long as the engine goes on sending to a program that takes it: a hundred megabytes and more.
      const before = await memory('VmRSS');
      await new Promise(resolve => setTimeout(resolve, 5000));
      expect((await memory('VmRSS')) - before).toBeLessThan(50_000);
      process.kill(terminal.pid, 'SIGINT');
      expect(await terminal.exited).toEqual({exitCode: 130});
    });

    test.each(['plain', 'tty'])('keeps nobody from ending the run (%s)', async progress => {
      const terminal = open('--progress', progress);
      await terminal.waitFor(/gate:? +(Creating|Starting)/, 60_000);
      await terminal.stopReading();
      await expectGoalMeanwhile();
      process.kill(terminal.pid, 'SIGTERM');
      expect(await terminal.exited).toEqual({exitCode: 143});
    });
  });

  test('a connection that is lost in mid-run ends it at the next step, and the next run goes on', async () => {
    const argv = [...lane.command.argv, 'up', '--yes', ...flagsOf(dark), '--dir', lane.workspace];
    const terminal = launch(argv, {env: lane.command.env, columns: 100, rows: 30});
    await terminal.waitFor(/gate +(Creating|Starting)/, 60_000);
    terminal.hangUp();
    await terminal.exited;
    const left = await states();
    expect(left).not.toHaveProperty('twice');
    expect(left).not.toHaveProperty('store');
    await expectGoal(dark);
  });
});

describe.runIf(support.kind === 'sandbox')(titled("an engine's disk that is full", support, 'faults'), () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({dataMegabytes: 60});
  });
  afterAll(() => sandbox?.stop());

  test('is said with what to do, what runs goes on, and with room the next run reaches the goal', async () => {
    const lane = await openLane(sandbox, {name: 'north', subnet: 1, lampRepository: 'library/traefik'});
    onTestFinished(() => lane.remove());
    const states = async () => Object.fromEntries((await lane.engine.containers(lane.project)).map(({service, state}) => [service, state]));
    expect((await lane.start(...argvOf('up', dark)).finished).code).toBe(0);
    const ended = await lane.start(...argvOf('up', lit)).finished;
    expect(ended.code, ended.stderr).toBe(5);
    expect(ended.stderr).toContain('The disk of the Docker Engine is full.');
    expect(ended.stderr).toContain('docker system df');
    expect(await states()).toEqual(goalOf(dark));
    await sandbox.resizeDisk(400);
    const resumed = await lane.start(...argvOf('up', lit)).finished;
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(await states()).toEqual(goalOf(lit));
  });
});
