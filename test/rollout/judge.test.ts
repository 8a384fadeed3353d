import {describe, expect, test} from 'vitest';
import type {ServiceModel} from '../../source/plan/model.ts';
import type {ObservedContainer} from '../../source/plan/observed.ts';
import type {PlannedService} from '../../source/plan/plan.ts';
import {imageFailure, serviceFailure, startFailure} from '../../source/rollout/failure.ts';
import {failing, judge, type Track, type Verdict} from '../../source/rollout/judge.ts';
import {blockedBy, nextWave} from '../../source/rollout/waves.ts';
import {container, service} from '../helpers/observed.ts';

const track: Track = {handed: true, since: 0, deaths: 0};
const checked: Partial<ServiceModel> = {hasHealthCheck: true};
const job: Partial<ServiceModel> = {isJob: true, limitSeconds: 600};

const verdict = (of: Partial<ServiceModel>, is: Partial<ObservedContainer> | undefined, more: Partial<Track> = {}, now = 0) => {
  const found = judge(service('door', of), is ? [container('door', is)] : [], {...track, ...more}, now);
  return [found.state, 'text' in found ? found.text : 'reason' in found ? `${found.cause}: ${found.reason}` : ''].join(' ').trim();
};

describe('a service with replicas', () => {
  const three = service('door', {...checked, replicas: 3});
  const replicas = (...healths: readonly ObservedContainer['health'][]) => healths.map(health => container('door', {health}));

  test('is right when all of them are', () => {
    expect(judge(three, replicas('healthy', 'healthy', 'healthy'), track, 0)).toEqual({state: 'right', text: 'Healthy'});
  });

  test('is waited for while one is missing or starting', () => {
    expect(judge(three, replicas('healthy', 'healthy'), track, 0)).toMatchObject({state: 'pending', text: 'Creating'});
    expect(judge(three, replicas('healthy', 'starting', 'healthy'), track, 0)).toMatchObject({state: 'pending', text: 'Starting'});
  });

  test('fails by the one that fails', () => {
    const [well, ill] = [container('door', {id: 'well', health: 'healthy'}), container('door', {id: 'ill', health: 'unhealthy'})];
    expect(judge(three, [well, ill, well], track, 0)).toMatchObject({state: 'failed', cause: 'unhealthy'});
    expect(failing(three, [well, ill, well])?.id).toBe('ill');
  });

  test('may end as often as each of them may', () => {
    const ended = (deaths: number) => judge(three, replicas('healthy', 'healthy', 'healthy'), {...track, deaths}, 0).state;
    expect([ended(8), ended(9)]).toEqual(['right', 'failed']);
  });

  test('of which none is wanted is right without any', () => {
    expect(judge(service('door', {replicas: 0}), [], track, 0)).toEqual({state: 'right', text: 'None wanted'});
  });
});

