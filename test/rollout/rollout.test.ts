import {describe, expect, test} from 'vitest';
import {EngineError} from '../../source/engine/engine-error.ts';
import {UserError} from '../../source/errors.ts';
import type {Failure, ResourceEvent} from '../../source/events.ts';
import type {ServiceModel} from '../../source/plan/model.ts';
import type {ObservedContainer} from '../../source/plan/observed.ts';
import type {Plan, PlannedPhase, PlannedService, RemovedService} from '../../source/plan/plan.ts';
import {type RolloutOptions, rollout} from '../../source/rollout/rollout.ts';
import {collect} from '../helpers/collect.ts';
import {container, service} from '../helpers/observed.ts';
import {
  becomes,
  composeFailed,
  gate,
  healthy,
  pulled,
  refused,
  type Script,
  type ScriptedEngine,
  scriptedEngine,
  steady,
  type World,
} from '../helpers/scripted-engine.ts';

type Planned = Partial<ServiceModel> & Partial<Pick<PlannedService, 'op' | 'neededBy' | 'data'>>;

/** A service to create that has a health check. */
const planned = (name: string, more: Planned = {}): PlannedService => ({
  ...service(name, {hasHealthCheck: true, ...more}),
  op: more.op ?? 'create',
  neededBy: more.neededBy ?? [],
});

const needing = (...names: readonly string[]): Planned => ({
  dependsOn: names.map(name => ({service: name, condition: 'healthy' as const})),
});

const phase = (id: string, services: readonly PlannedService[], pulls: readonly string[] = []): PlannedPhase => ({
  id,
  title: id,
  steps: pulls.map(resource => ({id: `pull/${resource}`, op: 'pull', resource, cause: '', dependsOn: []})),
  services: services.map(one => ({...one, phase: id})),
});

const planOf = (phases: readonly PlannedPhase[], allAtOnce = false): Plan => ({
  project: 'house-dev',
  files: [],
  phases,
  removal: {services: [], networks: []},
  allAtOnce,
  changes: true,
});

const line = ({id, status, text, details}: ResourceEvent) => `${id} ${status} ${text}${details === undefined ? '' : ` (${details})`}`;

interface Run extends ScriptedEngine {
  readonly events: readonly string[];
}

const run = async (plan: Plan, script: Script, options: Partial<RolloutOptions> = {}): Promise<Run> => {
  const engine = scriptedEngine(script);
  const events = await collect(rollout(plan, engine.services, {signal: new AbortController().signal, parallelPulls: 4, ...options}));
  return {...engine, events: events.map(line)};
};

/** What became of everything: the last words about each. */
const lastWords = (events: readonly string[]) => Object.fromEntries(events.map(event => event.split(/ (.*)/s).slice(0, 2)));

test('one service, told from the first word to the last', async () => {
  const {events, world} = await run(planOf([phase('first', [planned('door')], ['door:1'])]), {
    pulls: {'door:1': pulled},
    up: [['up door', becomes({door: healthy})]],
  });
  expect(events).toEqual([
    'run working Rolling out (house-dev)',
    'phase/first waiting Waiting (first)',
    'image/door:1 waiting Waiting',
    'service/door waiting Waiting',
    'phase/first working Starting',
    'image/door:1 working Pulling',
    'image/door:1 done Pulled',
    'service/door working Creating',
    'service/door done Healthy',
    'phase/first done Healthy',
    'run done Done',
  ]);
  expect(world.calls).toEqual(['pull door:1', 'up door']);
});

test('nothing to do: compose is not called at all', async () => {
  const {events, world} = await run(planOf([phase('first', [planned('door', {op: 'keep'})])]), {containers: [container('door', healthy)]});
  expect(events).toEqual([
    'run working Rolling out (house-dev)',
    'phase/first waiting Waiting (first)',
    'service/door waiting Waiting',
    'phase/first working Starting',
    'service/door skipped Healthy',
    'phase/first skipped Unchanged',
    'run done Done',
  ]);
  expect(world.calls).toEqual([]);
});

test('images that are here already are told once, in phases that pull others, and nowhere else', async () => {
  const at = (name: string, image: string) => planned(name, {image});
  const phases = [
    phase('first', [at('door', 'door:1'), at('bell', 'bell:1'), at('gate', 'bell:1')], ['door:1']),
    phase('second', [at('lamp', 'lamp:1'), at('mirror', 'bell:1'), at('clock', 'door:1'), at('rug', 'rug:1')], ['lamp:1']),
    phase('third', [at('vase', 'vase:1')]),
  ];
  const {events} = await run(planOf(phases, true), {
    pulls: {'door:1': pulled, 'lamp:1': pulled},
    up: [
      ['up bell gate mirror rug vase', becomes({bell: healthy, gate: healthy, mirror: healthy, rug: healthy, vase: healthy})],
      ['up door clock', becomes({door: healthy, clock: healthy})],
      ['up lamp', becomes({lamp: healthy})],
    ],
  });
  expect(events.filter(event => event.startsWith('image/') && !/ (?:working|done) /.test(event))).toEqual([
    'image/bell:1 skipped Present',
    'image/door:1 waiting Waiting',
    'image/rug:1 skipped Present',
    'image/lamp:1 waiting Waiting',
  ]);
});

