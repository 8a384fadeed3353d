import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('the component picker on a host that is in use', () => {
  test('shows the budget, and at the row what is in its way at 100x30', async () => {
    expect(await frameOf('components-busy', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard  5.8 of 7.6 GiB memory, CPU limits 8 on 4                            3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        What shall run here? Enter goes on with what is picked.

        1 Core  Everything else is reached through it.
        ❯ ◆ Gateway          The reverse proxy: takes in all web traffic and encrypt…  ▲ port 443 in use

        2 Authentication  Has to answer before applications start.
          ◼ Login            Single sign-on for everything else                              recommended
          ◆ Login database   PostgreSQL of the sign-in alone                                   for Login

        3 Applications  They need the proxy and the sign-in.
          ◼ Builds           Runs pipelines: build, test, deploy
          ◻ Shop             日本語の店: an application of your own
          + Site             Pages of your own                                            Space adds one

        4 Data  Databases and caches for applications.
          ◼ SQL              One instance · Relational database
          ◻ Cache            Key-value store in memory

        5 Observability  Comes last, so that it finds everything.
          ◻ Metrics          Collects numbers over time
          ◻ Dashboards       Draws what metrics and logs collect

        Port 443 for Gateway is in use by nginx (process 812). Free it, or set another port.
        The subnet 172.30.0.0/24 of proxy is in use by a route of this host by eth1. Free is
        172.31.0.0/24: s leads to the settings.

        Enter continue   Space pick   ? help   / filter   → settings   Esc back   v variant   q quit
      "
    `);
  });

  test('shows the budget, and at the row what is in its way at 60x15', async () => {
    expect(await frameOf('components-busy', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard  5.8 of 7.6 GiB memory         3/5 Components
       ──────────────────────────────────────────────────────────
       What shall run here? Enter goes on with what is picked.
       1 Core  Everything else is reached through it.
       ❯ ◆ Gateway          The reverse proxy…  ▲ port 443 in use
       2 Authentication  Has to answer before applications start.
         ◼ Login            Single sign-on for ever…  recommended
         ◆ Login database   PostgreSQL of the sign-in…  for Login
       3 Applications  They need the proxy and the sign-in.
         ◼ Builds           Runs pipelines: build, test, deploy
         ◻ Shop             日本語の店: an application of your o…
         … 7 more ↓
       Port 443 for Gateway is in use by nginx (process 812).
       Free it, or set another port.
       Enter continue   Space pick   ? help   Esc back   q quit
      "
    `);
  });

  test('says what does not fit at 100x30', async () => {
    expect(await frameOf('components-beyond', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard  7.8 of 7.6 GiB memory, CPU limits 12 on 4                           3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        What shall run here? Enter goes on with what is picked.

        1 Core  Everything else is reached through it.
          ◆ Gateway          The reverse proxy: takes in all web traffic and encrypt…  ▲ port 443 in use

        2 Authentication  Has to answer before applications start.
          ◼ Login            Single sign-on for everything else                              recommended
          ◆ Login database   PostgreSQL of the sign-in alone                                   for Login

        3 Applications  They need the proxy and the sign-in.
          ◼ Builds           Runs pipelines: build, test, deploy
          ◻ Shop             日本語の店: an application of your own
          + Site             Pages of your own                                            Space adds one

        4 Data  Databases and caches for applications.
        ❯ ◼ SQL              Cluster of three · Relational database                    ▲ too much memory
          ◻ Cache            Key-value store in memory

        5 Observability  Comes last, so that it finds everything.
          ◻ Metrics          Collects numbers over time
          ◻ Dashboards       Draws what metrics and logs collect

        SQL does not fit: all services together may use 7.8 GiB, and this host has 7.6 GiB.
        Takes 3 GiB. PostgreSQL
        Relational database. Cluster of three: Three servers, one of which takes over when another is l…

        Enter continue   Space pick   ? help   / filter   → settings   Esc back   v variant   q quit
      "
    `);
  });

  test('says what does not fit at 60x15', async () => {
    expect(await frameOf('components-beyond', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard  7.8 of 7.6 GiB memory         3/5 Components
       ──────────────────────────────────────────────────────────
       What shall run here? Enter goes on with what is picked.
         … 7 more ↑
         ◻ Shop             日本語の店: an application of your o…
         + Site             Pages of your own      Space adds one
       4 Data  Databases and caches for applications.
       ❯ ◼ SQL              Cluster of three…   ▲ too much memory
         ◻ Cache            Key-value store in memory
       5 Observability  Comes last, so that it finds everything.
         ◻ Metrics          Collects numbers over time
         ◻ Dashboards       Draws what metrics and logs collect
       SQL does not fit: all services together may use 7.8 GiB,
       and this host has 7.6 GiB.
       Enter continue   Space pick   ? help   Esc back   q quit
      "
    `);
  });

  test('shows what has the words of the filter, and how many at 100x30', async () => {
    expect(await frameOf('components-filter', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard  5.8 of 7.6 GiB memory, CPU limits 8 on 4            /dat  2 of 10   3/5 Components
        ────────────────────────────────────────────────────────────────────────────────────────────────

        What shall run here? Enter goes on with what is picked.

        2 Authentication  Has to answer before applications start.
        ❯ ◆ Login database   PostgreSQL of the sign-in alone                                   for Login

        4 Data  Databases and caches for applications.
          ◼ SQL              One instance · Relational database

        PostgreSQL of the sign-in alone.
        PostgreSQL
















        Enter keep   Esc clear   type to filter   ↑↓ move   Ctrl+C quit
      "
    `);
  });

  test('shows what has the words of the filter, and how many at 60x15', async () => {
    expect(await frameOf('components-filter', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                /dat  2 of 10   3/5 Components
       ──────────────────────────────────────────────────────────
       What shall run here? Enter goes on with what is picked.
       2 Authentication  Has to answer before applications start.
       ❯ ◆ Login database   PostgreSQL of the sign-in…  for Login

       4 Data  Databases and caches for applications.
         ◼ SQL              One instance · Relational database
       PostgreSQL of the sign-in alone.
       PostgreSQL




       Enter keep   Esc clear   type to filter   Ctrl+C quit
      "
    `);
  });

  test('opens the settings of one component at 100x30', async () => {
    expect(await frameOf('settings-one', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                        3/5 Settings
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Settings of SQL. Enter goes back to the picks.          5.8 of 7.6 GiB memory, CPU limits 8 on 4

        ❯ Variant    ● One instance   ○ Cluster of three

        One instance: One instance on this server
        How many of it run, and how they share the work.




















        Enter continue   ←→ choose   ↑↓ field   Esc back   ? help   q quit
      "
    `);
  });

  test('opens the settings of one component at 60x15', async () => {
    expect(await frameOf('settings-one', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard  5.8 of 7.6 GiB memory           3/5 Settings
       ──────────────────────────────────────────────────────────
       Settings of SQL. Enter goes back to the picks.
       ❯ Variant    ● One instance   ○ Cluster of three
       One instance: One instance on this server
       How many of it run, and how they share the work.








       Enter continue   ←→ choose   Esc back   ? help   q quit
      "
    `);
  });
});