describe('what a state means', () => {
  test.each<[Partial<ServiceModel>, Partial<ObservedContainer> | undefined, Partial<Track>, number, string]>([
    [checked, {health: 'healthy'}, {handed: false}, 0, 'waiting'],
    [checked, {health: 'healthy'}, {}, 0, 'right Healthy'],
    [checked, {health: 'starting'}, {}, 60_000, 'pending Starting'],
    [checked, {health: 'starting'}, {}, 60_001, 'failed timeout: door was not ready after 60 seconds (starting).'],
    [checked, {health: 'starting'}, {since: 10_000}, 60_001, 'pending Starting'],
    [checked, {health: undefined}, {}, 0, 'pending Starting'],
    [checked, {health: 'unhealthy'}, {}, 0, 'failed unhealthy: door runs, but its health check keeps failing.'],
    [{}, {}, {}, 0, 'right Running'],
    [{}, {}, {stirred: 0}, 1999, 'pending Running'],
    [{}, {}, {stirred: 0}, 2000, 'right Running'],
    [{}, undefined, {stirred: 0}, 0, 'pending Creating'],
    [{}, {state: 'exited', exitCode: 1}, {stirred: 0}, 0, 'failed exited: door ended, last with code 1.'],
    [{replicas: 0}, undefined, {}, 0, 'right None wanted'],
    [checked, {health: 'healthy'}, {stirred: 0}, 0, 'right Healthy'],
    [job, {state: 'exited', exitCode: 0}, {stirred: 0}, 0, 'right Completed'],
    [{}, {health: 'unhealthy'}, {}, 0, 'right Running'],
    [{}, undefined, {}, 0, 'pending Creating'],
    [{}, undefined, {}, 60_001, 'failed timeout: door was not ready after 60 seconds (creating).'],
    [{}, {state: 'created'}, {}, 0, 'pending Created'],
    [{}, {state: 'removing'}, {}, 0, 'pending Created'],
    [{}, {state: 'restarting'}, {}, 0, 'pending Restarting'],
    [{}, {state: 'paused'}, {}, 0, 'failed exited: door is paused.'],
    [{}, {state: 'exited', exitCode: 137}, {}, 0, 'failed exited: door ended, last with code 137.'],
    [{}, {state: 'dead'}, {}, 0, 'failed exited: door ended.'],
    [{}, {state: 'running'}, {deaths: 2}, 0, 'right Running'],
    [{}, {state: 'running'}, {deaths: 3}, 0, 'failed restarting: door ended 3 times after its start.'],
    [{}, {state: 'restarting', exitCode: 1}, {deaths: 4}, 0, 'failed restarting: door ended 4 times after its start, last with code 1.'],
    [job, {state: 'created'}, {}, 0, 'pending Running'],
    [job, {state: 'running'}, {}, 600_000, 'pending Running'],
    [job, {state: 'running'}, {}, 600_001, 'failed timeout: door was not ready after 600 seconds (running).'],
    [job, {state: 'exited', exitCode: 0}, {}, 900_000, 'right Completed'],
    [job, {state: 'exited', exitCode: 3}, {}, 0, 'failed exited: The job door ended with code 3 instead of 0.'],
    [job, {state: 'dead'}, {}, 0, 'failed exited: The job door ended with code unknown instead of 0.'],
    [job, {state: 'exited', exitCode: 0}, {deaths: 5}, 0, 'right Completed'],
  ])('%j that is %j, %j, at %d: %s', (of, is, more, now, expected) => {
    expect(verdict(of, is, more, now)).toBe(expected);
  });
});

describe('health that comes and goes', () => {
  /** Probes one second apart, the first at 100 s: `+` good, `-` bad. */
  const log = (probes: string) =>
    [...probes].map((sign, index) => ({at: 100_000 + index * 1000, exitCode: sign === '+' ? 0 : 1, output: ''}));
  const judged = (probes: string, startedAt: number, startPeriod: number, ill = false) =>
    verdict(
      {...checked, healthCheck: {retries: 3, startPeriod, interval: 1}},
      {health: 'healthy', healthChecks: log(probes), startedAt: startedAt * 1000},
      {ill},
    );

  test.each<[string, number, number, string]>([
    // Just started: what was bad before the first good one does not count.
    ['+', 99, 0, 'right Healthy'],
    ['---+', 99, 30, 'right Healthy'],
    ['----+', 99, 4, 'right Healthy'],
    ['----+', 80, 30, 'right Healthy'],
    // It counts once the start period is over, as the engine counts it.
    ['---+', 69, 30, 'pending Unsteady'],
    ['--+', 69, 30, 'right Healthy'],
    ['----+', 0, 30, 'pending Unsteady'],
    ['---++', 0, 30, 'pending Unsteady'],
    ['--+++', 0, 30, 'right Healthy'],
    // And after the first good one, whatever the start period.
    ['+---+', 99, 3600, 'pending Unsteady'],
    ['+--+', 99, 3600, 'right Healthy'],
    ['+-+-+', 99, 0, 'right Healthy'],
    // Probes of before its last start are another process's.
    ['---+', 103, 0, 'right Healthy'],
    ['', 0, 0, 'right Healthy'],
  ])('probes %j, started at %d s, with a start period of %d s: %s', (probes, startedAt, startPeriod, expected) => {
    expect(judged(probes, startedAt, startPeriod)).toBe(expected);
  });

  test.each([
    ['', 'pending Unsteady'],
    ['+', 'pending Unsteady'],
    ['++', 'pending Unsteady'],
    ['+++', 'right Healthy'],
    ['+++-+', 'pending Unsteady'],
    ['-+++', 'right Healthy'],
  ])('what was unhealthy since it was handed over, with the probes %j: %s', (probes, expected) => {
    expect(judged(probes, 0, 0, true)).toBe(expected);
  });

  test('is waited for as long as for a start and the probes that are asked for, and then said', () => {
    const flapping: Partial<ObservedContainer> = {health: 'healthy', healthChecks: log('+'), startedAt: 0};
    const every10 = {...checked, healthCheck: {retries: 3, startPeriod: 0, interval: 10}};
    expect(verdict(every10, flapping, {ill: true}, 90_000)).toBe('pending Unsteady');
    expect(verdict(every10, flapping, {ill: true}, 90_001)).toBe(
      'failed timeout: door was not ready after 90 seconds (unsteady: its health check passes and fails by turns).',
    );
  });

  test('of one replica is that of all', () => {
    const [well, late] = [container('door', {health: 'healthy', healthChecks: log('+++')}), container('door', {health: 'healthy'})];
    const three = service('door', {...checked, replicas: 2});
    expect(judge(three, [well, late], {...track, ill: true}, 0)).toMatchObject({state: 'pending', started: true});
    expect(judge(three, [well, well], {...track, ill: true}, 0)).toMatchObject({state: 'right'});
  });
});