test('a plan without phases is done at once', async () => {
  expect((await run(planOf([]), {})).events).toEqual(['run working Rolling out (house-dev)', 'run done Done']);
});

describe('waves', () => {
  test('a service starts when what it depends on is healthy, and not before', async () => {
    const {world} = await run(
      planOf([
        phase('first', [
          planned('battery'),
          planned('candle'),
          planned('lamp', needing('battery')),
          planned('mirror', needing('lamp', 'candle')),
        ]),
      ]),
      {
        up: [
          ['up battery candle', becomes({battery: healthy, candle: healthy})],
          ['up lamp', becomes({lamp: healthy})],
          ['up mirror', becomes({mirror: healthy})],
        ],
      },
    );
    expect(world.calls).toEqual(['up battery candle', 'up lamp', 'up mirror']);
  });

  test('what only needs a start does not wait for health; what needs the end of a job waits for it', async () => {
    const {world, events} = await run(
      planOf([
        phase('first', [
          planned('dust', {isJob: true, hasHealthCheck: false}),
          planned('door', {dependsOn: [{service: 'dust', condition: 'completed'}]}),
          planned('bell', {hasHealthCheck: false, dependsOn: [{service: 'door', condition: 'started'}]}),
        ]),
      ]),
      {
        up: [
          [
            'up dust',
            world => {
              world.set('dust', {state: 'running'});
              world.say('dust', 'start');
              setImmediate(() => {
                world.set('dust', {state: 'exited', exitCode: 0});
                world.say('dust', 'die');
              });
            },
          ],
          ['up door', becomes({door: {state: 'running', health: 'starting'}})],
          [
            'up bell',
            world => {
              becomes({bell: {state: 'running'}, door: healthy})(world);
              setImmediate(() => {
                world.clock = 2000;
                world.say('bell', 'exec_start');
              });
            },
          ],
        ],
      },
    );
    expect(world.calls).toEqual(['up dust', 'up door', 'up bell']);
    expect(events.filter(event => event.startsWith('service/d'))).toEqual([
      'service/dust waiting Waiting',
      'service/door waiting Waiting',
      'service/door waiting Waiting (waits for dust)',
      'service/dust working Creating',
      ...events.filter(event => event === 'service/dust working Running'),
      'service/dust done Completed',
      'service/door working Creating',
      'service/door working Starting',
      'service/door done Healthy',
    ]);
  });

  test('a service waits for its image, and nobody else does', async () => {
    const slow = gate();
    const {world} = await run(planOf([phase('first', [planned('door'), planned('lamp')], ['door:1', 'lamp:1'])]), {
      pulls: {
        'door:1': async function* () {
          await slow.opened;
          yield* pulled();
        },
        'lamp:1': pulled,
      },
      up: [
        [
          'up lamp',
          world => {
            becomes({lamp: healthy})(world);
            slow.open();
          },
        ],
        ['up door', becomes({door: healthy})],
      ],
    });
    expect(world.calls).toEqual(['pull door:1', 'pull lamp:1', 'up lamp', 'up door']);
  });
});

