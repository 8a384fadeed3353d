/** The pages of one service as rows. */
import {describe, expect, test} from 'vitest';
import type {ServiceStatus} from '../../source/plan/service-status.ts';
import {type Busy, busyWords, meaning, refusal, type Verb} from '../../source/ui/status/actions.ts';
import {fieldsRows} from '../../source/ui/status/fields.ts';
import {healthRows} from '../../source/ui/status/health.ts';
import {overviewRows} from '../../source/ui/status/overview.ts';
import {type PageAction, reducePage, type ServicePage} from '../../source/ui/status/page.ts';
import {pageIntro} from '../../source/ui/status/page-intro.ts';
import {matchingEntries, paletteEntries} from '../../source/ui/status/palette.ts';
import {reduceStatusView, type StatusAction, startStatusView} from '../../source/ui/status/state.ts';
import {environmentRows, mountsRows, networksRows} from '../../source/ui/status/surroundings.ts';
import {tabLine, tabLineBeside} from '../../source/ui/status/tab-line.ts';
import {type Line, lineText} from '../../source/ui/text/line.ts';
import {createTheme} from '../../source/ui/theme.ts';
import {services, start} from './fixtures.ts';
import {bare, details, killed} from './service-details.ts';

const {figures} = createTheme();
const around = {width: 76, now: start, figures};
const text = (rows: readonly Line[]) => rows.map(row => lineText(row).trimEnd()).join('\n');
const [gateway] = services as readonly [ServiceStatus, ...ServiceStatus[]];

