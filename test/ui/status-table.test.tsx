/** The table of a whole platform: phases, sparklines, drift; and what a narrow window leaves of it. */
import {expect, test} from 'vitest';
import type {StatusSnapshot} from '../../source/plan/service-status.ts';
import type {Sight} from '../../source/ui/services.ts';
import {frameOf, openScene, openView} from './open.tsx';
import {platform, platformServices} from './platform.ts';
import {standing, statusServices} from './services.ts';

test('a platform at 200x60', async () => {
  const frame = await frameOf('platform', 200, 60);
  expect(frame.replace(/\n\n\n+/g, '\n\n[...]\n')).toMatchInlineSnapshot(`
    "
      infra-wizard                                                                                                                                                                                  Status
      ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

      infra-dev: 3 of 7 services are not well: cache restarts again and again, store is missing, login has been unhealthy for 3 minutes; 1 differs from its overlay; 1 is in no overlay; not rolled out
      yet: Observability.

        Service        State       Health     Overlay  Restarts   Uptime                        CPU                          Memory  Net in/out  Disk r/w  Ports   URL
      1 Core  2 services
      ❯ gateway        running     healthy                        1d 02h  ▁▁▁▁▁▁▁▁▁▁  12.5% of 150%  ▃▃▃▃▃▃▃▃▃▃   96 MiB of 256 MiB  1.3M/12.4M     0/85k  80 443  https://gateway.infra.localhost
        gateway-guard  running     healthy                        1d 02h  ▁▁▁▁▁▁▁▁▁▁           1.5%  ▃▃▃▃▃▃▃▃▃▃   96 MiB of 256 MiB    1.2k/300    0/4.1k

      2 Authentication  2 services, 1 job, 1 not well
        login          running     unhealthy                  3   1d 02h  ▂▃▅▆▇█████          97.2%  ▅▅▅▆▇▇████  490 MiB of 512 MiB    1.2k/300    0/4.1k          https://auth.infra.localhost
        login-db       running     healthy    differs             1d 02h  ▁▁▁▁▁▁▁▁▁▁           1.5%  ▃▃▃▃▃▃▃▃▃▃   96 MiB of 256 MiB    1.2k/300    0/4.1k
        login-init     finished    -                                   -                          -                               -           -         -

      3 Data  2 services, 2 not well
        cache          restarting  -                         12        -                          -                               -           -         -
        store          missing     -                                   -                          -                               -           -         -

      5 Your own  1 service
        visitor        running     -          in none             1d 02h  ▁▁▁▁▁▁▁▁▁▁           1.5%  ▃▃▃▃▃▃▃▃▃▃   96 MiB of 256 MiB    1.2k/300    0/4.1k

        Image   registry.example/gateway:1.0

    [...]
      ↑↓ service   Enter open   l logs   r restart   : actions   ? help   q quit   / filter   <> sort   1-9 phase
    "
  `);
});

test('a platform at 80x24', async () => {
  expect(await frameOf('platform', 80, 24)).toMatchInlineSnapshot(`
    "
      infra-wizard                                                          Status
      ────────────────────────────────────────────────────────────────────────────

      infra-dev: 3 of 7 services are not well: cache restarts again and again,
      store is missing, login has been unhealthy for 3 minutes.

        Service        State       Health     Overlay  Restarts     CPU    Memory
      1 Core  2 services
      ❯ gateway        running     healthy                        12.5%    96 MiB
        gateway-guard  running     healthy                         1.5%    96 MiB
      2 Authentication  2 services, 1 job, 1 not well
        login          running     unhealthy                  3   97.2%   490 MiB
        login-db       running     healthy    differs              1.5%    96 MiB
        login-init     finished    -                                  -         -
      3 Data  2 services, 2 not well
        cache          restarting  -                         12       -         -
        … 3 more ↓

        URL     https://gateway.infra.localhost
        Ports   80, 443
        Uses    CPU 12.5% of 150% · memory 96 MiB of 256 MiB · network in 1.3 MB/…
        Image   registry.example/gateway:1.0

      ↑↓ service   Enter open   l logs   r restart   : actions   ? help   q quit
    "
  `);
});