describe('phases', () => {
  const twoPhases = (allAtOnce: boolean) =>
    planOf([phase('first', [planned('door')], ['door:1']), phase('second', [planned('lamp')], ['lamp:1'])], allAtOnce);

  test('the next phase waits until the one before is right, while its images are already pulled', async () => {
    const lampIsHere = gate();
    const {events, world} = await run(twoPhases(false), {
      pulls: {
        'door:1': pulled,
        'lamp:1': async function* () {
          yield* pulled();
          lampIsHere.open();
        },
      },
      up: [
        [
          'up door',
          async world => {
            await lampIsHere.opened;
            becomes({door: healthy})(world);
          },
        ],
        ['up lamp', becomes({lamp: healthy})],
      ],
    });
    expect(world.calls).toEqual(['pull door:1', 'pull lamp:1', 'up door', 'up lamp']);
    expect(events.filter(event => /^(phase|image)/.test(event)).slice(4)).toEqual([
      'phase/first working Starting',
      'image/door:1 working Pulling',
      'image/door:1 done Pulled',
      'image/lamp:1 working Pulling',
      'image/lamp:1 done Pulled',
      'phase/first done Healthy',
      'phase/second working Starting',
      'phase/second done Healthy',
    ]);
  });

  test('all at once, no phase waits for another', async () => {
    const plan = planOf([phase('first', [planned('door')]), phase('second', [planned('lamp')])], true);
    const {world} = await run(plan, {up: [['up door lamp', becomes({door: healthy, lamp: healthy})]]});
    expect(world.calls).toEqual(['up door lamp']);
  });

  test('an image of a later phase that can not be had does not disturb the earlier one', async () => {
    const {events, world} = await run(twoPhases(false), {
      pulls: {'door:1': pulled, 'lamp:1': refused},
      up: [['up door', becomes({door: healthy})]],
      decisions: [() => 'stop'],
    });
    expect(world.calls).toEqual(['pull door:1', 'pull lamp:1', 'up door', 'decide lamp pull']);
    expect(lastWords(events)).toEqual({
      run: 'error Stopped (What runs is left as it is. Run the same command again to go on.)',
      'phase/first': 'done Healthy',
      'phase/second': 'error Failed',
      'image/door:1': 'done Pulled',
      'image/lamp:1': 'error Failed',
      'service/door': 'done Healthy',
      'service/lamp': 'error Failed (The registry said no.)',
    });
  });
});

const sick: Partial<ObservedContainer> = {state: 'running', health: 'unhealthy'};

