import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the rollout', () => {
  test('shows images with bytes, bar, speed and time left, and services as they start at 100x30', async () => {
    expect(await frameOf('rollout', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                             Rollout
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Images arrive while services start. Ctrl+C stops after what is under way.

        Images  2 of 3  ━━━━━━━━━━━━━━━━━━━━━━━━━───────────  69%  278 MB of 398 MB  12.3 MB/s  10s left

        ✔ Files  1 written, 1 unchanged

        ✔ Core  Healthy                                                                              11s
          ✔ gateway                     Healthy           6s

        ◑ Authentication  Starting                                                                   10s
          ↓ images: 1 ready  230 MB of 350 MB  12.3 MB/s  10s left
          ◑ registry.example/login:1.0  ━━━━━━━━────────  50%   120 MB of 240 MB   7.3 MB/s     17s left
          ◑ login-db                    Starting          1s
          · login                       Blocked               needs login-db












        ↑↓ scroll   f follow   i layers   ? help   Ctrl+C stop
      "
    `);
  });

  test('shows images with bytes, bar, speed and time left, and services as they start at 60x15', async () => {
    expect(await frameOf('rollout', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       Images arrive while services start. Ctrl+C stops after
       what is under way.
       Images  2 of 3  ━━━━━───  69%  278 MB of 398 MB  12.3 MB/s
         … 2 more ↑
       ✔ Core  Healthy                                        11s
         ✔ gateway               Healthy           6s

       ◑ Authentication  Starting                             10s
         ↓ images: 1 ready  230 MB of 350 MB  12.3 MB/s  10s left
         ◑ login:1.0             ━━━━────  50%   120 MB of 240 MB
         ◑ login-db              Starting          1s
         · login                 Blocked               needs log…
       ↑↓ scroll   f follow   i layers   ? help   Ctrl+C stop
      "
    `);
  });

  test('shows why a service failed and waits for a decision at 100x30', async () => {
    expect(await frameOf('failure', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                             Rollout
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Something did not come up. The rollout waits for your answer.

        ✖ login  1 of 2, Tab for the next
          login is unhealthy: its last health check ended with 1.

          → Read its log: infra-wizard logs login
          → Check the password in secrets/login_db.

        Last health check
          curl: (7) Failed to connect to localhost port 9000

        Last log lines
          INFO  starting in production mode
          ERROR password authentication failed for user "login"

        What now?
        ❯ Try again
          Stop here; the next run goes on from this point








        ↑↓ choose   Enter take it   PgUp PgDn scroll   ? help
      "
    `);
  });

  test('shows why a service failed and waits for a decision at 60x15', async () => {
    expect(await frameOf('failure', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       Something did not come up. The rollout waits for your
       answer.
       ✖ login  1 of 2, Tab for the next
         login is unhealthy: its last health check ended with 1.

         → Read its log: infra-wizard logs login
         → Check the password in secrets/login_db.
         … 7 more ↓

       What now?
       ❯ Try again
         Stop here; the next run goes on from this point
       ↑↓ choose   Enter take it   PgUp PgDn scroll   ? help
      "
    `);
  });

  test('says that the kernel killed a service, and offers to go on without it at 100x30', async () => {
    expect(await frameOf('failure-oom', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                             Rollout
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Something did not come up. The rollout waits for your answer.

        ✖ metrics
          metrics used more memory than it may.
          Killed by the kernel for want of memory. It may use 512 MiB.

          → Raise its memory limit in 90-docker-compose.Infra.dev.local.yml.

        Last log lines
          level=info msg="replaying WAL"

        What now?
        ❯ Try again
          Go on without metrics
          Stop here; the next run goes on from this point











        ↑↓ choose   Enter take it   PgUp PgDn scroll   ? help
      "
    `);
  });

  test('says that the kernel killed a service, and offers to go on without it at 60x15', async () => {
    expect(await frameOf('failure-oom', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       Something did not come up. The rollout waits for your
       answer.
       ✖ metrics
         metrics used more memory than it may.
         Killed by the kernel for want of memory. It may use 512
         MiB.
         … 6 more ↓

       What now?
       ❯ Try again
         Go on without metrics
         Stop here; the next run goes on from this point
       ↑↓ choose   Enter take it   PgUp PgDn scroll   ? help
      "
    `);
  });

  test('ends with what answers now at 100x30', async () => {
    expect(await frameOf('finished', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                             Rollout
        ────────────────────────────────────────────────────────────────────────────────────────────────

        All 3 services are as they should be, after 1m 15s.

        What answers now
          Login              https://auth.infra.localhost  admin, password in secrets/login_admin
          Gateway dashboard  https://gateway.infra.localhost/dashboard/

        ✔ Files  1 written, 1 unchanged

        ✔ Core  Healthy                                                                              11s
          ✔ gateway       Healthy           6s

        ✔ Authentication  Healthy                                                                 1m 03s
          ✔ login-db      Healthy          20s
          ✔ login         Healthy          32s












        Enter finish   ↑↓ scroll   q quit
      "
    `);
  });

  test('ends with what answers now at 60x15', async () => {
    expect(await frameOf('finished', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       All 3 services are as they should be, after 1m 15s.
       What answers now
         Login
           https://auth.infra.localhost
           admin, password in secrets/login_admin
         Gateway dashboard
           https://gateway.infra.localhost/dashboard/

       ✔ Files  1 written, 1 unchanged

       ✔ Core  Healthy                                        11s
         … 5 more ↓
       Enter finish   ↑↓ scroll   q quit
      "
    `);
  });
});
