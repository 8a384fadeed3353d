import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the settings', () => {
  test('starts at what must be answered at 100x30', async () => {
    expect(await frameOf('settings', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                        3/5 Settings
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Settings of what was picked. One still needs an answer.

        Platform
          Subnet of proxy       172.30.0.0/24

        Gateway
          HTTPS port            443

        Login
          Name of the sign-in   auth.infra.localhost

        Shop
        ❯ Shop title

        Needs an answer, for example My shop.
        Shown above every page.










        Enter continue   type to change   Ctrl+U default   ↑↓ field   Esc back   Ctrl+C quit
      "
    `);
  });

  test('starts at what must be answered at 60x15', async () => {
    expect(await frameOf('settings', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                  3/5 Settings
       ──────────────────────────────────────────────────────────
       Settings of what was picked. One still needs an answer.
         … 4 more ↑
         HTTPS port            443

       Login
         Name of the sign-in   auth.infra.localhost

       Shop
       ❯ Shop title
       Needs an answer, for example My shop.
       Shown above every page.

       Enter continue   type to change   Esc back   Ctrl+C quit
      "
    `);
  });
});