describe('a service that fails', () => {
  test('is said to be killed for want of memory, with its exit code, also while the engine has started it again', async () => {
    const failures: Failure[] = [];
    await run(planOf([phase('first', [planned('hog')])]), {
      up: [
        [
          'up hog',
          world => {
            world.set('hog', {state: 'running', health: 'starting'});
            world.say('hog', 'start');
          },
        ],
      ],
      listing: world => {
        if (!world.calls.includes('up hog') || world.containers.get('hog')?.restarts === 3) return;
        world.set('hog', {restarts: 3});
        for (let time = 0; time < 3; time += 1) {
          world.say('hog', 'oom');
          world.say('hog', 'die', {exitCode: 137});
          world.say('hog', 'start');
        }
      },
      explanations: {
        'id-hog': {
          ...{healthChecks: [], log: [], exitCode: undefined, oomKilled: false, memoryLimit: 2 ** 26, restarts: 3, startedAt: undefined},
        },
      },
      decisions: [
        given => {
          failures.push(...given);
          return 'stop';
        },
      ],
    });
    expect(failures).toMatchObject([
      {cause: 'oom', reason: 'The kernel killed hog: it needed more than its memory limit of 64 MiB.', exitCode: 137, memoryLimit: 2 ** 26},
    ]);
  });

  test('is asked about once, when nothing else can move any more, with what the engine knows about it', async () => {
    const lampIsUp = gate();
    const failures: unknown[] = [];
    const plan = planOf([phase('first', [planned('door'), planned('battery'), planned('lamp', needing('battery'))])]);
    const {events, world} = await run(plan, {
      up: [
        ['up door battery', becomes({door: sick, battery: {state: 'running', health: 'starting'}})],
        ['up lamp', becomes({lamp: healthy})],
      ],
      explanations: {
        'id-door': {
          ...{
            healthChecks: [{at: 1, exitCode: 1, output: 'no knock'}],
            log: [{stream: 'stderr', text: 'I am stuck'}],
            exitCode: undefined,
            oomKilled: false,
          },
          ...{memoryLimit: undefined, restarts: 0, startedAt: undefined},
        },
      },
      decisions: [
        given => {
          failures.push(...given);
          return 'stop';
        },
      ],
      listing: world => {
        if (world.calls.includes('explain id-door') && world.containers.get('battery')?.health === 'starting') {
          world.set('battery', healthy);
          world.say('battery', 'health_status: healthy');
        }
        lampIsUp.open();
      },
    });
    expect(world.calls).toEqual(['up door battery', 'explain id-door', 'up lamp', 'decide door unhealthy']);
    expect(failures).toEqual([
      {
        cause: 'unhealthy',
        reason: 'door runs, but its health check keeps failing.',
        next: ['Read the health check output and the log above; then retry.'],
        service: 'door',
        image: 'door:1',
        dispensable: true,
        healthChecks: [{at: 1, exitCode: 1, output: 'no knock'}],
        log: [{stream: 'stderr', text: 'I am stuck'}],
      },
    ]);
    expect(events.at(-1)).toBe('run error Stopped (What runs is left as it is. Run the same command again to go on.)');
  });

  test('is made anew when it is tried again', async () => {
    const {events, world} = await run(planOf([phase('first', [planned('door')])]), {
      up: [
        ['up door', becomes({door: sick})],
        ['recreate door', becomes({door: steady})],
      ],
      decisions: [() => 'retry'],
    });
    expect(world.calls).toEqual(['up door', 'explain id-door', 'decide door unhealthy', 'recreate door']);
    expect(events.filter(event => event.startsWith('service/'))).toEqual([
      'service/door waiting Waiting',
      'service/door working Creating',
      'service/door error Failed (door runs, but its health check keeps failing.)',
      'service/door waiting Waiting',
      'service/door working Creating',
      'service/door done Healthy',
    ]);
  });

  test('is not believed for its first good probe when it was unhealthy before', async () => {
    const counts = {since: 0};
    const {events} = await run(planOf([phase('first', [planned('door')])]), {
      up: [
        ['up door', becomes({door: sick})],
        ['recreate door', becomes({door: healthy})],
      ],
      decisions: [() => 'retry'],
      listing: world => {
        if (!world.calls.includes('recreate door')) return;
        counts.since += 1;
        if (counts.since === 3) world.set('door', steady);
        world.say('door', 'exec_die');
      },
    });
    expect(events.filter(event => event.startsWith('service/')).slice(-4)).toEqual([
      'service/door waiting Waiting',
      'service/door working Creating',
      'service/door working Unsteady (was unhealthy before; has to pass 3 health checks in a row)',
      'service/door done Healthy',
    ]);
    expect(counts.since).toBeGreaterThanOrEqual(3);
  });

  test('is not right again before it was for a while, where it was unhealthy only between two looks', async () => {
    const counts = {since: 0};
    const {events} = await run(planOf([phase('first', [planned('door'), planned('lamp')])]), {
      up: [['up door lamp', becomes({door: healthy, lamp: {state: 'running', health: 'starting'}})]],
      listing: world => {
        if (!world.calls.includes('up door lamp')) return;
        counts.since += 1;
        if (counts.since === 2) world.say('door', 'health_status', {health: 'unhealthy'});
        if (counts.since === 4) world.set('lamp', healthy);
        if (counts.since === 6) world.set('door', steady);
        world.say('lamp', 'exec_die');
      },
    });
    expect(events.filter(event => event.startsWith('service/door'))).toEqual([
      'service/door waiting Waiting',
      'service/door working Creating',
      'service/door done Healthy',
      'service/door working Unsteady (was unhealthy before; has to pass 3 health checks in a row)',
      'service/door done Healthy',
    ]);
    expect(counts.since).toBeGreaterThanOrEqual(6);
  });

  test('is left out when the rollout goes on without it, and blocks nobody else', async () => {
    const plan = planOf([phase('first', [planned('door'), planned('candle')]), phase('second', [planned('lamp')])]);
    const {events, world} = await run(plan, {
      up: [
        ['up door candle', becomes({door: healthy, candle: sick})],
        ['up lamp', becomes({lamp: healthy})],
      ],
      decisions: [() => 'continue'],
    });
    expect(world.calls).toEqual(['up door candle', 'explain id-candle', 'decide candle unhealthy', 'up lamp']);
    expect(lastWords(events)).toEqual({
      run: 'done Done',
      'phase/first': 'warning Incomplete',
      'phase/second': 'done Healthy',
      'service/door': 'done Healthy',
      'service/candle': 'warning Left out',
      'service/lamp': 'done Healthy',
    });
  });

  test('holds up what depends on it, and what depends on that; the question still comes', async () => {
    const chain = [planned('battery'), planned('lamp', needing('battery')), planned('mirror', needing('lamp')), planned('door')];
    const {events, world} = await run(planOf([phase('first', chain)]), {
      up: [['up battery door', becomes({battery: sick, door: healthy})]],
      decisions: [() => 'stop'],
    });
    expect(world.calls.at(-1)).toBe('decide battery unhealthy');
    expect(lastWords(events)).toMatchObject({
      'service/lamp': 'waiting Blocked (needs battery)',
      'service/mirror': 'waiting Blocked (needs lamp)',
      'service/door': 'done Healthy',
    });
  });

  test('takes along what depends on it when it is left out, in this phase and in later ones', async () => {
    const plan = planOf([
      phase('first', [planned('battery'), planned('lamp', needing('battery'))]),
      phase('second', [planned('mirror', needing('lamp')), planned('door')]),
    ]);
    const {events} = await run(plan, {
      up: [
        ['up battery', becomes({battery: sick})],
        ['up door', becomes({door: healthy})],
      ],
      decisions: [() => 'continue'],
    });
    expect(lastWords(events)).toMatchObject({
      run: 'done Done',
      'phase/first': 'warning Incomplete',
      'phase/second': 'warning Incomplete',
      'service/door': 'done Healthy',
    });
  });

  test('is one that ends too often, stays away, or takes too long', async () => {
    const plan = planOf([phase('first', [planned('crash'), planned('gone'), planned('slow'), planned('job', {isJob: true})])]);
    const {world, events} = await run(plan, {
      up: [
        [
          'up crash gone slow job',
          world => {
            becomes({
              crash: {state: 'restarting', exitCode: 2},
              gone: {state: 'exited', exitCode: 1},
              slow: {state: 'running', health: 'starting'},
              job: {state: 'exited', exitCode: 7},
            })(world);
            setImmediate(() => {
              for (let deaths = 0; deaths < 3; deaths += 1) world.say('crash', 'die');
              world.clock = 121_000;
              world.say('slow', 'exec_start');
            });
          },
        ],
      ],
      decisions: [() => 'stop'],
    });
    expect(world.calls.at(-1)).toBe('decide gone exited, job exited, crash restarting, slow timeout');
    expect(lastWords(events)).toMatchObject({
      'service/crash': 'error Failed (crash ended 3 times after its start, last with code 2.)',
      'service/gone': 'error Failed (gone ended, last with code 1.)',
      'service/slow': 'error Failed (slow was not ready after 60 seconds (starting).)',
      'service/job': 'error Failed (The job job ended with code 7 instead of 0.)',
    });
  });

  test('without a health check is not taken for one that runs in the moments between its ends', async () => {
    const {events} = await run(planOf([phase('first', [planned('crash', {hasHealthCheck: false})])]), {
      up: [
        [
          'up crash',
          world => {
            becomes({crash: {state: 'running'}})(world);
            const end = (times: number) => {
              world.clock += 1500;
              world.say('crash', 'die');
              if (times > 1) setImmediate(end, times - 1);
            };
            setImmediate(end, 3);
          },
        ],
      ],
      decisions: [() => 'stop'],
    });
    expect(lastWords(events)).toMatchObject({
      'service/crash': 'error Failed (crash ended 3 times after its start.)',
      run: expect.stringMatching(/^error Stopped/),
    });
  });

  test('because of its image is pulled again, each image once', async () => {
    const tries = {count: 0};
    const both = ['door', 'bell'].map(name => planned(name, {image: 'shared:1'}));
    const {world} = await run(planOf([phase('first', both, ['shared:1'])]), {
      pulls: {
        'shared:1': async function* () {
          tries.count += 1;
          yield* tries.count === 1 ? refused() : pulled();
        },
      },
      up: [['up door bell', becomes({door: healthy, bell: healthy})]],
      decisions: [() => 'retry'],
    });
    expect(world.calls).toEqual(['pull shared:1', 'decide door pull, bell pull', 'pull shared:1', 'up door bell']);
  });
});

