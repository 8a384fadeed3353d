import {describe, expect, test} from 'vitest';
import {frameOf} from './open.tsx';

describe('images of a rollout', () => {
  test('show their layers on demand at 100x30', async () => {
    expect(await frameOf('layers', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                             Rollout
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Images arrive while services start. Ctrl+C stops after what is under way.

        Images  0 of 2  ━━━━─────────────────────────  25.6 MB of about 160 MB  3.2 MB/s  about 42s left

        ◑ 1 Core  Starting                                                                           21s
          ↓ images: 1 here before, 1 waiting  25.6 MB of about 160 MB  3.2 MB/s  about 42s left
          ◑ registry.example/gateway:1.0  ━━━━━─────────       25.6 MB of ~70 MB   3.2 MB/s     14s left
              713e51e8f85c  ━━━━━━━━━───────────────   39%  19.6 MB of 49.6 MB
              e759246c5f9c  Unpacking
              2f5259436187  Retrying in 4 seconds
              layers: 1 unpacked, 1 here before, 1 waiting

        · 2 Authentication  waits













        ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
      "
    `);
  });

  test('show their layers on demand at 60x15', async () => {
    expect(await frameOf('layers', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       Images arrive while services start. Ctrl+C stops after
       what is under way.
       Images  0 of 2  ━━───────────────  25.6 MB of about 160 MB
       ◑ 1 Core  Starting                                     21s
         ↓ images: 1 here before, 1 waiting  25.6 MB of about 16…
         ◑ gateway:1.0           ━━──────       25.6 MB of ~70 MB
             713e51e8f85c  ━───   39%  19.6 MB of 49.6 MB
             e759246c5f9c  Unpacking
             2f5259436187  Retrying in 4 seconds
             layers: 1 unpacked, 1 here before, 1 waiting

       · 2 Authentication  waits
       ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
      "
    `);
  });

  test('say until when they wait, and why, at 100x30', async () => {
    expect(await frameOf('paused', 100, 30)).toMatchInlineSnapshot(`
      "
        infra-wizard                                                                             Rollout
        ────────────────────────────────────────────────────────────────────────────────────────────────

        Images arrive while services start. Ctrl+C stops after what is under way.

        Images  0 of 2  ────────────────────────────────────────  0 B of about 160 MB

        ◑ 1 Core  Starting                                                                           21s
          ◑ registry.example/gateway:1.0  registry asks to wait, until 10:00:54 UTC (32s)
              registry.example wants fewer requests for a while.
          ◑ registry.example/portal:1.0   attempt 3 of 5 at 10:00:25 UTC (in 3s)
              registry.example is in trouble: it answers with errors of its own.

        · 2 Authentication  waits















        ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
      "
    `);
  });

  test('say until when they wait at 60x15', async () => {
    expect(await frameOf('paused', 60, 15)).toMatchInlineSnapshot(`
      "
       infra-wizard                                       Rollout
       ──────────────────────────────────────────────────────────
       Images arrive while services start. Ctrl+C stops after
       what is under way.
       Images  0 of 2  ─────────────────────  0 B of about 160 MB
       ◑ 1 Core  Starting                                     21s
         ◑ gateway:1.0           asked to wait, 32s left
             registry.example wants fewer requests for a while.
         ◑ portal:1.0            attempt 3 of 5 in 3s
             registry.example is in trouble: it answers with err…

       · 2 Authentication  waits


       ↑↓ scroll   ? help   Ctrl+C stop   i layers   e all phases
      "
    `);
  });
});
