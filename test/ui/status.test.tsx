import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the status', () => {
  test('shows every service, and what the table has no room for at 100x30', async () => {
    expect(await frameOf('status', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                              Status
        ────────────────────────────────────────────────────────────────────────────────────────────────

        infra-dev: 2 of 6 services are not well: worker has stopped with code 1, login is unhealthy.

          Service       State       Health     Restarts   Uptime     CPU    Memory
        ❯ gateway       running     healthy               1d 02h    1.5%    96 MiB
          login         running     unhealthy         3   1d 02h   97.2%   490 MiB
          login-db      running     healthy               1d 02h    1.5%    96 MiB
          login-init    finished    -                          -       -         -
          店の在庫      running     -                     1d 02h       -    96 MiB
          worker        exited (1)  -                          -       -         -

          URL     https://gateway.infra.localhost
          Ports   80, 443
          Image   registry.example/gateway:1.0













        ↑↓ service   l logs   r restart   ? help   q quit   / filter   <> sort   1-9 phase
      "
    `);
  });

  test('shows every service, and what the table has no room for at 60x15', async () => {
    expect(await frameOf('status', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       infra-dev: 2 of 6 services are not well: worker has
       stopped with code 1, login is unhealthy.
         Service       State       Health        CPU    Memory
       ❯ gateway       running     healthy      1.5%    96 MiB
         login         running     unhealthy   97.2%   490 MiB
         login-db      running     healthy      1.5%    96 MiB
         login-init    finished    -               -         -
         店の在庫      running     -               -    96 MiB
         worker        exited (1)  -               -         -

         URL     https://gateway.infra.localhost
         Ports   80, 443
       ↑↓ service   l logs   r restart   ? help   q quit
      "
    `);
  });

  test('asks before it restarts at 100x30', async () => {
    expect(await frameOf('restart', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                              Status
        ────────────────────────────────────────────────────────────────────────────────────────────────

        infra-dev: 2 of 6 services are not well: worker has stopped with code 1, login is unhealthy.

          Service       State       Health     Restarts   Uptime     CPU    Memory
        ❯ gateway       running     healthy               1d 02h    1.5%    96 MiB
          login         running     unhealthy         3   1d 02h   97.2%   490 MiB
          login-db      running     healthy               1d 02h    1.5%    96 MiB
          login-init    finished    -                          -       -         -
          店の在庫      running     -                     1d 02h       -    96 MiB
          worker        exited (1)  -                          -       -         -

        Restart gateway?
        ❯ No, leave it alone
          Restart it now; what uses it is cut off for a moment













        ↑↓ choose   Enter take it   Esc leave it alone
      "
    `);
  });

  test('asks before it restarts at 60x15', async () => {
    expect(await frameOf('restart', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       infra-dev: 2 of 6 services are not well: worker has
       stopped with code 1, login is unhealthy.
         Service       State       Health        CPU    Memory
       ❯ gateway       running     healthy      1.5%    96 MiB
         login         running     unhealthy   97.2%   490 MiB
         login-db      running     healthy      1.5%    96 MiB
         login-init    finished    -               -         -
         … 2 more ↓

       Restart gateway?
       ❯ No, leave it alone
         Restart it now; what uses it is cut off for a moment
       ↑↓ choose   Enter take it   Esc leave it alone
      "
    `);
  });

  test('follows a log at 100x30', async () => {
    expect(await frameOf('logs', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                              Status
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Log of gateway.

          Service       State       Health      Uptime     CPU    Memory  Ports
          gateway       running     healthy     1d 02h    1.5%    96 MiB  80 443

        2026-11-20T10:00:00Z INFO  starting
        2026-11-20T10:00:01Z WARN  slow disk
        2026-11-20T10:00:02Z INFO  ready


















        Esc back   ↑↓ scroll   f follow   r restart   ? help   q quit
      "
    `);
  });

  test('follows a log at 60x15', async () => {
    expect(await frameOf('logs', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       Log of gateway.
         Service       State       Health        CPU    Memory
         gateway       running     healthy      1.5%    96 MiB

       2026-11-20T10:00:00Z INFO  starting
       2026-11-20T10:00:01Z WARN  slow disk
       2026-11-20T10:00:02Z INFO  ready





       Esc back   ↑↓ scroll   f follow   r restart   ? help
      "
    `);
  });
});