describe('compose', () => {
  test('that fails for several services is tried with one after the other, so that the failure is pinned to its own', async () => {
    const taken = () => {
      throw composeFailed('Error response from daemon: Bind for 0.0.0.0:80 failed: port is already allocated');
    };
    const {events, world} = await run(planOf([phase('first', [planned('a'), planned('door'), planned('z')])]), {
      up: [
        ['up a door z', taken],
        ['up a', becomes({a: healthy})],
        ['up door', taken],
        ['up z', becomes({z: healthy})],
      ],
      holders: {80: {who: 'nginx (process 812)', next: ['Stop nginx.']}},
      decisions: [() => 'stop'],
    });
    expect(world.calls).toEqual(['up a door z', 'up a', 'up door', 'who has 80', 'up z', 'decide door start']);
    expect(lastWords(events)).toMatchObject({
      'service/a': 'done Healthy',
      'service/door': 'error Failed (Port 80 of this host is in use by nginx (process 812), so door can not start.)',
      'service/z': 'done Healthy',
    });
  });

  test('that fails in a way nobody knows ends the rollout with that error', async () => {
    const {services} = scriptedEngine({
      up: [
        [
          'up door',
          () => {
            throw new TypeError('a bug');
          },
        ],
      ],
    });
    const events = collect(
      rollout(planOf([phase('first', [planned('door')])]), services, {signal: new AbortController().signal, parallelPulls: 4}),
    );
    await expect(events).rejects.toThrow(new TypeError('a bug'));
  });

  test('is believed only by what the engine says after it ended, not by a list from before', async () => {
    const composeEnded = gate();
    const job = planned('dust', {isJob: true, hasHealthCheck: false, op: 'start'});
    const {world, events} = await run(planOf([phase('first', [job])]), {
      containers: [container('dust', {state: 'exited', exitCode: 1})],
      up: [
        [
          'up dust',
          async world => {
            world.say('dust', 'start');
            // The list that this event leads to is made now, and arrives when compose has long ended.
            await composeEnded.opened;
            world.set('dust', {state: 'exited', exitCode: 0});
          },
        ],
      ],
      listing: async (_, count) => {
        if (count !== 2) return;
        composeEnded.open();
        await new Promise(resolve => setImmediate(resolve));
      },
    });
    expect(world.calls).toEqual(['up dust']);
    expect(events.at(-1)).toBe('run done Done');
  });
});

