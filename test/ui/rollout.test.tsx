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

        ✔ 1 Core  Healthy  1 service                                                                 11s

        ◑ 2 Authentication  Starting                                                                 10s
          ↓ images: 1 ready  230 MB of 350 MB  12.3 MB/s  10s left
          ◑ registry.example/login:1.0  ━━━━━━━━────────  50%   120 MB of 240 MB   7.3 MB/s     17s left
          ◑ login-db                    Starting          1s
          · login                       Blocked               needs login-db













        ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
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
       ✔ Files  1 written, 1 unchanged

       ✔ 1 Core  Healthy  1 service                           11s

       ◑ 2 Authentication  Starting                           10s
         ↓ images: 1 ready  230 MB of 350 MB  12.3 MB/s  10s left
         ◑ login:1.0             ━━━━────  50%   120 MB of 240 MB
         ◑ login-db              Starting          1s
         · login                 Blocked  needs login-db
       ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
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
          Started 1m 57s ago, restarted 2x.

          → Read its log: infra-wizard logs login
          → Check the password in secrets/login_db.

        Last health checks
          27s ago  exit 1
            curl: (7) Failed to connect to localhost port 9000
          32s ago  exit 1  the same
          37s ago  exit 1  the same

        Last log lines  │ standard error
          INFO  starting in production mode
         │ERROR password authentication failed for user "login"

        What now?
        ❯ Try again
          Stop here; the next run goes on from this point




        ↑↓ choose   Enter take it   PgUp PgDn scroll   ? help   Ctrl+C stop
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
         Started 1m 57s ago, restarted 2x.

         → Read its log: infra-wizard logs login
         … 11 more ↓

       What now?
       ❯ Try again
         Stop here; the next run goes on from this point
       ↑↓ choose   Enter take it   ? help   Ctrl+C stop
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

        Last log lines  │ standard error
         │level=info msg="replaying WAL"

        What now?
        ❯ Try again
          Go on without metrics
          Stop here; the next run goes on from this point











        ↑↓ choose   Enter take it   PgUp PgDn scroll   ? help   Ctrl+C stop
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
       ↑↓ choose   Enter take it   ? help   Ctrl+C stop
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

        ✔ 1 Core  Healthy  1 service                                                                 11s

        ✔ 2 Authentication  Healthy  2 services                                                   1m 03s















        Enter finish   ↑↓ scroll   ? help   q quit
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
       ✔ 1 Core  Healthy  1 service                           11s
       ✔ 2 Authentication  Healthy  2 services             1m 03s

       Enter finish   ↑↓ scroll   ? help   q quit
      "
    `);
  });

  test('keeps in sight what works, failed or waits for something, and counts the rest, with the whole catalogue at 80x24', async () => {
    expect(await frameOf('rollout-large', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                         Rollout
        ────────────────────────────────────────────────────────────────────────────

        Images arrive while services start. Ctrl+C stops after what is under way.

        ✔ Files  1 written, 0 unchanged
        ✔ 1 Core  Healthy  2 services                                             9s
        ✔ 2 Authentication  Healthy  2 services, 1 job                            9s
        ✔ 3 Applications  Healthy  4 services, 1 job                              9s
        ✖ 4 Data  Failed                                                          0s
          ◑ sql-2          Starting          8s
          ◑ sql-3          Starting          8s
          · sql-balancer   Waiting
          · sql-metrics    Waiting
          ◑ pg-1           Starting          8s
          · pg-2           Waiting
          · pg-3           Waiting
          · pg-balancer    Waiting               waits for pg-1
          ◑ cache-setup    Starting          8s  job, runs once
          ✖ store-2        Failed            2s  store-2 ended, last with code 127.
          … and 11 more: 7 right, 4 waiting
        · 5 Observability  waits  6 services

        ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
      "
    `);
  });

  test('keeps in sight what works, failed or waits for something, and counts the rest, with the whole catalogue at 200x60', async () => {
    expect(await frameOf('rollout-large', 200, 60)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                                                                                                                                 Rollout
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

        Images arrive while services start. Ctrl+C stops after what is under way.

        ✔ Files  1 written, 0 unchanged

        ✔ 1 Core  Healthy  2 services                                                                                 9s

        ✔ 2 Authentication  Healthy  2 services, 1 job                                                                9s

        ✔ 3 Applications  Healthy  4 services, 1 job                                                                  9s

        ✖ 4 Data  Failed                                                                                              0s
          ✔ sql-1          Healthy           3s
          ◑ sql-2          Starting          8s
          ◑ sql-3          Starting          8s
          · sql-balancer   Waiting
          · sql-metrics    Waiting
          ✔ etcd-1         Healthy           3s
          ✔ etcd-2         Healthy           3s
          ✔ etcd-3         Healthy           3s
          ◑ pg-1           Starting          8s
          · pg-2           Waiting
          · pg-3           Waiting
          · pg-balancer    Waiting               waits for pg-1
          ✔ cache-1        Healthy           3s
          ✔ cache-2        Healthy           3s
          · cache-3        Waiting
          ◑ cache-setup    Starting          8s  job, runs once
          ✔ store-1        Healthy           3s
          ✖ store-2        Failed            2s  store-2 ended, last with code 127.
          · store-3        Waiting
          · store-4        Waiting
          · store-folder   Waiting               job, runs once

        · 5 Observability  waits  6 services






















        ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
      "
    `);
  });

  test('keeps in sight what works, failed or waits for something, and counts the rest, with the whole catalogue at 60x15', async () => {
    expect(await frameOf('rollout-large', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       Images arrive while services start. Ctrl+C stops after
       what is under way.
       ✔ Files  1 written, 0 unchanged
       ✔ 1 Core  Healthy  2 services                           9s
       ✔ 2 Authentication  Healthy  2 services, 1 job          9s
       ✔ 3 Applications  Healthy  4 services, 1 job            9s
       ✖ 4 Data  Failed                                        0s
         ◑ sql-2          Starting          8s
         ◑ sql-3          Starting          8s
         ✖ store-2        Failed            2s  store-2 ended, l…
         … and 18 more: 7 right, 2 under way, 9 waiting
       · 5 Observability  waits  6 services
       ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
      "
    `);
  });

  test('opens every phase at a key at 80x24', async () => {
    expect(await frameOf('rollout-open', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                         Rollout
        ────────────────────────────────────────────────────────────────────────────

        Images arrive while services start. Ctrl+C stops after what is under way.

          … 22 more ↑
          · sql-balancer   Waiting
          · sql-metrics    Waiting
          ✔ etcd-1         Healthy           3s
          ✔ etcd-2         Healthy           3s
          ✔ etcd-3         Healthy           3s
          ◑ pg-1           Starting          8s
          · pg-2           Waiting
          · pg-3           Waiting
          · pg-balancer    Waiting               waits for pg-1
          ✔ cache-1        Healthy           3s
          ✔ cache-2        Healthy           3s
          · cache-3        Waiting
          ◑ cache-setup    Starting          8s  job, runs once
          ✔ store-1        Healthy           3s
          ✖ store-2        Failed            2s  store-2 ended, last with code 127.
          … 11 more ↓

        ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
      "
    `);
  });

  test('opens every phase at a key at 60x15', async () => {
    expect(await frameOf('rollout-open', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       Images arrive while services start. Ctrl+C stops after
       what is under way.
         … 25 more ↑
         ✔ etcd-2         Healthy           3s
         ✔ etcd-3         Healthy           3s
         ◑ pg-1           Starting          8s
         · pg-2           Waiting
         · pg-3           Waiting
         · pg-balancer    Waiting               waits for pg-1
         ✔ cache-1        Healthy           3s
         ✔ cache-2        Healthy           3s
         … 15 more ↓
       ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
      "
    `);
  });

  test('names who holds a port, and why there is no way back at 80x24', async () => {
    expect(await frameOf('failure-port', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                         Rollout
        ────────────────────────────────────────────────────────────────────────────

        Something did not come up. The rollout waits for your answer.

        ✖ gateway
          Port 443 of this host is in use by nginx (process 812), so gateway can not
          start.

          → If it is not needed, stop it: sudo systemctl stop nginx.service

        What Docker said
          Bind for 0.0.0.0:443 failed: port is already allocated

        No roll back: login-db ran postgres:18.1, which may have changed what is in
        login-db-data; postgres:17.4 may not read it.
        Mend the newer version, or restore the data from a backup of before and set
        the older version again.

        What now?
        ❯ Try again
          Stop here; the next run goes on from this point

        ↑↓ choose   Enter take it   PgUp PgDn scroll   ? help   Ctrl+C stop
      "
    `);
  });

  test('names who holds a port, and why there is no way back at 60x15', async () => {
    expect(await frameOf('failure-port', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       Something did not come up. The rollout waits for your
       answer.
       ✖ gateway
         Port 443 of this host is in use by nginx (process 812),
         so gateway can not start.

         → If it is not needed, stop it: sudo systemctl stop
         … 10 more ↓

       What now?
       ❯ Try again
         Stop here; the next run goes on from this point
       ↑↓ choose   Enter take it   ? help   Ctrl+C stop
      "
    `);
  });

  test('shows every step of a roll back with its cause before it is begun at 80x24', async () => {
    expect(await frameOf('roll-back', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                         Rollout
        ────────────────────────────────────────────────────────────────────────────

        Nothing is done before you say so.

        Rolling back does this; volumes, secrets and your own overlay stay as they
        are:

        Files
          write    .env  goes back to what it was on 2026-11-19 10:00 UTC

        Authentication
          remove   login-mail  was not there before; has no data of its own
          keep     login-db  runs as it did before
          recreate login
                   goes back from registry.example/login:1.1 to
                   registry.example/login:1.0

        Go back?
        ❯ No, leave everything as it is
          Do this now


        ↑↓ choose   Enter take it   PgUp PgDn scroll   ? help   Esc leave it
      "
    `);
  });

  test('shows every step of a roll back with its cause before it is begun at 200x60', async () => {
    expect(await frameOf('roll-back', 200, 60)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                                                                                                                                 Rollout
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

        Nothing is done before you say so.

        Rolling back does this; volumes, secrets and your own overlay stay as they are:

        Files
          write    .env  goes back to what it was on 2026-11-19 10:00 UTC

        Authentication
          remove   login-mail  was not there before; has no data of its own
          keep     login-db  runs as it did before
          recreate login  goes back from registry.example/login:1.1 to registry.example/login:1.0

        Go back?
        ❯ No, leave everything as it is
          Do this now









































        ↑↓ choose   Enter take it   PgUp PgDn scroll   ? help   Esc leave it
      "
    `);
  });

  test('shows every step of a roll back with its cause before it is begun at 60x15', async () => {
    expect(await frameOf('roll-back', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       Nothing is done before you say so.
       Rolling back does this; volumes, secrets and your own
       overlay stay as they are:

       Files
         write    .env
                  goes back to what it was on 2026-11-19 10:00
         … 9 more ↓

       Go back?
       ❯ No, leave everything as it is
         Do this now
       ↑↓ choose   Enter take it   ? help   Esc leave it
      "
    `);
  });
});
