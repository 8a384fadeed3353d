/** What is understood of a registry through a real engine: how long a slow one still takes, and that one limits requests. */
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {connect} from '../../source/engine/client.ts';
import {findEndpoint} from '../../source/engine/find-endpoint.ts';
import {pullImage} from '../../source/engine/pull.ts';
import type {ResourceEvent} from '../../source/events.ts';
import {emptyRollout, pullTotals, reduce} from '../../source/rollout/state.ts';
import {collect} from '../helpers/collect.ts';
import {engineSupport, titled} from '../helpers/engine-for-tests.ts';
import {type Sandbox, startSandbox} from '../sandbox/sandbox.ts';
import {imageOf} from '../sandbox/test-helpers.ts';

const support = await engineSupport();
const repository = 'wollomatic/socket-proxy';

describe.runIf(support.kind === 'sandbox').each(['overlay2', 'containerd'] as const)(
  titled('registries on %s', support, 'faults'),
  store => {
    let sandbox: Sandbox;

    beforeAll(async () => {
      sandbox = await startSandbox({store});
    });
    beforeEach(() => sandbox.reset({images: true}));
    afterEach(async () => {
      await sandbox.registry.clear();
      await sandbox.registry.setRate(undefined);
    });
    afterAll(() => sandbox?.stop());

    /** Waits are written down and over at once. */
    const pull = async (waits: number[] = [], stallMs?: number): Promise<AsyncGenerator<ResourceEvent, void>> => {
      const engine = connect(await findEndpoint(sandbox.env), {stallMs});
      onTestFinished(() => engine.close());
      const delay = async (ms: number) => void waits.push(ms);
      const signal = new AbortController().signal;
      return pullImage(engine, {reference: imageOf(sandbox, repository), parentId: 'phase/one', signal, delay, random: () => 0});
    };

    // The rate is that of the registry's token bucket, far below what any machine carries: a busy one changes neither side of the comparison.
    // The containerd image store counts by MiB: three layers that share this line say nothing new for seven seconds.
    test('that are slow have not stalled, and what is said of the time left, when a third is here, is about what it takes', async () => {
      await sandbox.registry.setRate(450_000);
      const events = await collect(await pull([], 4000));
      expect(events.filter(({text}) => text === 'Retrying')).toEqual([]);
      const lastByte = events.findLast(({kind, text}) => kind === 'layer' && text === 'Downloading')?.at ?? Number.NaN;
      let state = emptyRollout;
      const said = events.flatMap(event => {
        state = reduce(state, event);
        const {current, total, secondsLeft} = pullTotals(state);
        return current >= total / 3 && secondsLeft !== undefined ? [{at: event.at, secondsLeft}] : [];
      });
      const [first] = said;
      const took = (lastByte - (first?.at ?? Number.NaN)) / 1000;
      expect(took).toBeGreaterThan(5);
      expect((first?.secondsLeft ?? Number.NaN) / took).toBeGreaterThan(0.6);
      expect((first?.secondsLeft ?? Number.NaN) / took).toBeLessThan(1.7);
    });

    describe('that limit requests, at the manifest,', () => {
      const limited = (message?: string) =>
        sandbox.registry.fail(repository, {kind: 'status', at: 'manifest', status: 429, ...(message && {message})});

      test('are left alone when they let nobody pull any more: a login is the way on', async () => {
        await limited();
        const waits: number[] = [];
        const events = await collect(await pull(waits));
        expect(events.at(-1)?.failure).toMatchObject({
          reason: 'docker.io lets nobody pull so much in so short a time, and this address has reached that limit.',
          next: ['Log in: docker login. The limit is higher for known users.', expect.stringMatching(/^Or wait for some hours/)],
        });
        expect(waits).toEqual([]);
      });

      test('are asked again after as long as they say', async () => {
        await limited('retry-after: 40s, allowed: 3/minute');
        const waits: number[] = [];
        for await (const event of await pull(waits)) {
          if (!event.wait) continue;
          expect(event.wait).toMatchObject({attempt: 2, asked: true});
          expect(event.details).toMatch(/^docker\.io wants fewer requests for a while/);
          await sandbox.registry.clear();
        }
        expect(waits).toEqual([40_000]);
      });

      test('are asked again after a long while, where they do not say', async () => {
        await limited('slow down');
        const waits: number[] = [];
        const events = await collect(await pull(waits));
        expect(waits).toEqual([5000, 10_000, 20_000, 40_000]);
        expect(events.at(-1)?.failure?.next).toEqual(['Wait for some minutes, then run the same command again.', 'Log in: docker login.']);
      });
    });
  },
);
