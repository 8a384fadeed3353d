import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the welcome screen', () => {
  test('shows what was found on this host at 100x30', async () => {
    expect(await frameOf('welcome', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                         1/5 Welcome
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Sets up a Docker platform here. Nothing changes before you see the plan.

        ✔ Host        vps-1
        ✔ System      Debian GNU/Linux 12 (bookworm)
        ✔ Hardware    4 CPUs, 7.6 GiB memory, 86 GB disk free
        ✔ Docker      29.1.0, containerd image store
        ✔ Compose     2.40.3
        ✔ Size        fits Minimal


















        Enter continue   p profiles   c checks   ? help   q quit   ↑↓ scroll
      "
    `);
  });

  test('shows what was found on this host at 60x15', async () => {
    expect(await frameOf('welcome', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                   1/5 Welcome
       ──────────────────────────────────────────────────────────
       Sets up a Docker platform here. Nothing changes before you
       see the plan.
       ✔ Host        vps-1
       ✔ System      Debian GNU/Linux 12 (bookworm)
       ✔ Hardware    4 CPUs, 7.6 GiB memory, 86 GB disk free
       ✔ Docker      29.1.0, containerd image store
       ✔ Compose     2.40.3
       ✔ Size        fits Minimal




       Enter continue   p profiles   c checks   ? help   q quit
      "
    `);
  });

  test('says what is missing, how to get it, and that the files can be written all the same at 100x30', async () => {
    expect(await frameOf('welcome-bare', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                         1/5 Welcome
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Sets up a Docker platform here. Nothing changes before you see the plan.

        ✔ Host        vps-1
        ✔ System      Debian GNU/Linux 12 (bookworm)
        ✔ Hardware    2 CPUs, 3.8 GiB memory, 86 GB disk free
        ▲ Docker      not found
        ▲ Compose     not found
        ▲ Size        small for every tier; Minimal will be tight: 2 of 4 CPUs, 3.8 GiB of 8 GiB memory

        ▲ Docker Engine is not installed.
          → On Debian 12: curl -fsSL https://get.docker.com | sh, which installs the engine and compose
            from download.docker.com.

        The wizard goes on all the same: it writes the overlays, which start with docker compose up -d
        once this is there.











        Enter continue   p profiles   c checks   ? help   q quit   ↑↓ scroll
      "
    `);
  });

  test('says what is missing, how to get it, and that the files can be written all the same at 60x15', async () => {
    expect(await frameOf('welcome-bare', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                   1/5 Welcome
       ──────────────────────────────────────────────────────────
       Sets up a Docker platform here. Nothing changes before you
       see the plan.
       ✔ Host        vps-1
       ✔ System      Debian GNU/Linux 12 (bookworm)
       ✔ Hardware    2 CPUs, 3.8 GiB memory, 86 GB disk free
       ▲ Docker      not found
       ▲ Compose     not found
       ▲ Size        small for every tier; Minimal will be tight:
                     2 of 4 CPUs, 3.8 GiB of 8 GiB memory

       ▲ Docker Engine is not installed.
         … 6 more ↓
       Enter continue   p profiles   c checks   ? help   q quit
      "
    `);
  });
});
