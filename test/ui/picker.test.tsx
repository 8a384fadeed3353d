import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the component picker', () => {
  test('shows components by phase, with what comes along and why at 100x30', async () => {
    expect(await frameOf('components', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                      3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        What shall run here? Enter goes on with what is picked.

        1 Core  Everything else is reached through it.
        ❯ ◆ Gateway          The reverse proxy: takes in all web traffic and encrypts it          always

        2 Authentication  Has to answer before applications start.
          ◼ Login            Single sign-on for everything else                              recommended
          ◆ Login database   PostgreSQL of the sign-in alone                                   for Login

        3 Applications  They need the proxy and the sign-in.
          ◻ Builds           Runs pipelines: build, test, deploy
          ◻ Shop             日本語の店: an application of your own
          + Site             Pages of your own                                            Space adds one

        4 Data  Databases and caches for applications.
          ◻ SQL              One instance · Relational database
          ◻ Cache            Key-value store in memory

        5 Observability  Comes last, so that it finds everything.
          ◻ Metrics          Collects numbers over time
          ◻ Dashboards       Draws what metrics and logs collect

        The reverse proxy: takes in all web traffic and encrypts it.
        MIT


        Enter continue   Space pick   ? help   / filter   → settings   Esc back   v variant   q quit
      "
    `);
  });

  test('shows components by phase, with what comes along and why at 60x15', async () => {
    expect(await frameOf('components', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                3/5 Components
       ──────────────────────────────────────────────────────────
       What shall run here? Enter goes on with what is picked.
       1 Core  Everything else is reached through it.
       ❯ ◆ Gateway          The reverse proxy: takes in…   always
       2 Authentication  Has to answer before applications start.
         ◼ Login            Single sign-on for ever…  recommended
         ◆ Login database   PostgreSQL of the sign-in…  for Login
       3 Applications  They need the proxy and the sign-in.
         ◻ Builds           Runs pipelines: build, test, deploy
         ◻ Shop             日本語の店: an application of your o…
         … 7 more ↓
       The reverse proxy: takes in all web traffic and encrypts…
       MIT
       Enter continue   Space pick   ? help   Esc back   q quit
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
          Space        pick or leave out; on a line with + it adds one under a name of its own
          →            settings of this one, on a line with + the list of them; s has all settings
          v V          another way to deploy it, where there is one
          a            pick all of the phase; when all are picked, leave them out
          /            show only what has these words; Enter keeps the filter, Esc clears it
          Tab, 1-9     next phase, phase of that number; Shift-Tab the one before

        Words
          of memory    what all services may use together at most, of what this host has
          CPU limits   what they may use at most; processors are shared, so the sum may be more than
                       there are

        Everywhere
          Enter        continue; the defaults lead to a rollout of the largest tier that fits this host
          Esc          back; no answer is lost
          ↑↓           move; j k, g G, Home End, PgUp PgDn too
          ?            this help
          q, Ctrl+C    leave; nothing changes before a plan was confirmed





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
         Space        pick or leave out; on a line with + it adds
                      one under a name of its own
         →            settings of this one, on a line with + the
                      list of them; s has all settings
         v V          another way to deploy it, where there is
                      one
         a            pick all of the phase; when all are picked,
                      leave them out
         /            show only what has these words; Enter keeps
         … 20 more ↓
       Esc close   ↑↓ scroll
      "
    `);
  });
});
