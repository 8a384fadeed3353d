import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the basics', () => {
  test('shows each question with its default, and explains the one under the cursor at 100x30', async () => {
    expect(await frameOf('basics', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          2/5 Basics
        ────────────────────────────────────────────────────────────────────────────────────────────────

        The kind of platform. Enter goes on with what is chosen.

        ❯ Tier          ● Minimal   ○ Standard
          Environment   ● Development   ○ Production
          Rollout       ● Phase by phase   ○ All at once
          Domain        infra.localhost
          Encryption    ● Own authority   ○ No encryption

        Minimal: One small server: proxy and sign-in
        ✔ Minimal fits this host
        ▲ Standard: this host has 4 of 8 CPUs, 7.6 GiB of 16 GiB memory
        Where to start: it picks components, which the next screen lets you change, and says what a host
        should have.













        Enter continue   ←→ choose   ↑↓ field   Esc back   ? help   q quit
      "
    `);
  });

  test('shows each question with its default, and explains the one under the cursor at 60x15', async () => {
    expect(await frameOf('basics', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    2/5 Basics
       ──────────────────────────────────────────────────────────
       The kind of platform. Enter goes on with what is chosen.
       ❯ Tier          ● Minimal   ○ Standard
         Environment   ● Development   ○ Production
         Rollout       ● Phase by phase   ○ All at once
         Domain        infra.localhost
         Encryption    ● Own authority   ○ No encryption
       Minimal: One small server: proxy and sign-in
       ✔ Minimal fits this host
       ▲ Standard: this host has 4 of 8 CPUs, 7.6 GiB of 16 GiB
         memory
       Where to start: it picks components, which the next screen
       lets you change, and says what a host should have.
       Enter continue   ←→ choose   Esc back   ? help   q quit
      "
    `);
  });

  test('says that Enter takes what fits where nobody has chosen at 100x30', async () => {
    expect(await frameOf('basics-fresh', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                          2/5 Basics
        ────────────────────────────────────────────────────────────────────────────────────────────────

        The kind of platform. Enter takes the largest tier that fits this host.

        ❯ Tier          ● Minimal   ○ Standard
          Environment   ● Development   ○ Production
          Rollout       ● Phase by phase   ○ All at once
          Domain        infra.localhost
          Encryption    ● Own authority   ○ No encryption

        Minimal: One small server: proxy and sign-in
        ✔ Minimal fits this host
        ▲ Standard: this host has 4 of 8 CPUs, 7.6 GiB of 16 GiB memory
        Where to start: it picks components, which the next screen lets you change, and says what a host
        should have.













        Enter continue   ←→ choose   ↑↓ field   Esc back   ? help   q quit
      "
    `);
  });

  test('says that Enter takes what fits where nobody has chosen at 60x15', async () => {
    expect(await frameOf('basics-fresh', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                    2/5 Basics
       ──────────────────────────────────────────────────────────
       The kind of platform. Enter takes the largest tier that
       fits this host.
       ❯ Tier          ● Minimal   ○ Standard
         Environment   ● Development   ○ Production
         Rollout       ● Phase by phase   ○ All at once
         Domain        infra.localhost
         Encryption    ● Own authority   ○ No encryption
       Minimal: One small server: proxy and sign-in
       ✔ Minimal fits this host
       ▲ Standard: this host has 4 of 8 CPUs, 7.6 GiB of 16 GiB
         memory
       Where to start: it picks components, which the next screen
       Enter continue   ←→ choose   Esc back   ? help   q quit
      "
    `);
  });
});
