import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {findingLines} from '../../source/display/findings.ts';
import {statusLines} from '../../source/display/status.ts';
import {table} from '../../source/display/tables.ts';
import type {ServiceStatus} from '../../source/plan/service-status.ts';

test('columns are aligned by what a terminal shows', () => {
  const rows = [
    ['web', '1'],
    ['日本語', '10'],
    ['👩‍💻 dev', '100'],
    ['a\u001b[31mb', ''],
  ];
  expect(table([{title: 'NAME'}, {title: 'SIZE', align: 'right'}], rows)).toEqual([
    'NAME    SIZE',
    'web        1',
    '日本語    10',
    '👩‍💻 dev   100',
    'ab',
  ]);
});

test('no rows, no table', () => {
  expect(table([{title: 'NAME'}], [])).toEqual([]);
});

test('the second column begins at the same place in every row', () => {
  fc.assert(
    fc.property(fc.array(fc.string({unit: 'grapheme', maxLength: 12}), {minLength: 1}), names => {
      const lines = table(
        [{title: 'NAME'}, {title: 'MARK'}],
        names.map(name => [name, '#']),
      );
      const starts = lines.slice(1).map(line => stringWidth(line.slice(0, line.lastIndexOf('#'))));
      expect(new Set(starts).size).toBe(1);
    }),
  );
});

test('findings are grouped: what forbids a rollout, what to know, what is well', () => {
  expect(
    findingLines([
      {id: 'D21', title: 'Docker Engine answers', level: 'ok', what: '29.1 on host', next: []},
      {id: 'D13', title: 'Clock', level: 'warning', what: 'No time service runs', next: ['Start one.\nOr install chrony.']},
      {
        id: 'D49',
        title: 'Ports are free',
        level: 'blocking',
        what: '80/tcp for web is taken by nginx\u001b[2J',
        next: ['sudo systemctl stop nginx', 'Or choose other ports.'],
      },
    ]),
  ).toEqual([
    '1 check forbids a rollout, 1 warning, 1 passed.',
    '',
    'FORBIDS A ROLLOUT',
    '',
    'D49  Ports are free',
    '     80/tcp for web is taken by nginx',
    '     → sudo systemctl stop nginx',
    '     → Or choose other ports.',
    '',
    'WARNINGS',
    '',
    'D13  Clock',
    '     No time service runs',
    '     → Start one.',
    '       Or install chrony.',
    '',
    'PASSED',
    '',
    'CHECK  WHAT                   FOUND',
    'D21    Docker Engine answers  29.1 on host',
  ]);
});

test('where all is well, that is said first', () => {
  expect(findingLines([{id: 'D21', title: 'Docker Engine answers', level: 'ok', what: '29.1 on host', next: []}])[0]).toBe(
    'Nothing forbids a rollout, 0 warnings, 1 passed.',
  );
});

const service: ServiceStatus = {
  service: 'web',
  name: 'web',
  component: 'web',
  phase: 'core',
  containerId: 'abc',
  image: 'web:1',
  state: 'running',
  health: 'healthy',
  isJob: false,
  exitCode: undefined,
  startedAt: 1000,
  restarts: 0,
  cpu: 1.25,
  memory: 64 * 2 ** 20,
  memoryLimit: undefined,
  ports: ['0.0.0.0:443->443/tcp'],
  url: undefined,
};

test('services are a row each', () => {
  const job: ServiceStatus = {
    ...service,
    service: 'init',
    name: 'init',
    state: 'exited',
    health: undefined,
    exitCode: 3,
    cpu: undefined,
    memory: undefined,
    ports: [],
  };
  const web: ServiceStatus = {
    ...service,
    rates: {received: 1_200_000, sent: 300_000, read: 0, written: 4096},
    drift: {kind: 'changed', cause: 'its settings changed'},
  };
  expect(statusLines({project: 'shop-dev', connected: true, at: 66_000, services: [web, job]})).toEqual([
    'SERVICE  STATE       HEALTH       UP   CPU  MEMORY  NET IN/OUT  DISK R/W  RESTARTS  OVERLAY  PORTS                 URL',
    'web      running     healthy  1m 05s  1.3%  64 MiB   1.2M/300k    0/4.1k         0  differs  0.0.0.0:443->443/tcp  -',
    'init     exited (3)  -             -     -       -           -         -         0  -        -                     -',
    '1 of 2 services is not well: init has stopped with code 3; 1 differs from its overlay.',
  ]);
});

test('it is said when nothing runs and when the engine cannot be reached', () => {
  expect(statusLines({project: 'shop-dev', connected: true, at: 0, services: []})).toEqual(['Nothing of shop-dev runs here.']);
  expect(statusLines({project: 'shop-dev', connected: false, at: 0, services: []})).toEqual(['The engine does not answer.']);
  expect(statusLines({project: 'shop-dev', connected: false, at: 0, services: [service]}).at(-1)).toBe(
    'The engine does not answer; what is shown is from before.',
  );
});
