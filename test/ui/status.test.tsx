import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the status', () => {
  test('shows every service, and what the table has no room for at 100x30', async () => {
    expect(await frameOf('status', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                              Status
        ────────────────────────────────────────────────────────────────────────────────────────────────

        infra-dev: 2 of 5 services are not well: worker has stopped with code 1, login is unhealthy.

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













        ↑↓ service   Enter open   l logs   r restart   : actions   ? help   q quit   / filter   <> sort
      "
    `);
  });

  test('shows every service, and what the table has no room for at 60x15', async () => {
    expect(await frameOf('status', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       infra-dev: 2 of 5 services are not well: worker has
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
       ↑↓ service   Enter open   l logs   ? help   q quit
      "
    `);
  });

  test('keeps its rows apart where a window has hardly any, at 40x8', async () => {
    expect(await frameOf('status', 40, 8)).toMatchInlineSnapshot(`
      "
       infra-wizard                    Status
       ──────────────────────────────────────
       infra-dev: 2 of 5 services are not
       well: worker has stopped with code 1,
         Service       State       Health
       ❯ gateway       running     healthy

       ↑↓ service   ? help   q quit
      "
    `);
  });

  test('asks before it restarts at 100x30', async () => {
    expect(await frameOf('restart', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                              Status
        ────────────────────────────────────────────────────────────────────────────────────────────────

        infra-dev: 2 of 5 services are not well: worker has stopped with code 1, login is unhealthy.

          Service       State       Health     Restarts   Uptime     CPU    Memory
        ❯ gateway       running     healthy               1d 02h    1.5%    96 MiB
          login         running     unhealthy         3   1d 02h   97.2%   490 MiB
          login-db      running     healthy               1d 02h    1.5%    96 MiB
          login-init    finished    -                          -       -         -
          店の在庫      running     -                     1d 02h       -    96 MiB
          worker        exited (1)  -                          -       -         -

        Restart gateway?
        login, worker depend on it and run now.
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
       infra-dev: 2 of 5 services are not well: worker has
       stopped with code 1, login is unhealthy.
         Service       State       Health        CPU    Memory
       ❯ gateway       running     healthy      1.5%    96 MiB
         login         running     unhealthy   97.2%   490 MiB
         login-db      running     healthy      1.5%    96 MiB
         … 3 more ↓

       Restart gateway?
       login, worker depend on it and run now.
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

        gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of 256 MiB.

        1 Overview  [2 Logs]  3 Health  4 Environment  5 Networks  6 Mounts                    following

          INFO  starting
         │WARN  slow disk
          INFO  ready



















        Esc back   / search   f follow   w wrap   t times   W save   : actions   ? help   q quit
      "
    `);
  });

  test('follows a log at 60x15', async () => {
    expect(await frameOf('logs', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of
       256 MiB.
       Overview  [Logs]  Health  Environment  Networks  Mounts
         INFO  starting
        │WARN  slow disk
         INFO  ready






       Esc back   / search   f follow   w wrap   ? help   q quit
      "
    `);
  });

  test('asks before it stops, and says what depends on it at 80x24', async () => {
    expect(await frameOf('stop', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                          Status
        ────────────────────────────────────────────────────────────────────────────

        infra-dev: 2 of 5 services are not well: worker has stopped with code 1,
        login is unhealthy.

          Service       State       Health     Restarts   Uptime     CPU    Memory
        ❯ gateway       running     healthy               1d 02h    1.5%    96 MiB
          login         running     unhealthy         3   1d 02h   97.2%   490 MiB
          login-db      running     healthy               1d 02h    1.5%    96 MiB
          login-init    finished    -                          -       -         -
          店の在庫      running     -                     1d 02h       -    96 MiB
          worker        exited (1)  -                          -       -         -

        Stop gateway?
        login, worker depend on it and run now.
        ❯ No, leave it alone
          Stop it; it stays stopped until somebody starts it





        ↑↓ choose   Enter take it   Esc leave it alone
      "
    `);
  });

  test('says in the row and below what is under way at 80x24', async () => {
    expect(await frameOf('applying', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                          Status
        ────────────────────────────────────────────────────────────────────────────

        infra-dev: 2 of 5 services are not well: worker has stopped with code 1,
        login is unhealthy.

          Service       State       Health     Restarts   Uptime     CPU    Memory
        ❯ gateway       applying    healthy               1d 02h    1.5%    96 MiB
          login         running     unhealthy         3   1d 02h   97.2%   490 MiB
          login-db      running     healthy               1d 02h    1.5%    96 MiB
          login-init    finished    -                          -       -         -
          店の在庫      running     -                     1d 02h       -    96 MiB
          worker        exited (1)  -                          -       -         -

        gateway: applying, Container infra-dev-gateway-1 Recreate …








        ↑↓ service   Enter open   l logs   r restart   : actions   ? help   q quit
      "
    `);
  });

  test('lists all actions by name, and why one can not be done at 80x24', async () => {
    expect(await frameOf('palette', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                          Status
        ────────────────────────────────────────────────────────────────────────────

        Actions for gateway: type to narrow them down.

        :

        ❯ Enter  open the service
          l      follow its log
          r      restart the service
          s      stop the service
          S      start the service  · gateway runs already.
          u      apply its overlay again
          e      open a shell in it
          o      open its address, or copy it
          W      save its log to a file
          /      filter the services
          >      order by the next column
          <      order by the column before
          I      turn the order round
          a      show all phases
          … 2 more ↓

        Enter do it   ↑↓ choose   Esc close
      "
    `);
  });

  test('narrows them down at 60x15', async () => {
    expect(await frameOf('palette-narrowed', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       Actions for gateway: type to narrow them down.
       : log
       ❯ l      follow its log
         W      save its log to a file








       Enter do it   ↑↓ choose   Esc close
      "
    `);
  });

  test('searches a log, and marks what went to standard error at 80x24', async () => {
    expect(await frameOf('logs-search', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                          Status
        ────────────────────────────────────────────────────────────────────────────

        gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of 256 MiB.

        Overview  [Logs]  Health  Environment  Networks  Mounts       line 55 of 120

          request 43 took 129 ms
          request 44 took 132 ms
          request 45 took 135 ms
          request 46 took 138 ms
        ❯│request 47 failed: timeout after 30 s while waiting for backend backend ba
         │ckend backend backend backend backend backend backend backend backend back
         │end backend backend
          request 48 took 144 ms
          request 49 took 147 ms
          request 50 took 150 ms
          request 51 took 153 ms
          request 52 took 156 ms
          request 53 took 159 ms
          request 54 took 162 ms
        /timeout   2 of 3 lines

        n N next, before   Esc end the search   / search   ? help   q quit
      "
    `);
  });

  test('searches a log, and marks what went to standard error at 60x15', async () => {
    expect(await frameOf('logs-search', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of
       256 MiB.
       Overview  [Logs]  Health  Environment  Networks  Mounts
         request 45 took 135 ms
         request 46 took 138 ms
       ❯│request 47 failed: timeout after 30 s while waiting for
        │backend backend backend backend backend backend backend
        │backend backend backend backend backend backend backend
         request 48 took 144 ms
         request 49 took 147 ms
         request 50 took 150 ms
       /timeout   2 of 3 lines
       n N next, before   Esc end the search   ? help   q quit
      "
    `);
  });
});

describe('the page of a service', () => {
  test('is an overview first at 80x24', async () => {
    expect(await frameOf('service', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                          Status
        ────────────────────────────────────────────────────────────────────────────

        gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of 256 MiB.

        [1 Overview]  2 Logs  3 Health  4 Environment  5 Networks  6 Mounts

        State      running, restarted 2 times, restart policy unless-stopped
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
          … 5 more ↓

        Esc back   ←→ page   ↑↓ scroll   l logs   e shell   ? help   q quit
      "
    `);
  });

  test('is an overview first at 60x15', async () => {
    expect(await frameOf('service', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of
       256 MiB.
       [Overview]  Logs  Health  Environment  Networks  Mounts
       State      running, restarted 2 times, restart policy
                  unless-stopped
       Health     unhealthy
       Started    2026-11-19 07:57:00 (1d 02h ago)
       Created    2026-11-19 07:56:50 (1d 02h ago)
       URL        https://gateway.infra.localhost
       Ports      80  443
       CPU        1.5% of 150% (1%)
         … 13 more ↓
       Esc back   ←→ page   ↑↓ scroll   l logs   ? help   q quit
      "
    `);
  });

  test('is an overview first at 200x60', async () => {
    expect(await frameOf('service', 200, 60)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                                                                                                                                  Status
        ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

        gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of 256 MiB.

        [1 Overview]  2 Logs  3 Health  4 Environment  5 Networks  6 Mounts

        State      running, restarted 2 times, restart policy unless-stopped
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
        Digest     sha256:4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f4e1f
        Container  infra-dev-gateway-1, 9f9f9f9f9f9f
        Command    /gateway --config /etc/gateway/gateway.yml
        User       65532:65532
        Files      /root/infra/11-docker-compose.Infra.dev.yml
                   /root/infra/90-docker-compose.Infra.dev.local.yml


































        Esc back   ←→ page   ↑↓ scroll   l logs   e shell   : actions   ? help   q quit
      "
    `);
  });

  test('says why one was killed at 60x15', async () => {
    expect(await frameOf('service-killed', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of
       256 MiB.
       [Overview]  Logs  Health  Environment  Networks  Mounts
       State      exited, restarted 2 times, restart policy
                  unless-stopped
       Exit code  137: the kernel killed it: it used more memory
                  than it may (256 MiB)
       Ended      2026-11-20 09:59:00 (1m 22s ago)
       Created    2026-11-19 07:56:50 (1d 02h ago)
       URL        https://gateway.infra.localhost
       Ports      80  443
         … 14 more ↓
       Esc back   ←→ page   ↑↓ scroll   l logs   ? help   q quit
      "
    `);
  });

  test('has its health checks at 80x24', async () => {
    expect(await frameOf('service-health', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                          Status
        ────────────────────────────────────────────────────────────────────────────

        gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of 256 MiB.

        1 Overview  2 Logs  [3 Health]  4 Environment  5 Networks  6 Mounts

        Health   unhealthy, 2 failed in a row
        Command  wget -q -O - http://127.0.0.1:8080/ping || exit 1
        Asked    every 10s, at most 3s each; unhealthy after 3 failures in a row; in
                 the first 30s every 2s

        Last checks, the newest first
        ✖ failed with 1  2026-11-20 09:59:50 (32s ago), took 38 ms
            wget: can't connect to remote host (127.0.0.1): Connection refused
        ✖ took too long  2026-11-20 09:59:40 (42s ago), took 3s
            Health check exceeded timeout (3s)
        ✔ passed  2026-11-20 09:59:30 (52s ago), took 41 ms
            pong




        Esc back   ←→ page   ↑↓ scroll   l logs   e shell   ? help   q quit
      "
    `);
  });

  test('has its environment at 60x15', async () => {
    expect(await frameOf('service-environment', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of
       256 MiB.
       Overview  Logs  Health  [Environment]  Networks  Mounts
       GATEWAY_ADMIN_PASSWORD  ••••••••
       GATEWAY_DB_PASSWORD_FILE
                               /run/secrets/gateway_db
       GATEWAY_OPTIONS         --option-0=value --option-1=value
                               --option-2=value --option-3=value
                               --option-4=value --option-5=value
                               --option-6=value --option-7=value
                               --option-8=value --option-9=value
         … 7 more ↓
       Esc back   ←→ page   ↑↓ scroll   l logs   ? help   q quit
      "
    `);
  });

  test('has its networks at 60x15', async () => {
    expect(await frameOf('service-networks', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                        Status
       ──────────────────────────────────────────────────────────
       gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of
       256 MiB.
       Overview  Logs  Health  Environment  [Networks]  Mounts
       infra-dev_proxy
         Address     172.30.0.5
         Gateway     172.30.0.1
         Answers to  infra-dev-gateway-1, gateway
         Reach       reaches the outside

       infra-dev_monitoring
         Address     172.31.50.3
         … 3 more ↓
       Esc back   ←→ page   ↑↓ scroll   l logs   ? help   q quit
      "
    `);
  });

  test('has its mounts at 80x24', async () => {
    expect(await frameOf('service-mounts', 80, 24)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                          Status
        ────────────────────────────────────────────────────────────────────────────

        gateway: running, healthy, up 1d 02h, CPU 1.5%, 96 MiB of 256 MiB.

        1 Overview  2 Logs  3 Health  4 Environment  5 Networks  [6 Mounts]

        /etc/gateway
          From  /root/infra/config/gateway
          Kind  bind, read only

        /tmp
          From  memory; gone when it ends
          Kind  tmpfs, read and write
          Size  at most 64 MiB

        /var/lib/gateway
          From  infra-dev_gateway-data
          Kind  volume, read and write




        Esc back   ←→ page   ↑↓ scroll   l logs   e shell   ? help   q quit
      "
    `);
  });
});