describe('data that was there when it was planned', () => {
  const keeper = planOf([phase('first', [planned('store', {data: ['goods', 'books']}), planned('door')])]);

  test('and still is: nothing is said about it', async () => {
    const script: Script = {up: [['up store door', becomes({store: healthy, door: healthy})]]};
    const engine = scriptedEngine(script);
    for (const name of ['goods', 'books', 'elsewhere']) engine.world.volumes.add(name);
    const events = await collect(rollout(keeper, engine.services, {signal: new AbortController().signal, parallelPulls: 4}));
    expect(events.map(line).at(-1)).toBe('run done Done');
  });

  test('and is gone: its service is not started, what does not need it is, and it is tried again when it is back', async () => {
    const script: Script = {
      up: [
        ['up door', becomes({door: healthy})],
        ['up store', becomes({store: healthy})],
      ],
      decisions: [
        () => 'retry',
        ([failure], world) => {
          world.volumes.add('books');
          expect(failure?.next.at(-1)).toContain('--ignore D77');
          return 'retry';
        },
      ],
    };
    const engine = scriptedEngine(script);
    engine.world.volumes.add('goods');
    const events = await collect(rollout(keeper, engine.services, {signal: new AbortController().signal, parallelPulls: 4}));
    expect(engine.world.calls).toEqual(['up door', 'decide store data', 'decide store data', 'up store']);
    expect(events.map(line)).toContain(
      'service/store error Failed (store was not started: books with its data was there when this rollout was planned, and is gone.)',
    );
    expect(events.map(line).at(-1)).toBe('run done Done');
  });

  test('an engine that goes away while it is looked for is waited for', async () => {
    const engine = scriptedEngine({up: [['up store door', becomes({store: healthy, door: healthy})]]});
    for (const name of ['goods', 'books']) engine.world.volumes.add(name);
    let asked = 0;
    const services: typeof engine.services = {
      ...engine.services,
      volumes: async names => {
        asked += 1;
        if (asked > 1) return engine.services.volumes(names);
        engine.world.engineError = new EngineError('unreachable', 'away', {});
        setTimeout(() => {
          engine.world.engineError = undefined;
          engine.world.say('door', 'exec_die');
        }, 50);
        throw engine.world.engineError;
      },
    };
    const events = await collect(rollout(keeper, services, {signal: new AbortController().signal, parallelPulls: 4}));
    expect([asked, events.map(line).at(-1)]).toEqual([2, 'run done Done']);
  });
});

describe('interrupted', () => {
  test('what was handed over is finished, and nothing new is begun', async () => {
    const stopping = new AbortController();
    const {events, world} = await run(
      planOf([phase('first', [planned('door'), planned('lamp', needing('door'))])]),
      {
        up: [
          [
            'up door',
            async world => {
              stopping.abort();
              await new Promise(resolve => setImmediate(resolve));
              becomes({door: healthy})(world);
            },
          ],
        ],
      },
      {signal: stopping.signal},
    );
    expect(world.calls).toEqual(['up door']);
    expect(events.slice(-2)).toEqual([
      'service/door done Healthy',
      'run warning Interrupted (What runs is left as it is. Run the same command again to go on.)',
    ]);
  });

  test('while services are tried one by one, the rest is not tried', async () => {
    const stopping = new AbortController();
    const {world, events} = await run(
      planOf([phase('first', [planned('a'), planned('b'), planned('c')])]),
      {
        up: [
          [
            'up a b c',
            () => {
              throw composeFailed('no');
            },
          ],
          [
            'up a',
            world => {
              stopping.abort();
              becomes({a: healthy})(world);
            },
          ],
        ],
      },
      {signal: stopping.signal},
    );
    expect(world.calls).toEqual(['up a b c', 'up a']);
    expect(lastWords(events).run).toMatch(/^warning Interrupted/);
  });

  test('while the engine is away, it ends as interrupted too', async () => {
    const stopping = new AbortController();
    const engine = scriptedEngine({});
    engine.world.engineError = new Error('connection refused');
    const events: string[] = [];
    for await (const event of rollout(planOf([phase('first', [planned('door')])]), engine.services, {
      signal: stopping.signal,
      parallelPulls: 4,
    })) {
      events.push(line(event));
      if (event.text === 'Waiting for the engine') stopping.abort();
    }
    expect(events.at(-1)).toMatch(/^run warning Interrupted/);
  });

  test('whoever stops reading ends the rollout', async () => {
    const engine = scriptedEngine({up: [['up door', () => undefined]]});
    const given = {signal: undefined as AbortSignal | undefined};
    const services = {
      ...engine.services,
      changes: (signal: AbortSignal) => {
        given.signal = signal;
        return engine.services.changes(signal);
      },
    };
    for await (const event of rollout(planOf([phase('first', [planned('door')])]), services, {
      signal: new AbortController().signal,
      parallelPulls: 4,
    })) {
      if (event.text === 'Creating') break;
    }
    expect(given.signal?.aborted).toBe(true);
  });
});

