/** Registries whose names the engine looks up itself, at a name server that does not know them, does not work, or recovers. */
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import type {ResourceEvent} from '../../source/events.ts';
import {engineSupport, titled} from '../helpers/engine-for-tests.ts';
import {type Sandbox, startSandbox} from '../sandbox/sandbox.ts';
import {goalOf, type Wish} from '../survival/house.ts';
import {argvOf, type Lane, openLane} from '../survival/lane.ts';

const support = await engineSupport();
const wish: Wish = {colour: 'red', lamp: false};
const image = 'image/sandbox/sleeper:1';

const eventsOf = (stderr: string): readonly ResourceEvent[] =>
  stderr
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line));

describe.runIf(support.kind === 'sandbox').each(['overlay2', 'containerd'] as const)(titled('names on %s', support, 'faults'), store => {
  let sandbox: Sandbox;
  let lane: Lane;

  beforeAll(async () => {
    sandbox = await startSandbox({store, byName: true});
  });
  beforeEach(async () => {
    await sandbox.reset({images: true});
    lane = await openLane(sandbox, {name: 'north', subnet: 1, lampRepository: 'library/traefik'});
    const opened = lane;
    onTestFinished(({task}) => (task.result?.state === 'fail' ? undefined : opened.remove()));
  });
  afterEach(() => sandbox.registry.setNames('known'));
  afterAll(() => sandbox?.stop());

  const states = async () =>
    Object.fromEntries((await lane.engine.containers(lane.project)).map(({service, state}) => [service, state] as const));

  test('that no server knows are looked up again, not for ever; then it is said what to do, and the next run goes on', async () => {
    await sandbox.registry.setNames('unknown');
    const ended = await lane.start(...argvOf('up', wish)).finished;
    expect(ended.code, ended.stderr).toBe(5);
    const events = eventsOf(ended.stderr).filter(({id}) => id === image);
    expect(events.flatMap(({wait}) => (wait ? [[wait.attempt, wait.asked]] : []))).toEqual([2, 3, 4, 5].map(attempt => [attempt, false]));
    expect(events.at(-1)?.failure).toMatchObject({
      cause: 'pull',
      reason: 'The name server of this host knows no registry-1.docker.io.',
      next: [
        'Ask it by hand: getent hosts registry-1.docker.io. Which one is asked: cat /etc/resolv.conf.',
        'Run the same command again: what was pulled is kept.',
      ],
    });
    expect(await states()).toEqual({});
    await sandbox.registry.setNames('known');
    const again = await lane.start(...argvOf('up', wish)).finished;
    expect(again.code, again.stderr).toBe(0);
    expect(await states()).toEqual(goalOf(wish));
  });

  test('whose server does not work are looked up again until it does', async () => {
    await sandbox.registry.setNames('broken');
    const running = lane.start(...argvOf('up', wish));
    await running.waitFor(/"details":"The name server of this host does not say where registry-1\.docker\.io is\."/);
    await sandbox.registry.setNames('known');
    const ended = await running.finished;
    expect(ended.code, ended.stderr).toBe(0);
    expect(await states()).toEqual(goalOf(wish));
  });

  test('that this host can not look up are found by the doctor', async () => {
    // This host asks its own name server, which is out of reach here unless it is one of the loopback device.
    await sandbox.registry.setNames('unknown');
    const {stdout, code, stderr} = await lane.run('doctor', '--json', '--dir', lane.workspace);
    const {findings}: {findings: readonly {id: string; level: string; what: string}[]} = JSON.parse(stdout);
    expect(findings.find(({id}) => id === 'D51')).toMatchObject({
      level: 'warning',
      what: 'No name server tells this host where registry-1.docker.io is: images are fetched from there',
    });
    expect(code, stderr).toBe(0);
  });
});
