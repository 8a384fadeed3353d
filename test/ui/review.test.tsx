import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the review', () => {
  test('shows checks, plan, ports, addresses and files at 100x30', async () => {
    expect(await frameOf('review', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          4/5 Review
        ────────────────────────────────────────────────────────────────────────────────────────────────

        This is the plan. Nothing has changed yet; Enter rolls it out.

        Checks of this host
          ▲ Memory: 7.6 GiB of the 8 GiB this tier asks for
            → Leave something out, or expect the kernel to kill what uses most.
          ✔ 2 checks passed

        Good to know
          ▲ Browsers warn until you install secrets/platform_ca.crt as a trusted authority.

        Files
          write     11-docker-compose.Infra.dev.yml  is not there yet
          write     .env                             HTTPS_PORT changed from 8443 to 443

        Phase 1 of 2: Core
          pull      registry.example/gateway:1.0  gateway runs it, and it is not on this host
          create    gateway                       is picked and does not run yet

        Phase 2 of 2: Authentication
          pull      registry.example/login-db:1.0  login-db runs it, and it is not on this host
          create    login-db                       is picked and does not run yet
          pull      registry.example/login:1.0     login runs it, and it is not on this host
          create    login                          is picked and does not run yet

          … 17 more ↓

        Enter roll out   ↑↓ scroll   Esc back   ? help   w files only   d diffs   s settings   q quit
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
       Checks of this host
         ▲ Memory: 7.6 GiB of the 8 GiB this tier asks for
           → Leave something out, or expect the kernel to kill
             what uses most.
         ✔ 2 checks passed

       Good to know
         ▲ Browsers warn until you install
           secrets/platform_ca.crt as a trusted authority.
         … 43 more ↓
       Enter roll out   ↑↓ scroll   Esc back   ? help
      "
    `);
  });

  test('says what forbids the rollout at 100x30', async () => {
    expect(await frameOf('review-blocked', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          4/5 Review
        ────────────────────────────────────────────────────────────────────────────────────────────────

        This is the plan. A check forbids the rollout; Enter checks again.

        Checks of this host
          ✖ Ports: port 443 is in use by nginx (pid 812)
            → Stop it: systemctl disable --now nginx
            → Or give the gateway another port: press s, HTTPS port, for example 8443.
          ✔ 2 checks passed

        Good to know
          ▲ Browsers warn until you install secrets/platform_ca.crt as a trusted authority.

        Files
          write     11-docker-compose.Infra.dev.yml  is not there yet
          write     .env                             HTTPS_PORT changed from 8443 to 443

        Phase 1 of 2: Core
          pull      registry.example/gateway:1.0  gateway runs it, and it is not on this host
          create    gateway                       is picked and does not run yet

        Phase 2 of 2: Authentication
          pull      registry.example/login-db:1.0  login-db runs it, and it is not on this host
          create    login-db                       is picked and does not run yet
          pull      registry.example/login:1.0     login runs it, and it is not on this host
          create    login                          is picked and does not run yet
          … 18 more ↓

        Enter check again   ↑↓ scroll   Esc back   ? help   w files only   d diffs   s settings   q quit
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
       Checks of this host
         ✖ Ports: port 443 is in use by nginx (pid 812)
           → Stop it: systemctl disable --now nginx
           → Or give the gateway another port: press s, HTTPS
             port, for example 8443.
         ✔ 2 checks passed

       Good to know
         ▲ Browsers warn until you install
         … 44 more ↓
       Enter check again   ↑↓ scroll   Esc back   ? help
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