const planned = (name: string, more: Partial<PlannedService> = {}): PlannedService => ({
  ...service(name),
  op: 'create',
  neededBy: [],
  ...more,
});
const on = (...pairs: readonly (readonly [string, 'started' | 'healthy' | 'completed'])[]) => ({
  dependsOn: pairs.map(([name, condition]) => ({service: name, condition})),
});
const waiting: Verdict = {state: 'waiting'};
const right: Verdict = {state: 'right', text: ''};
const starting: Verdict = {state: 'pending', text: '', started: true};
const creating: Verdict = {state: 'pending', text: '', started: false};
const broken: Verdict = {state: 'failed', cause: 'exited', reason: ''};

describe('what can be handed over', () => {
  test.each<[string, Verdict, 'started' | 'healthy' | 'completed', boolean]>([
    ['is right', right, 'healthy', true],
    ['is right', right, 'started', true],
    ['is starting', starting, 'started', true],
    ['is starting', starting, 'healthy', false],
    ['is starting', starting, 'completed', false],
    ['is being created', creating, 'started', false],
    ['waits', waiting, 'started', false],
    ['failed', broken, 'started', false],
  ])('what needs one that %s (%o) to be %s: %s', (_, state, condition, isReady) => {
    const verdicts = new Map([
      ['battery', state],
      ['lamp', waiting],
    ]);
    const services = [planned('lamp', on(['battery', condition]))];
    expect(nextWave({services, verdicts, presentImages: new Set(['lamp:1'])})).toEqual(isReady ? ['lamp'] : []);
  });

  test('only what waits, has its image, and has all it depends on', () => {
    const services = [
      planned('done'),
      planned('ready'),
      planned('bare'),
      planned('held', on(['ready', 'healthy'])),
      planned('free', on(['elsewhere', 'healthy'])),
    ];
    const verdicts = new Map(services.map(({name}) => [name, name === 'done' ? right : waiting]));
    expect(nextWave({services, verdicts, presentImages: new Set(['done:1', 'ready:1', 'held:1', 'free:1'])})).toEqual(['ready', 'free']);
  });

  test('a service is blocked by the first lost one that it depends on', () => {
    const lamp = planned('lamp', on(['a', 'started'], ['b', 'started'], ['c', 'started']));
    expect([blockedBy(lamp, new Set(['c', 'b'])), blockedBy(lamp, new Set(['z']))]).toEqual(['b', undefined]);
  });
});

