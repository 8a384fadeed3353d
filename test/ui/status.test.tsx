import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the status', () => {
  test('shows every service, and what the table has no room for at 100x30', async () => {
    expect(await frameOf('status', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                              Status
        ────────────────────────────────────────────────────────────────────────────────────────────────

        infra-dev: 4 of 6 services are well; login is unhealthy, worker is exited.

          Service       State       Health          Uptime     CPU    Memory  Ports
        ❯ gateway       running     healthy         1d 02h    1.5%    96 MiB  80 443
          login         running     unhealthy  1d 02h (3x)   97.2%   490 MiB
          login-db      running     healthy         1d 02h    1.5%    96 MiB  127.0.0.1:15432->5432
          login-init    finished    -                    -       -         -
          店の在庫      running     -               1d 02h       -    96 MiB
          worker        exited (1)  -                    -       -         -

          URL     https://gateway.infra.localhost
          Ports   80, 443
          Memory  96 MiB of 256 MiB
          Image   registry.example/gateway:1.0












        ↑↓ service   l logs   r restart   ? help   q quit
      "
    `);
  });

  test('shows every service, and what the table has no room for at 60x15', async () => {
    expect(await frameOf('status', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       infra-dev: 4 of 6 services are well; login is unhealthy,
       worker is exited.
         Service       State       Health          Uptime     CPU
       ❯ gateway       running     healthy         1d 02h    1.5%
         login         running     unhealthy  1d 02h (3x)   97.2%
         login-db      running     healthy         1d 02h    1.5%
         login-init    finished    -                    -       -
         店の在庫      running     -               1d 02h       -
         worker        exited (1)  -                    -       -

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

        infra-dev: 4 of 6 services are well; login is unhealthy, worker is exited.

          Service       State       Health          Uptime     CPU    Memory  Ports
        ❯ gateway       running     healthy         1d 02h    1.5%    96 MiB  80 443
          login         running     unhealthy  1d 02h (3x)   97.2%   490 MiB
          login-db      running     healthy         1d 02h    1.5%    96 MiB  127.0.0.1:15432->5432
          login-init    finished    -                    -       -         -
          店の在庫      running     -               1d 02h       -    96 MiB
          worker        exited (1)  -                    -       -         -

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
       infra-dev: 4 of 6 services are well; login is unhealthy,
       worker is exited.
         Service       State       Health          Uptime     CPU
       ❯ gateway       running     healthy         1d 02h    1.5%
         login         running     unhealthy  1d 02h (3x)   97.2%
         login-db      running     healthy         1d 02h    1.5%
         login-init    finished    -                    -       -
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
         Service       State       Health      Uptime     CPU
         gateway       running     healthy     1d 02h    1.5%

       2026-11-20T10:00:00Z INFO  starting
       2026-11-20T10:00:01Z WARN  slow disk
       2026-11-20T10:00:02Z INFO  ready





       Esc back   ↑↓ scroll   f follow   r restart   ? help
      "
    `);
  });
});
