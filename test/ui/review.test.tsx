import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the review', () => {
  test('shows checks, plan, ports, addresses and files at 100x30', async () => {
    expect(await frameOf('review', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          4/5 Review
        ────────────────────────────────────────────────────────────────────────────────────────────────

        This is the plan. Nothing has changed yet; Enter rolls it out.

        ❯ 1  Summary
            3 services to create, 3 images to pull, 2 files to write.
            About 288 MB to download (1 image of unknown size not counted).
            Services may use up to 1.5 GiB of memory; this host has 7.6 GiB.
          ▲ Checks of this host: 1 warning, 2 passed.
          ▸ Minimal, Development, Phase by phase, infra.localhost

          2  Plan
          Phase 1 of 2: Core
            pull    registry.example/gateway:1.0  gateway runs it, and it is not on this host
            create  gateway                       is picked and does not run yet
          Phase 2 of 2: Authentication
            pull    registry.example/login-db:1.0  login-db runs it, and it is not on this host
            create  login-db                       is picked and does not run yet
            pull    registry.example/login:1.0     login runs it, and it is not on this host
            create  login                          is picked and does not run yet

          3  Files in /root/infra
            new             11-docker-compose.Infra.dev.yml
          ▸ changes         .env
            yours, kept     config/gateway/dynamic.yaml
            Project infra-dev. The folder works without this program: docker compose up -d in it does
          … 25 more ↓

        Enter roll out   e change   ←→ open   Esc back   ? help   1-8 section   w files only   q quit
      "
    `);
  });

  test('shows checks, plan, ports, addresses and files at 60x15', async () => {
    expect(await frameOf('review', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    4/5 Review
       ──────────────────────────────────────────────────────────
       This is the plan. Nothing has changed yet; Enter rolls it
       out.
       ❯ 1  Summary
           3 services to create, 3 images to pull, 2 files to
           write.
           About 288 MB to download (1 image of unknown size not
           counted).
           Services may use up to 1.5 GiB of memory; this host
           has 7.6 GiB.
         ▲ Checks of this host: 1 warning, 2 passed.
         ▸ Minimal, Development, Phase by phase, infra.localhost
         … 53 more ↓
       Enter roll out   e change   Esc back   ? help   q quit
      "
    `);
  });

  test('says what forbids the rollout at 100x30', async () => {
    expect(await frameOf('review-blocked', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          4/5 Review
        ────────────────────────────────────────────────────────────────────────────────────────────────

        This is the plan. A check forbids the rollout; Enter checks again.

        ❯ 1  Summary
          ✖ Checks of this host: 1 forbids the rollout, 2 passed.
              Ports: port 443 is in use by nginx (pid 812)
            3 services to create, 3 images to pull, 2 files to write.
            About 288 MB to download (1 image of unknown size not counted).
            Services may use up to 1.5 GiB of memory; this host has 7.6 GiB.
          ▸ Minimal, Development, Phase by phase, infra.localhost

          2  Plan
          Phase 1 of 2: Core
            pull    registry.example/gateway:1.0  gateway runs it, and it is not on this host
            create  gateway                       is picked and does not run yet
          Phase 2 of 2: Authentication
            pull    registry.example/login-db:1.0  login-db runs it, and it is not on this host
            create  login-db                       is picked and does not run yet
            pull    registry.example/login:1.0     login runs it, and it is not on this host
            create  login                          is picked and does not run yet

          3  Files in /root/infra
            new             11-docker-compose.Infra.dev.yml
          ▸ changes         .env
            yours, kept     config/gateway/dynamic.yaml
          … 27 more ↓

        Enter check again   e change   ←→ open   Esc back   ? help   1-8 section   w files only   q quit
      "
    `);
  });

  test('says what forbids the rollout at 60x15', async () => {
    expect(await frameOf('review-blocked', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    4/5 Review
       ──────────────────────────────────────────────────────────
       This is the plan. A check forbids the rollout; Enter
       checks again.
       ❯ 1  Summary
         ✖ Checks of this host: 1 forbids the rollout, 2 passed.
             Ports: port 443 is in use by nginx (pid 812)
           3 services to create, 3 images to pull, 2 files to
           write.
           About 288 MB to download (1 image of unknown size not
           counted).
           Services may use up to 1.5 GiB of memory; this host
           has 7.6 GiB.
         … 55 more ↓
       Enter check again   e change   Esc back   ? help   q quit
      "
    `);
  });

  test('a long plan counts what is left alone at 100x30', async () => {
    expect(await frameOf('review-long', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          4/5 Review
        ────────────────────────────────────────────────────────────────────────────────────────────────

        This is the plan. Nothing has changed yet; Enter rolls it out.

          1  Summary
            1 service to recreate, 1 image to pull, 43 services left alone.
            About 240 MB to download.
            Services may use up to 1.5 GiB of memory; this host has 7.6 GiB.
          ▲ Checks of this host: 1 warning, 2 passed.
          ▸ Minimal, Development, Phase by phase, infra.localhost

          2  Plan
          Phase 1 of 2: Core
          ▸ 20 services left alone
          Phase 2 of 2: Authentication
        ❯   pull      registry.example/login:1.1  not on this host
            recreate  login
              image changes from registry.example/login:1.0 to registry.example/login:1.1
          ▸ 23 services left alone

          3  Files in /root/infra
          ▸ changes         11-docker-compose.Infra.dev.yml
          ▸ yours, differs  config/login/theme.css
          ▸ 98 files left alone
            Project infra-dev. The folder works without this program: docker compose up -d in it does
            the same.
          … 24 more ↓

        Enter roll out   e change   ←→ open   Esc back   ? help   1-8 section   w files only   q quit
      "
    `);
  });

  test('a long plan counts what is left alone at 60x15', async () => {
    expect(await frameOf('review-long', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    4/5 Review
       ──────────────────────────────────────────────────────────
       This is the plan. Nothing has changed yet; Enter rolls it
       out.
         … 9 more ↑
         2  Plan
         Phase 1 of 2: Core
         ▸ 20 services left alone
         Phase 2 of 2: Authentication
       ❯   pull      registry.example/login:1.1  not on this host
           recreate  login
             image changes from registry.example/login:1.0 to
             registry.example/login:1.1
         … 37 more ↓
       Enter roll out   e change   Esc back   ? help   q quit
      "
    `);
  });

  test('opened, it lists all of it, and what changes in each file at 100x30', async () => {
    expect(await frameOf('review-open', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          4/5 Review
        ────────────────────────────────────────────────────────────────────────────────────────────────

        This is the plan. Nothing has changed yet; Enter rolls it out.

          … 28 more ↑
              keep  gateway-19  runs as its overlay says
              keep  gateway-20  runs as its overlay says
          Phase 2 of 2: Authentication
            pull      registry.example/login:1.1  not on this host
            recreate  login
              image changes from registry.example/login:1.0 to registry.example/login:1.1
          ▸ 23 services left alone

          3  Files in /root/infra
          ▾ changes         11-docker-compose.Infra.dev.yml
        ❯     --- 11-docker-compose.Infra.dev.yml
              +++ 11-docker-compose.Infra.dev.yml
              @@ -12,3 +12,3 @@
               services:
              -    image: registry.example/gateway:1.0
              +    image: registry.example/gateway:1.1
          ▾ yours, differs  config/login/theme.css
              @@ -1 +1 @@
              -red
              +blue
          ▸ 98 files left alone
          … 26 more ↓

        Enter roll out   e change   ←→ open   Esc back   ? help   1-8 section   w files only   q quit
      "
    `);
  });

  test('opened, it lists all of it, and what changes in each file at 60x15', async () => {
    expect(await frameOf('review-open', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    4/5 Review
       ──────────────────────────────────────────────────────────
       This is the plan. Nothing has changed yet; Enter rolls it
       out.
         … 37 more ↑
         ▸ 23 services left alone

         3  Files in /root/infra
         ▾ changes         11-docker-compose.Infra.dev.yml
       ❯     --- 11-docker-compose.Infra.dev.yml
             +++ 11-docker-compose.Infra.dev.yml
             @@ -12,3 +12,3 @@
              services:
         … 38 more ↓
       Enter roll out   e change   Esc back   ? help   q quit
      "
    `);
  });

  test('what is removed is marked at 100x30', async () => {
    expect(await frameOf('review-removal', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          4/5 Review
        ────────────────────────────────────────────────────────────────────────────────────────────────

        This is the plan. Nothing has changed yet; Enter rolls it out.

          … 4 more ↑
          ▲ Checks of this host: 1 warning, 2 passed.
          ▸ Minimal, Development, Phase by phase, infra.localhost

          2  Plan
          Phase 1 of 2: Core
          ▸ 20 services left alone
          Phase 2 of 2: Authentication
            pull      registry.example/login:1.1  not on this host
            recreate  login
              image changes from registry.example/login:1.0 to registry.example/login:1.1
        ❯ ▲ remove    shop                        not selected any more; its volumes are kept
            leave     scratch                     runs, but is not selected; nothing is removed unasked
          ▸ 23 services left alone

          3  Files in /root/infra
          ▸ changes         11-docker-compose.Infra.dev.yml
          ▸ yours, differs  config/login/theme.css
          ▸ 98 files left alone
            Project infra-dev. The folder works without this program: docker compose up -d in it does
            the same.

          … 23 more ↓

        Enter roll out   e change   ←→ open   Esc back   ? help   1-8 section   w files only   q quit
      "
    `);
  });

  test('what is removed is marked at 60x15', async () => {
    expect(await frameOf('review-removal', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    4/5 Review
       ──────────────────────────────────────────────────────────
       This is the plan. Nothing has changed yet; Enter rolls it
       out.
         … 13 more ↑
           pull      registry.example/login:1.1  not on this host
           recreate  login
             image changes from registry.example/login:1.0 to
             registry.example/login:1.1
       ❯ ▲ remove    shop
             not selected any more; its volumes are kept
           leave     scratch
             runs, but is not selected; nothing is removed
         … 38 more ↓
       Enter roll out   e change   Esc back   ? help   q quit
      "
    `);
  });

  test('what is removed is marked without colour and in ASCII too', async () => {
    expect(await frameOf('review-removal', 60, 15, {colour: false, unicode: false})).toMatchInlineSnapshot(`
      "
       infra-wizard                                    4/5 Review
       ----------------------------------------------------------
       This is the plan. Nothing has changed yet; Enter rolls it
       out.
         ... 13 more up
           pull      registry.example/login:1.1  not on this host
           recreate  login
             image changes from registry.example/login:1.0 to
             registry.example/login:1.1
       > ! remove    shop
             not selected any more; its volumes are kept
           leave     scratch
             runs, but is not selected; nothing is removed
         ... 38 more down
       Enter roll out   e change   Esc back   ? help   q quit
      "
    `);
  });

  test('asks for the name of the profile at 100x30', async () => {
    expect(await frameOf('profile', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                            4/5 Save
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Saves the answers for the next run. Secrets are never part of them.

        ❯ Save as   default

        Clear the name to go on without saving.





















        Enter save and roll out   Esc back   Ctrl+C quit
      "
    `);
  });

  test('asks for the name of the profile at 60x15', async () => {
    expect(await frameOf('profile', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                      4/5 Save
       ──────────────────────────────────────────────────────────
       Saves the answers for the next run. Secrets are never part
       of them.
       ❯ Save as   default

       Clear the name to go on without saving.







       Enter save and roll out   Esc back   Ctrl+C quit
      "
    `);
  });

  test('ends with what was written and what to do next at 100x30', async () => {
    expect(await frameOf('written', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                           5/5 Files
        ────────────────────────────────────────────────────────────────────────────────────────────────

        The files are written. Nothing was started.

        ▲ Docker Engine is not installed.
          → On Debian 12: curl -fsSL https://get.docker.com | sh, which installs the engine and compose
            from download.docker.com.

        Start the platform
          → cd /root/infra && docker compose up -d

        Written to /root/infra
          ✔ 11-docker-compose.Infra.dev.yml
          ✔ .env
          ✔ secrets/login_admin













        Enter finish   ↑↓ scroll   ? help   q quit
      "
    `);
  });

  test('ends with what was written and what to do next at 60x15', async () => {
    expect(await frameOf('written', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                     5/5 Files
       ──────────────────────────────────────────────────────────
       The files are written. Nothing was started.
       ▲ Docker Engine is not installed.
         → On Debian 12: curl -fsSL https://get.docker.com | sh,
           which installs the engine and compose from
           download.docker.com.

       Start the platform
         → cd /root/infra && docker compose up -d

       Written to /root/infra
         ✔ 11-docker-compose.Infra.dev.yml
         … 2 more ↓
       Enter finish   ↑↓ scroll   ? help   q quit
      "
    `);
  });
});
