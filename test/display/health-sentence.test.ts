/** How the whole platform is, in one sentence and in one word. */
import {expect, test} from 'vitest';
import {healthSentence, isWellOverall, platformHealth} from '../../source/display/health-sentence.ts';
import {statusDocument} from '../../source/display/status-json.ts';
import type {ServiceStatus, StatusSnapshot} from '../../source/plan/service-status.ts';
import {services, snapshot} from '../ui/fixtures.ts';

const [gateway] = services as [ServiceStatus];
const now = snapshot.at;
const minutes = 60_000;

const well = (name: string, more: Partial<ServiceStatus> = {}): ServiceStatus => ({...gateway, service: name, name, ...more});

const with_ = (...changed: readonly Partial<ServiceStatus>[]): StatusSnapshot => ({
  ...snapshot,
  services: [...changed.map((change, place) => well(`s${place + 1}`, change)), well('other')],
});

test.each<readonly [string, StatusSnapshot]>([
  ['All 2 services are well, 1 job is done.', with_({}, {isJob: true, state: 'exited', exitCode: 0, health: undefined})],
  ['1 of 2 services is starting: s1.', with_({health: 'starting'}, {isJob: true, state: 'exited', exitCode: 0, health: undefined})],
  ['The one service is well.', with_()],
  ['1 of 2 services is starting: s1.', with_({health: 'starting'})],
  ['1 of 2 services is not well: s1 is unhealthy.', with_({health: 'unhealthy'})],
  [
    '2 of 3 services are not well: s2 restarts again and again, s1 has been unhealthy for 3 minutes.',
    with_({health: 'unhealthy', illSince: now - 3 * minutes - 5000}, {state: 'restarting', restarts: 4}),
  ],
  [
    '1 of 2 services is not well: s1 has stopped with code 137 1 hour ago.',
    with_({state: 'exited', exitCode: 137, illSince: now - 80 * minutes}),
  ],
  ['1 of 2 services is not well: s1 has stopped 2 days ago.', with_({state: 'exited', exitCode: 0, illSince: now - 2 * 1440 * minutes})],
  ['1 of 2 services is not well: s1 failed with code 3.', with_({state: 'exited', exitCode: 3, isJob: true})],
  ['1 of 2 services is not well: s1 is restarting.', with_({state: 'restarting', restarts: 1})],
  [
    '6 of 7 services are not well: s3 is dead, s4 is missing, s1 was never started, 3 more.',
    with_({state: 'created'}, {state: 'paused'}, {state: 'dead'}, {state: 'missing'}, {state: 'removing'}, {state: 'paused'}),
  ],
  [
    'All 3 services are well; 1 differs from its overlay; 1 is in no overlay; not rolled out yet: Data, Observability.',
    {
      ...with_({drift: {kind: 'changed', cause: 'its settings changed'}}, {drift: {kind: 'stray', cause: 'no overlay knows it'}}),
      ahead: [
        {id: 'data', title: 'Data'},
        {id: 'observability', title: 'Observability'},
      ],
    },
  ],
  [
    'The one service is well; the overlays can not be read: mapping values are not allowed.',
    {...with_(), driftUnknown: 'mapping values are not allowed'},
  ],
  ['The engine has not answered for 12 seconds; what is shown is from before.', {...with_(), connected: false, lostAt: now - 12_000}],
  ['The engine does not answer.', {...snapshot, services: [], connected: false}],
  ['Nothing of infra-dev runs here.', {...snapshot, services: []}],
])('%s', (expected, shown) => {
  expect(healthSentence(shown, now)).toBe(expected);
});

test.each<readonly [string, boolean, StatusSnapshot]>([
  ['well', true, with_()],
  ['starting', true, with_({health: 'starting'})],
  ['ill', false, with_({health: 'starting'}, {health: 'unhealthy'})],
  ['ill', false, with_({state: 'missing'})],
  ['well', true, with_({drift: {kind: 'changed', cause: 'its settings changed'}})],
  ['lost', false, {...with_(), connected: false}],
  ['nothing', false, {...snapshot, services: []}],
])('in a word it is %s, for a script %s', (word, isFine, shown) => {
  expect([platformHealth(shown), isWellOverall(shown)]).toEqual([word, isFine]);
});

test('as a document it says the sentence and the word, and the figures without their past', () => {
  const history = {cpu: [1, 2], memory: [3]};
  const {health, sentence, services: rows} = statusDocument(with_({history, cpuLimit: 150}));
  expect({health, sentence}).toEqual({health: 'well', sentence: 'All 2 services are well.'});
  expect(rows[0]).toMatchObject({name: 's1', cpu: 1.5, cpuLimit: 150});
  expect(rows[0]).not.toHaveProperty('history');
});

test('a name from outside can not move the cursor', () => {
  expect(healthSentence(with_({name: 'a\u001b[2Jb', health: 'unhealthy'}), now)).toBe('1 of 2 services is not well: ab is unhealthy.');
});