describe('the engine', () => {
  test('that is away for a moment is waited for', async () => {
    const {events} = await run(planOf([phase('first', [planned('door')])]), {
      up: [
        [
          'up door',
          world => {
            world.engineError = new Error('connection refused');
            becomes({door: healthy})(world);
            setImmediate(() => {
              world.engineError = undefined;
              world.say('door', 'start');
            });
          },
        ],
      ],
    });
    expect(events.slice(-6)).toEqual([
      'service/door working Creating',
      'run working Waiting for the engine (It does not answer at the moment.)',
      'run working Rolling out',
      'service/door done Healthy',
      'phase/first done Healthy',
      'run done Done',
    ]);
  });

  test('that goes away while compose works is waited for, and the services are handed over again', async () => {
    const {events, world} = await run(planOf([phase('first', [planned('door'), planned('lamp')])]), {
      up: [
        [
          'up door lamp',
          world => {
            world.engineError = new Error('connection refused');
            setImmediate(() => {
              world.engineError = undefined;
              world.say('door', 'start');
            });
            throw composeFailed('Cannot connect to the Docker daemon');
          },
        ],
        ['up door lamp', becomes({door: healthy, lamp: healthy})],
      ],
    });
    expect(world.calls).toEqual(['up door lamp', 'up door lamp']);
    expect(events.at(-1)).toBe('run done Done');
  });

  test('that stays away ends the rollout with what it said', async () => {
    const {services, world} = scriptedEngine({});
    world.engineError = new Error('connection refused');
    const events = rollout(planOf([phase('first', [planned('door')])]), services, {signal: new AbortController().signal, parallelPulls: 4});
    const read = async () => {
      for await (const event of events) {
        if (event.text !== 'Waiting for the engine') continue;
        world.clock = 121_000;
        world.say('door', 'start');
      }
    };
    await expect(read()).rejects.toThrow('connection refused');
  });
});

describe('taken up again', () => {
  test('a service that runs and is unhealthy is made anew', async () => {
    const {world} = await run(planOf([phase('first', [planned('door', {op: 'start'})])]), {
      containers: [container('door', sick)],
      up: [['recreate door', becomes({door: steady})]],
    });
    expect(world.calls).toEqual(['recreate door']);
  });

  test('one that is paused is made anew: it could not be started', async () => {
    const {world} = await run(planOf([phase('first', [planned('door', {op: 'start'})])]), {
      containers: [container('door', {state: 'paused'})],
      up: [['recreate door', becomes({door: healthy})]],
    });
    expect(world.calls).toEqual(['recreate door']);
  });

  test('one that is stopped is only started, and not together with one that is made anew', async () => {
    const {world} = await run(planOf([phase('first', [planned('door', {op: 'start'}), planned('lamp', {op: 'start'})])]), {
      containers: [container('door', sick), container('lamp', {state: 'exited', exitCode: 0})],
      up: [
        ['recreate door', becomes({door: steady})],
        ['up lamp', becomes({lamp: healthy})],
      ],
    });
    expect(world.calls).toEqual(['recreate door', 'up lamp']);
  });

  test('one that was right and has become unhealthy is failed, not passed over', async () => {
    const {world} = await run(planOf([phase('first', [planned('door', {op: 'keep'})])]), {
      containers: [container('door', sick)],
      decisions: [() => 'retry'],
      up: [['recreate door', becomes({door: steady})]],
    });
    expect(world.calls).toEqual(['explain id-door', 'decide door unhealthy', 'recreate door']);
  });
});