describe('what the operator reads about a failure', () => {
  const nothing = {
    ...{healthChecks: [], log: [], exitCode: undefined, oomKilled: false, memoryLimit: undefined, restarts: 0},
    startedAt: undefined,
  };
  const failed = {state: 'failed', cause: 'exited', reason: 'door ended.'} as const;

  test('what is known, and nothing that is not', () => {
    expect(serviceFailure(planned('door'), failed, undefined)).toEqual({
      cause: 'exited',
      reason: 'door ended.',
      next: ['Read the last log lines above; then retry.'],
      service: 'door',
      image: 'door:1',
      dispensable: true,
    });
    expect(
      serviceFailure(planned('door', {neededBy: ['lamp']}), failed, {
        ...nothing,
        log: [{stream: 'stdout', text: 'last words'}],
        exitCode: 0,
        healthChecks: [{at: 1, exitCode: 1, output: 'no'}],
      }),
    ).toMatchObject({
      dispensable: false,
      log: [{stream: 'stdout', text: 'last words'}],
      exitCode: 0,
      healthChecks: [{at: 1, exitCode: 1, output: 'no'}],
    });
  });

  test('that the kernel killed it, whatever it looked like', () => {
    expect(serviceFailure(planned('door', {memoryLimit: 64 * 2 ** 20}), failed, {...nothing, oomKilled: true, exitCode: 137})).toEqual({
      cause: 'oom',
      reason: 'The kernel killed door: it needed more than its memory limit of 64 MiB.',
      next: ['Give the service a higher memory limit in your own 90- overlay, then run the same command again.'],
      service: 'door',
      image: 'door:1',
      dispensable: true,
      exitCode: 137,
      memoryLimit: 64 * 2 ** 20,
    });
    expect(serviceFailure(planned('door'), failed, {...nothing, oomKilled: true}).reason).toBe(
      'The kernel killed door: it needed more than its memory limit.',
    );
  });

  test.each([
    [
      'Error response from daemon: driver failed programming external connectivity on endpoint x: Bind for 0.0.0.0:443 failed: port is already allocated',
      '443',
    ],
    ['Error: failed to bind host port for 0.0.0.0:80:172.30.0.2:80/tcp: listen tcp4 0.0.0.0:80: bind: address already in use', '80'],
    ['Error: listen tcp [::]:8080: bind: address already in use', '8080'],
    ['Ports are not available: exposing port TCP 0.0.0.0:8443 -> 0.0.0.0:0: listen tcp 0.0.0.0:8443: bind: Only one usage', '8443'],
  ])('that a port is taken: %s', (said, port) => {
    const failure = startFailure(planned('door'), ['Container door Starting', said]);
    expect([failure.reason, failure.next[0], failure.log]).toEqual([
      `Port ${port} of this host is in use by something else, so door can not start.`,
      `See who holds it with: ss -ltnp 'sport = :${port}'`,
      ['Container door Starting', said].map(text => ({stream: 'stderr', text})),
    ]);
  });

  test('that a port is taken, when Docker does not say which', () => {
    expect(startFailure(planned('door'), ['bind: address already in use'])).toMatchObject({
      reason: 'A port of this host is in use by something else, so door can not start.',
      next: ["See who holds it with: ss -ltnp 'sport = :PORT'", expect.any(String)],
    });
  });

  test('that Docker could not start it, in its own words', () => {
    expect(startFailure(planned('door', {neededBy: ['the platform']}), ['no such image'])).toEqual({
      cause: 'start',
      reason: 'Docker could not start door.',
      next: ['Mend what Docker says above; then retry.'],
      service: 'door',
      image: 'door:1',
      log: [{stream: 'stderr', text: 'no such image'}],
      dispensable: false,
    });
  });

  test('that its image can not be had', () => {
    const pull = {cause: 'pull', reason: 'No.', next: ['Later.'], dispensable: true} as const;
    expect(imageFailure(planned('door', {neededBy: ['lamp']}), pull)).toEqual({
      ...pull,
      service: 'door',
      image: 'door:1',
      dispensable: false,
    });
  });
});
