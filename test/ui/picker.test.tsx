import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the component picker', () => {
  test('shows components by phase, with what comes along and why at 100x30', async () => {
    expect(await frameOf('components', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                      3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        What shall run here? The tier made a start; what a pick needs comes along.

        Core  Everything else is reached through it.
        ❯ ◆ Gateway          The reverse proxy: takes in all web traffic and encrypts it          always

        Authentication  Has to answer before applications start.
          ◼ Login            Single sign-on for everything else                              recommended
          ◆ Login database   PostgreSQL of the sign-in alone                            comes with Login

        Applications  They need the proxy and the sign-in.
          ◻ Builds           Runs pipelines: build, test, deploy
          ◻ Shop             日本語の店: an application of your own
          + Site             Pages of your own                                            Space adds one

        Data  Databases and caches for applications.
          ◻ SQL              One instance · Relational database
          ◻ Cache            Key-value store in memory

        Observability  Comes last, so that it finds everything.
          ◻ Metrics          Collects numbers over time
          ◻ Dashboards       Draws what metrics and logs collect

        The reverse proxy: takes in all web traffic and encrypts it.
        MIT


        Enter continue   Space pick   Esc back   ? help   s settings   ←→ variant   q quit
      "
    `);
  });

  test('shows components by phase, with what comes along and why at 60x15', async () => {
    expect(await frameOf('components', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                3/5 Components
       ──────────────────────────────────────────────────────────
       What shall run here? The tier made a start; what a pick
       needs comes along.
       Core  Everything else is reached through it.
       ❯ ◆ Gateway          The reverse proxy: takes in…   always
       Authentication  Has to answer before applications start.
         ◼ Login            Single sign-on for ever…  recommended
         ◆ Login database   PostgreSQL of the…   comes with Login
       Applications  They need the proxy and the sign-in.
         ◻ Builds           Runs pipelines: build, test, deploy
         … 8 more ↓
       The reverse proxy: takes in all web traffic and encrypts…
       MIT
       Enter continue   Space pick   Esc back   ? help
      "
    `);
  });

  test('asks for the name of one more at 100x30', async () => {
    expect(await frameOf('naming', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                      3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Site: what is this one called? Its settings are asked next.

        ❯ Name

        Becomes part of the names of its services, volumes and secrets: lower-case letters, digits and
        -, at most 24, beginning with a letter.




















        Enter add it   Esc back   Ctrl+C quit
      "
    `);
  });

  test('asks for the name of one more at 60x15', async () => {
    expect(await frameOf('naming', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                3/5 Components
       ──────────────────────────────────────────────────────────
       Site: what is this one called? Its settings are asked
       next.
       ❯ Name

       Becomes part of the names of its services, volumes and
       secrets: lower-case letters, digits and -, at most 24,
       beginning with a letter.





       Enter add it   Esc back   Ctrl+C quit
      "
    `);
  });

  test('explains its keys on ? at 100x30', async () => {
    expect(await frameOf('help', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                                Help
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Keys and words of this screen.

        Picking
          Space       pick or leave out; on a line with + it adds one under a name of its own
          ←→          another way to deploy it, where there is one
          Tab         next phase; Shift-Tab the one before
          s           settings of what was picked

        Everywhere
          Enter       continue; the defaults lead to a rollout of the smallest tier
          Esc         back; no answer is lost
          ↑↓          move; j k, g G, Home End, PgUp PgDn too
          ?           this help
          q, Ctrl+C   leave; nothing changes before a plan was confirmed












        Esc close   ↑↓ scroll
      "
    `);
  });

  test('explains its keys on ? at 60x15', async () => {
    expect(await frameOf('help', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                          Help
       ──────────────────────────────────────────────────────────
       Keys and words of this screen.
       Picking
         Space       pick or leave out; on a line with + it adds
                     one under a name of its own
         ←→          another way to deploy it, where there is one
         Tab         next phase; Shift-Tab the one before
         s           settings of what was picked

       Everywhere
         Enter       continue; the defaults lead to a rollout of
                     the smallest tier
         … 6 more ↓
       Esc close   ↑↓ scroll
      "
    `);
  });
});