test('a platform at 60x15', async () => {
  expect(await frameOf('platform', 60, 15)).toMatchInlineSnapshot(`
    "
     infra-wizard                                        Status
     ──────────────────────────────────────────────────────────
     infra-dev: 3 of 7 services are not well: cache restarts
     again and again, store is missing, 1 more.
       Service        State       Health     Overlay     CPU
     ❯ gateway        running     healthy              12.5%
       gateway-guard  running     healthy               1.5%
       login          running     unhealthy            97.2%
       login-db       running     healthy    differs    1.5%
       login-init     finished    -                        -
       … 3 more ↓

       URL     https://gateway.infra.localhost
       Ports   80, 443
     ↑↓ service   Enter open   l logs   ? help   q quit
    "
  `);
});

test('a filter at 80x24', async () => {
  expect(await frameOf('platform-filter', 80, 24)).toMatchInlineSnapshot(`
    "
      infra-wizard                                         /drift  3 of 8   Status
      ────────────────────────────────────────────────────────────────────────────

      infra-dev: 3 of 7 services are not well: cache restarts again and again,
      store is missing, login has been unhealthy for 3 minutes.

        Service        State       Health     Overlay  Restarts     CPU    Memory
      2 Authentication  1 service
      ❯ login-db       running     healthy    differs              1.5%    96 MiB

      3 Data  1 service, 1 not well
        store          missing     -                                  -         -

      5 Your own  1 service
        visitor        running     -          in none              1.5%    96 MiB

        Overlay differs: its settings changed
        Uses    CPU 1.5% · memory 96 MiB of 256 MiB · network in 1.2 kB/s, out 30…
        Image   registry.example/login-db:1.0




      Enter keep   Esc clear   type to filter   ↑↓ move
    "
  `);
});

test('without Unicode it is lines of ASCII', async () => {
  expect(await frameOf('platform', 200, 60, {unicode: false})).toMatch(/^[\x20-\x7e\n]*$/);
});

test('the order is marked in its heading, a phase in the title row', async () => {
  const screen = await openScene('platform', {columns: 120, rows: 30});
  await screen.press('>', '>', '>', '>', '>', '>', '>');
  const sorted = await screen.waitFor('Memory ↓');
  expect(/Memory ↓.*\n +[❯]? *(\S+)/.exec(sorted)?.[1]).toBe('login');
  expect(sorted).not.toContain('Authentication');
  await screen.press('I', '2');
  expect(await screen.waitFor('Memory ↑')).toContain('Authentication 3 of 8');
  await screen.press('0');
  await screen.press('<', '<', '<', '<', '<', '<', '<');
  expect(await screen.waitFor('1 Core')).not.toContain('Authentication 3 of 8');
  screen.close();
});

test('an order whose column has no room is said in the title row', async () => {
  const screen = await openScene('platform', {columns: 60, rows: 15});
  await screen.press('<', '<');
  await screen.waitFor('by network');
  screen.close();
});

test('only what is on the screen is measured, and what comes onto it', async () => {
  let sight: Sight | undefined;
  const many = Array.from({length: 100}, (_, place) => ({
    ...(platformServices[0] as (typeof platformServices)[number]),
    ...{name: `s${String(place).padStart(2, '0')}`, containerId: `c${place}`, phase: undefined},
  }));
  const snapshot: StatusSnapshot = {...platform, services: many, phases: []};
  const watch = (signal: AbortSignal, given?: Sight) => {
    sight = given;
    return standing([snapshot], signal);
  };
  const screen = openView({kind: 'status', services: statusServices({watch})}, {columns: 100, rows: 24});
  await screen.waitFor('❯ s00');
  const first = sight?.shown() ?? [];
  expect([first[0], first.length]).toEqual(['c0', (await screen.screen()).match(/ s\d\d /g)?.length]);
  await screen.press('G');
  await screen.waitFor('❯ s99');
  await expect.poll(() => sight?.shown().at(-1)).toBe('c99');
  expect(sight?.shown()).not.toContain('c0');
  await screen.press('l');
  await screen.waitFor('[2 Logs]');
  await expect.poll(() => sight?.shown()).toEqual(['c99']);
  await screen.press('?');
  await expect.poll(() => sight?.shown()).toEqual([]);
  screen.close();
});