describe('removal', () => {
  const removed = (name: string, more: Partial<RemovedService> = {}): RemovedService => ({
    ...{service: name, component: name, volumes: [], first: false},
    ...more,
  });
  const taking = (removal: Partial<Plan['removal']>, phases = [phase('first', [planned('door')])]): Plan => ({
    ...planOf(phases),
    removal: {services: [], networks: [], ...removal},
  });
  const gone = (name: string) => (world: World) => world.remove(name);
  const refusing = () => {
    throw new UserError('The Docker Engine refused a request.', {why: 'It says: busy'});
  };
  const doorOpens = ['up door', becomes({door: healthy})] as const;

  test('a phase of which nothing stays is removed, not unchanged', async () => {
    const {events} = await run(taking({services: [removed('lamp', {first: true})]}, [phase('first', [])]), {
      containers: [container('lamp')],
      removals: [['remove lamp', gone('lamp')]],
    });
    expect(events.filter(text => text.startsWith('phase/first')).at(-1)).toBe('phase/first done Removed');
  });

  test('comes after the rest, and says what is kept', async () => {
    const {events, world} = await run(
      taking({services: [removed('lamp'), removed('battery', {volumes: ['battery-data']})], networks: ['house_cellar']}),
      {
        containers: [container('lamp'), container('battery')],
        up: [doorOpens],
        removals: [
          ['remove lamp', gone('lamp')],
          ['remove battery', gone('battery')],
          ['remove network house_cellar', () => true],
        ],
      },
    );
    expect(world.calls).toEqual(['up door', 'remove lamp', 'remove battery', 'remove network house_cellar']);
    expect(events.slice(events.indexOf('phase/first done Healthy'))).toEqual([
      'phase/first done Healthy',
      'phase/removal working Removing',
      'service/lamp working Removing',
      'service/lamp done Removed',
      'service/battery working Removing',
      'service/battery done Removed (keeps battery-data)',
      'network/house_cellar working Removing',
      'network/house_cellar done Removed',
      'phase/removal done Removed',
      'run done Done',
    ]);
  });

  test('of what is in the way comes first', async () => {
    const {events, world} = await run(taking({services: [removed('hatch', {first: true}), removed('lamp')]}), {
      containers: [container('hatch'), container('lamp')],
      up: [doorOpens],
      removals: [
        ['remove hatch', gone('hatch')],
        ['remove lamp', gone('lamp')],
      ],
    });
    expect(world.calls).toEqual(['remove hatch', 'up door', 'remove lamp']);
    expect(events.filter(event => event.startsWith('phase/removal'))).toEqual([
      'phase/removal waiting Waiting (Removal)',
      'phase/removal working Removing',
      'phase/removal waiting Waiting',
      'phase/removal working Removing',
      'phase/removal done Removed',
    ]);
  });

  test('a network that something else is connected to stays, and that is no failure', async () => {
    const {events} = await run(taking({networks: ['house_cellar']}, []), {removals: [['remove network house_cellar', () => false]]});
    expect(lastWords(events)).toMatchObject({
      'network/house_cellar': 'skipped Kept (something else is connected to it)',
      run: 'done Done',
    });
  });

  test('that is refused is asked about: once more, then left', async () => {
    const {events, world} = await run(taking({services: [removed('lamp')]}, []), {
      removals: [
        ['remove lamp', refusing],
        ['remove lamp', refusing],
      ],
      decisions: [() => 'retry', () => 'continue'],
    });
    expect(world.calls).toEqual(['remove lamp', 'decide lamp remove', 'remove lamp', 'decide lamp remove']);
    expect(lastWords(events)).toMatchObject({'service/lamp': 'warning Left (could not be removed)', run: 'done Done'});
  });

  test('that is refused can end the rollout, which is resumable', async () => {
    const {events} = await run(taking({services: [removed('lamp'), removed('battery')]}, []), {
      removals: [['remove lamp', refusing]],
      decisions: [() => 'stop'],
    });
    expect(lastWords(events)).toMatchObject({'service/battery': 'waiting Waiting', run: expect.stringMatching(/^error Stopped/)});
  });

  test('does not begin when the rest did not come up', async () => {
    const {world} = await run(taking({services: [removed('lamp')]}), {
      up: [['up door', () => Promise.reject(composeFailed('no'))]],
      decisions: [() => 'stop'],
    });
    expect(world.calls.filter(call => call.startsWith('remove'))).toEqual([]);
  });

  test('interrupted, what is under way is finished and nothing more begun', async () => {
    const stop = new AbortController();
    const {events, world} = await run(
      taking({services: [removed('lamp'), removed('battery')]}, []),
      {removals: [['remove lamp', () => stop.abort()]]},
      {signal: stop.signal},
    );
    expect(world.calls).toEqual(['remove lamp']);
    expect(lastWords(events)).toMatchObject({'service/lamp': 'done Removed', run: expect.stringMatching(/^warning Interrupted/)});
  });
});
