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

        Enter roll out   e change   ←→ open   Esc back   ? help   1-8 section   w files only   d diffs
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
       Enter roll out   e change   ←→ open   Esc back   ? help
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

        Enter check again   e change   ←→ open   Esc back   ? help   1-8 section   w files only
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
       Enter check again   e change   ←→ open   Esc back   ? help
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













        Enter finish   ↑↓ scroll   ? help
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
       Enter finish   ↑↓ scroll   ? help
      "
    `);
  });
});