describe('the overview', () => {
  test('says what the engine knows and what is measured, against its limits', () => {
    expect(text(overviewRows(details, gateway, around))).toMatchInlineSnapshot(`
      "State      running, restarted 2 times, restart policy unless-stopped
      Health     unhealthy
      Started    2026-11-19 07:57:00 (1d 02h ago)
      Created    2026-11-19 07:56:50 (1d 02h ago)
      URL        https://gateway.infra.localhost
      Ports      80  443
      CPU        1.5% of 150% (1%)
      Memory     96 MiB of 256 MiB (38%)
      Component  gateway
      Phase      core
      Needs      socket-proxy
      Image      registry.example/gateway:1.0
      Digest     sha256:4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e
                 1f4e1f
      Container  infra-dev-gateway-1, 9f9f9f9f9f9f
      Command    /gateway --config /etc/gateway/gateway.yml
      User       65532:65532
      Files      /root/infra/11-docker-compose.Infra.dev.yml
                 /root/infra/90-docker-compose.Infra.dev.local.yml"
    `);
  });

  test('says what an exit code means, with the limit that was too low', () => {
    expect(text(overviewRows(killed, undefined, {width: 200, now: start}))).toMatch(
      /^Exit code +137: the kernel killed it: it used more memory than it may \(256 MiB\)\nEnded +2026-11-20 09:59:00 \(1m 00s ago\)$/m,
    );
  });

  test('says of an image that no registry knows that the digest is its own', () => {
    expect(text(overviewRows({...details, digest: undefined}, gateway, {width: 200, now: start}))).toMatch(
      /^Digest +sha256:0a1b\S+ \(the image's own: no registry knows it\)$/m,
    );
  });
});

test('the health checks: how it is asked, and the last times, the newest first', () => {
  expect(text(healthRows(details, around))).toMatchInlineSnapshot(`
    "Health   unhealthy, 2 failed in a row
    Command  wget -q -O - http://127.0.0.1:8080/ping || exit 1
    Asked    every 10s, at most 3s each; unhealthy after 3 failures in a row; in
             the first 30s every 2s

    Last checks, the newest first
    ✖ failed with 1  2026-11-20 09:59:50 (10s ago), took 38 ms
        wget: can't connect to remote host (127.0.0.1): Connection refused
    ✖ took too long  2026-11-20 09:59:40 (20s ago), took 3s
        Health check exceeded timeout (3s)
    ✔ passed  2026-11-20 09:59:30 (30s ago), took 41 ms
        pong"
  `);
});

test('the environment names secrets and shows none; long values go on in the next row', () => {
  expect(text(environmentRows(details, 60, figures))).toMatchInlineSnapshot(`
    "GATEWAY_ADMIN_PASSWORD    ••••••••
    GATEWAY_DB_PASSWORD_FILE  /run/secrets/gateway_db
    GATEWAY_OPTIONS           --option-0=value --option-1=value
                              --option-2=value --option-3=value
                              --option-4=value --option-5=value
                              --option-6=value --option-7=value
                              --option-8=value --option-9=value
                              --option-10=value
                              --option-11=value
                              --option-12=value
                              --option-13=value
    LANG                      (empty)

    1 value is hidden: secrets are never shown here."
  `);
});

test('networks with addresses, names, gateway, and what they reach', () => {
  expect(text(networksRows(details, 76))).toMatchInlineSnapshot(`
    "infra-dev_proxy
      Address     172.30.0.5
      Gateway     172.30.0.1
      Answers to  infra-dev-gateway-1, gateway
      Reach       reaches the outside

    infra-dev_monitoring
      Address     172.31.50.3
      Answers to  gateway
      Reach       internal: nothing on it reaches the outside
    "
  `);
});

test('mounts with where they come from, and whether they can be written to', () => {
  expect(text(mountsRows(details, 76))).toMatchInlineSnapshot(`
    "/etc/gateway
      From  /root/infra/config/gateway
      Kind  bind, read only

    /tmp
      From  memory; gone when it ends
      Kind  tmpfs, read and write
      Size  at most 64 MiB

    /var/lib/gateway
      From  infra-dev_gateway-data
      Kind  volume, read and write
    "
  `);
});

test('what is not there is said', () => {
  expect([healthRows(bare, around), environmentRows(bare, 76, figures), networksRows(bare, 76), mountsRows(bare, 76)].map(text)).toEqual([
    'It has no health check: the engine knows only whether it runs.',
    'It is given no variables.',
    'It is on no network.',
    'Nothing is mounted into it: what it writes goes with its container.',
  ]);
});

test('a label that is too long has its value below it', () => {
  expect(
    text(
      fieldsRows(
        [
          {label: 'A_VERY_LONG_NAME', value: 'x'},
          {label: 'B', value: 'y'},
        ],
        20,
      ),
    ),
  ).toBe('A_VERY_LONG_NAME\n   x\nB  y');
});

test.each([
  [90, '1 Overview  2 Logs  [3 Health]  4 Environment  5 Networks  6 Mounts'],
  [58, 'Overview  Logs  [Health]  Environment  Networks  Mounts'],
  [51, 'Overview Logs [Health] Environment Networks Mounts'],
  [30, '[Health] 3 of 6'],
])('in %d columns the tabs are %s', (width, expected) => {
  expect(lineText(tabLine('health', width))).toBe(expected);
});

test.each([
  [96, '1 Overview  2 Logs  [3 Health]  4 Environment  5 Networks  6 Mounts      line 7 of 60; f follows'],
  [84, '1 Overview  2 Logs  [3 Health]  4 Environment  5 Networks  6 Mounts     line 7 of 60'],
  [76, 'Overview  Logs  [Health]  Environment  Networks  Mounts         line 7 of 60'],
  [60, 'Overview  Logs  [Health]  Environment  Networks  Mounts'],
])('in %d columns there is where one is beside the tabs, unless there is no room at all: %s', (width, expected) => {
  expect(lineText(tabLineBeside('health', ['line 7 of 60; f follows', 'line 7 of 60'], width))).toBe(expected);
});

describe('what speaks against an action', () => {
  const [stopped] = services.filter(({state}) => state === 'exited');
  const busy: readonly Busy[] = [{service: 'gateway', verb: 'stop', said: ''}];
  const all: readonly Verb[] = ['restart', 'stop', 'start', 'apply', 'shell', 'open', 'save'];

  test.each<readonly [string, ServiceStatus | undefined, readonly Busy[], readonly Verb[]]>([
    ['one that runs can not be started', gateway, [], ['start']],
    ['one that has ended can not be stopped or entered, and this one has no address', stopped, [], ['stop', 'shell', 'open']],
    ['while something is done to it nothing else is, but its address', gateway, busy, all.filter(verb => verb !== 'open')],
    ['what is done to another is no matter', services[1], busy, ['start']],
    ['nothing can be done to nothing', undefined, [], all],
    [
      'without a container its overlay can be applied',
      {...gateway, state: 'exited', containerId: ''},
      [],
      ['restart', 'stop', 'start', 'shell', 'save'],
    ],
  ])('%s', (_, service, others, expected) => {
    expect(all.filter(verb => refusal(verb, service, others) !== undefined)).toEqual(expected);
  });

  test('is a sentence about the service', () => {
    expect(refusal('restart', gateway, busy)).toBe('Wait for it: gateway is stopping.');
    expect(refusal('start', gateway, [])).toBe('gateway runs already.');
    const stray = {...gateway, drift: {kind: 'stray', cause: 'no overlay knows it'}} as const;
    expect(refusal('apply', stray, [])).toBe('gateway is in no overlay: there is nothing to apply.');
    const paused = {...gateway, state: 'paused'} as const;
    expect(['start', 'shell'].map(verb => refusal(verb as Verb, paused, []))).toEqual(
      Array(2).fill('gateway is paused: docker unpause lets it go on, r starts it anew.'),
    );
    expect(['restart', 'stop'].map(verb => refusal(verb as Verb, paused, []))).toEqual([undefined, undefined]);
  });
});

test.each([
  [undefined, 'Looking for what depends on it.'],
  ['unknown', 'What depends on it could not be found out.'],
  [[], 'Nothing that runs depends on it.'],
  [['login'], 'login depends on it and runs now.'],
  [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d and 2 more depend on it and run now.'],
] as const)('of the dependents %j: %s', (dependents, expected) => {
  expect(meaning(dependents)).toBe(expected);
});

test('the sentence above a page says what is being done, and that a service is gone', () => {
  expect(pageIntro('gateway', gateway, [{service: 'gateway', verb: 'restart', said: ''}], start)).toMatch(
    /^gateway: restarting, running, healthy, up /,
  );
  expect(pageIntro('gateway', undefined, [], start)).toBe('gateway: it is not there any more.');
});

test('what is only looked at leaves the word of a row alone', () => {
  const busy: readonly Busy[] = [
    {service: 'a', verb: 'save', said: ''},
    {service: 'b', verb: 'apply', said: 'Recreate'},
  ];
  expect([...busyWords(busy)]).toEqual([['b', 'applying']]);
});

test.each([
  ['', 16],
  ['log', 2],
  ['LOG save', 1],
  ['restart', 1],
  ['order', 3],
  ['nothing like that', 0],
])('the palette narrowed by "%s" has %d entries', (typed, count) => {
  expect(matchingEntries(paletteEntries('table'), typed)).toHaveLength(count);
});

test('tabs go round', () => {
  const page = reducePage(undefined, 'gateway', {type: 'open-page', tab: 'overview'});
  expect(reducePage(page, 'gateway', {type: 'previous-tab'})?.tab).toBe('mounts');
  expect(reducePage(reducePage(page, 'gateway', {type: 'previous-tab'}), 'gateway', {type: 'next-tab'})?.tab).toBe('overview');
  expect(reducePage(undefined, undefined, {type: 'open-page', tab: 'logs'})).toBeUndefined();
});

test('a log that was left for another page is followed again, with what was looked for', () => {
  const page = reducePage(undefined, 'gateway', {type: 'open-page', tab: 'logs'});
  const read: ServicePage | undefined = page && {...page, log: {...page.log, place: {line: 7, row: 0}, match: 7, search: 'x', wrap: false}};
  const back = (...actions: readonly PageAction[]) =>
    actions.reduce<ServicePage | undefined>((before, action) => reducePage(before, 'gateway', action), read)?.log;
  expect(back({type: 'tab', tab: 'logs'})).toMatchObject({place: {line: 7}, match: 7});
  expect(back({type: 'next-tab'}, {type: 'previous-tab'})).toMatchObject({place: undefined, match: undefined, search: 'x', wrap: false});
});

describe('the state', () => {
  const reached = (...actions: readonly StatusAction[]) =>
    actions.reduce(reduceStatusView, reduceStatusView(startStatusView, {type: 'services', services: ['a', 'b']}));
  const yes: readonly StatusAction[] = [
    {type: 'select', select: {type: 'move', motion: 'next'}},
    {type: 'select', select: {type: 'choose'}},
  ];

  test('what was confirmed is under way until it has ended, and says so once', () => {
    const begun = reached({type: 'ask', verb: 'stop', service: 'a'}, ...yes);
    expect(begun).toMatchObject({confirm: undefined, asked: [{verb: 'stop', service: 'a'}], busy: [{verb: 'stop', service: 'a'}]});
    const ended = reduceStatusView(begun, {type: 'ended', verb: 'stop', service: 'a', said: 'a was stopped.'});
    expect(ended).toMatchObject({busy: [], notice: {text: 'a was stopped.', tone: 'good'}});
    expect(reduceStatusView(ended, {type: 'move', motion: 'next', page: 5}).notice).toBeUndefined();
  });

  test('what was begun is not begun again, and what was asked for meanwhile is', () => {
    const one = reached({type: 'do', verb: 'start', service: 'a'});
    const two = reduceStatusView(one, {type: 'do', verb: 'start', service: 'b'});
    expect(reduceStatusView(two, {type: 'begun', tasks: one.asked}).asked).toEqual([{verb: 'start', service: 'b'}]);
  });

  test('an address that was opened does not end what else is under way', () => {
    const both = reached({type: 'ask', verb: 'apply', service: 'a'}, ...yes, {type: 'do', verb: 'open', service: 'a'});
    expect(reduceStatusView(both, {type: 'ended', verb: 'open', service: 'a', said: 'x'}).busy).toMatchObject([{verb: 'apply'}]);
    expect(reduceStatusView(both, {type: 'told', verb: 'apply', service: 'a', said: 'Recreate'}).busy[0]?.said).toBe('Recreate');
  });

  test('an answer about another service than is asked about is not shown', () => {
    const asked = reached({type: 'ask', verb: 'stop', service: 'a'});
    expect(reduceStatusView(asked, {type: 'dependents', service: 'b', dependents: ['c']}).confirm?.dependents).toBeUndefined();
    expect(reduceStatusView(asked, {type: 'dependents', service: 'a', dependents: ['c']}).confirm?.dependents).toEqual(['c']);
  });

  test('the page stays with its service when rows come and go', () => {
    const open = reached({type: 'open-page', tab: 'health'}, {type: 'services', services: ['b']});
    expect(open).toMatchObject({selected: 'b', page: {service: 'a', tab: 'health'}});
  });
});
