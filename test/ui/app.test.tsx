import {describe, expect, test, vi} from 'vitest';
import {ExternalError, UserError} from '../../source/errors.ts';
import type {Decision, WizardServices} from '../../source/ui/services.ts';
import {keys} from '../helpers/render-screen.ts';
import {catalogue} from './catalogue.ts';
import * as recorded from './fixtures.ts';
import {openScene, openView} from './open.tsx';
import {wizard} from './scenes.ts';
import {logLines} from './service-details.ts';
import {type Calls, failingRollout, recordingServices, standing, statusServices} from './services.ts';

// Colours are decided where Ink is loaded: with a terminal that has them the absence of colours says something.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '3';
});

const answering = (services: Partial<WizardServices> = {}) => {
  const calls: Calls = [];
  return {calls, screen: openView(wizard(recordingServices(calls, services)))};
};

describe('the way to a rollout', () => {
  test('with the defaults Enter is pressed five times', async () => {
    const {calls, screen} = answering();
    for (const text of ['1/5', '2/5', '3/5', 'Checks of this host', 'Save as']) {
      await screen.waitFor(text);
      await screen.press(keys.enter);
    }
    await screen.waitFor('5/5 Rollout');
    await screen.waitFor('login-db');
    expect(calls).toEqual([
      ['review', recorded.answers],
      ['saveProfile', 'default', recorded.answers],
    ]);
    screen.close();
  });

  test('the first frame does not wait for the host', async () => {
    const {screen} = answering({inspectHost: () => new Promise(() => undefined)});
    expect(await screen.waitFor('Looking at this host …')).toContain('1/5 Welcome');
    await screen.press(keys.enter);
    await screen.waitFor('2/5 Basics');
    screen.close();
  });

  test('keys that arrive in one read are all taken, in their order', async () => {
    const {calls, screen} = answering();
    await screen.waitFor('1/5');
    // To the basics, down to the domain, back to the tier; to the picker, down to the fifth row, pick it, go on.
    await screen.press(`${keys.enter}${keys.down.repeat(3)}${keys.up.repeat(3)}${keys.enter}${keys.down.repeat(3)} ${keys.enter}`);
    await screen.waitFor('Checks of this host');
    expect(calls).toEqual([
      ['review', {...recorded.answers, components: {gateway: 'standalone', login: 'standalone', builds: 'standalone'}}],
    ]);
    screen.close();
  });

  test('a pasted domain with its line break is text, not Enter', async () => {
    const {screen} = answering();
    await screen.waitFor('1/5');
    await screen.press(`${keys.enter}${keys.down.repeat(3)}\u0015`);
    await screen.paste('example.com\n');
    expect(await screen.waitFor('example.com')).toContain("● Let's Encrypt");
    screen.close();
  });

  test('wide characters are typed, moved over and deleted whole', async () => {
    const screen = await openScene('settings', {columns: 60, rows: 15});
    await screen.press('日本語👍🏽', keys.backspace, keys.left, 'x');
    expect(await screen.screen()).toMatch(/Shop title +日本x語\n/);
    screen.close();
  });

  test('going back and forward finds the cursor and the answers where they were', async () => {
    const screen = await openScene('components');
    await screen.press('jjj ');
    const before = await screen.screen();
    expect(before).toContain('❯ ◼ Builds');
    await screen.press(keys.escape);
    await screen.waitFor('2/5');
    await screen.press(keys.escape);
    await screen.waitFor('1/5');
    await screen.press(keys.enter, keys.enter);
    expect(await screen.waitFor('3/5')).toBe(before);
    screen.close();
  });

  test('digits decide nothing', async () => {
    const {calls, screen} = answering();
    await screen.waitFor('1/5');
    await screen.press('1234567890');
    expect(await screen.screen()).toContain('1/5 Welcome');
    expect(calls).toEqual([]);
    screen.close();
  });
});

describe('before anything was read', () => {
  test('keys wait for the first screen, and Ctrl+C does not', async () => {
    let begin: () => void = () => undefined;
    const opening = new Promise<void>(resolve => {
      begin = resolve;
    });
    const props = {catalog: catalogue, services: recordingServices([]), answers: recorded.answers};
    const waiting = openView({kind: 'opening', open: () => opening.then(() => props)});
    await waiting.waitFor('1/5 Welcome');
    await waiting.press(keys.enter);
    begin();
    await waiting.waitFor('2/5 Basics');
    waiting.close();
    const stuck = openView({kind: 'opening', open: () => new Promise(() => undefined)});
    await stuck.waitFor('1/5 Welcome');
    await stuck.press(keys.ctrlC);
    expect(await stuck.exited).toEqual({exitCode: 130, summary: ['Nothing was changed.']});
  });
});

describe('the end', () => {
  test.each([
    ['q', {exitCode: 0, summary: ['Nothing was changed.']}],
    [keys.ctrlC, {exitCode: 130, summary: ['Nothing was changed.']}],
  ])('%j ends with %j', async (key, outcome) => {
    const {screen} = answering();
    await screen.waitFor('1/5');
    await screen.press(key);
    expect(await screen.exited).toEqual(outcome);
  });

  test('a finished rollout leads to the status, and its result is told afterwards', async () => {
    const {screen} = answering({
      async *rollout() {
        yield* recorded.finished;
      },
    });
    for (const text of ['1/5', '2/5', '3/5', 'Checks of this host', 'Save as', 'All 3 services', '❯ gateway']) {
      await screen.waitFor(text);
      await screen.press(text === '❯ gateway' ? 'q' : keys.enter);
    }
    expect(await screen.exited).toEqual({
      exitCode: 0,
      summary: [
        'All 3 services are as they should be, after 1m 15s.',
        '  Login              https://auth.infra.localhost  admin, password in secrets/login_admin',
        '  Gateway dashboard  https://gateway.infra.localhost/dashboard/',
      ],
    });
  });

  test('an error that is ours ends the program with that error', async () => {
    const bug = new TypeError('x is not a function');
    const {screen} = answering({review: () => Promise.reject(bug)});
    for (const text of ['1/5', '2/5', '3/5']) {
      await screen.waitFor(text);
      await screen.press(keys.enter);
    }
    await expect(screen.exited).rejects.toBe(bug);
  });

  test('an error of the stream of a rollout ends the program with that error', async () => {
    const bug = new TypeError('x is not a function');
    const screen = openView({
      kind: 'rollout',
      open: () => ({[Symbol.asyncIterator]: () => ({next: () => Promise.reject(bug)})}),
      titles: recorded.titles,
      links: [],
    });
    await expect(screen.exited).rejects.toBe(bug);
  });
});

describe('what goes wrong outside', () => {
  test('a review that can not be made is explained and tried again', async () => {
    let attempts = 0;
    const {screen} = answering({
      review: async () => {
        attempts += 1;
        if (attempts === 1) throw new UserError('The workspace is locked.', {why: 'Another run is at work.', next: ['Wait for it.']});
        return recorded.review;
      },
    });
    for (const text of ['1/5', '2/5', '3/5']) {
      await screen.waitFor(text);
      await screen.press(keys.enter);
    }
    const frame = await screen.waitFor('✖ The workspace is locked.');
    expect(frame).toContain('Another run is at work.\n\n    → Wait for it.');
    await screen.press(keys.enter);
    await screen.waitFor('Checks of this host');
    screen.close();
  });

  test('a profile that can not be saved can be left out', async () => {
    const {screen} = answering({saveProfile: () => Promise.reject(new UserError('The disk is full.'))});
    for (const text of ['1/5', '2/5', '3/5', 'Checks of this host', 'Save as']) {
      await screen.waitFor(text);
      await screen.press(keys.enter);
    }
    await screen.waitFor('✖ The disk is full.');
    await screen.press('\u0015', keys.enter);
    await screen.waitFor('5/5 Rollout');
    screen.close();
  });

  test('another program that fails is quoted', async () => {
    const screen = openView({
      kind: 'status',
      services: statusServices({
        restart: () => Promise.reject(new ExternalError(['docker', 'compose', 'restart'], 1, ['no such \u001b[31mservice\u001b[0m'])),
      }),
    });
    await screen.waitFor('❯ gateway');
    await screen.press('r');
    await screen.waitFor('Restart gateway?');
    await screen.press('j', keys.enter);
    expect(await screen.waitFor('✖ docker compose restart ended with code 1')).toContain('no such service');
    screen.close();
  });
});

describe('a rollout', () => {
  const failing = (decisions: Decision[]) =>
    openView({
      kind: 'rollout',
      open: ({decide}) =>
        failingRollout([recorded.outOfMemory], async failures => {
          const decision = await decide(failures);
          decisions.push(decision);
          return decision;
        }),
      titles: recorded.titles,
      links: recorded.review.links,
    });

  test.each<readonly [string, string, Decision]>([
    ['Enter', keys.enter, 'retry'],
    ['down and Enter in one read', `${keys.down}${keys.enter}`, 'continue'],
    ['G and Enter in one read', `G${keys.enter}`, 'stop'],
    ['Ctrl+C', keys.ctrlC, 'stop'],
  ])('%s answers a failure', async (_, press, decision) => {
    const decisions: Decision[] = [];
    const screen = failing(decisions);
    await screen.waitFor('What now?');
    await screen.press('2', press);
    await screen.waitFor(/All 4 services|Stopped:/);
    expect(decisions).toEqual([decision]);
    screen.close();
  });

  test('the first Ctrl+C stops after what is under way and says so, the second leaves at once', async () => {
    let signal: AbortSignal | undefined;
    const screen = openView({
      kind: 'rollout',
      async *open(controls) {
        ({signal} = controls);
        yield* recorded.midway;
        await new Promise(() => undefined);
      },
      titles: recorded.titles,
      links: [],
    });
    await screen.waitFor('login-db');
    expect(signal?.aborted).toBe(false);
    await screen.press(keys.ctrlC);
    await screen.waitFor('Stopping after what is under way. Ctrl+C again leaves at once.');
    expect(signal?.aborted).toBe(true);
    await screen.press(keys.ctrlC);
    expect(await screen.exited).toMatchObject({exitCode: 130});
  });

  test('q asks first, and Esc takes it back', async () => {
    const screen = openView({
      kind: 'rollout',
      async *open() {
        yield* recorded.midway;
        await new Promise(() => undefined);
      },
      titles: recorded.titles,
      links: [],
    });
    await screen.waitFor('login-db');
    await screen.press('q');
    await screen.waitFor('Stop the rollout?');
    await screen.press(keys.escape);
    await screen.waitFor('Images arrive');
    await screen.press('q');
    await screen.waitFor('Stop the rollout?');
    await screen.press(`j${keys.enter}`);
    await screen.waitFor('Stopping after what is under way.');
    screen.close();
  });
});

describe('the status', () => {
  test('a restart happens only when it was confirmed', async () => {
    const restarted: string[] = [];
    const screen = openView({
      kind: 'status',
      services: statusServices({
        restart: async service => {
          restarted.push(service);
        },
      }),
    });
    await screen.waitFor('❯ gateway');
    await screen.press(`jr${keys.enter}`);
    expect(restarted).toEqual([]);
    await screen.press(`rj${keys.enter}`);
    await screen.waitFor('login was restarted.');
    expect(restarted).toEqual(['login']);
    screen.close();
  });

  test('Esc and Enter in one read give up what was asked', async () => {
    const screen = openView({kind: 'status', services: statusServices({restart: () => Promise.reject(new Error('restarted'))})});
    await screen.waitFor('❯ gateway');
    await screen.press('rj');
    await screen.waitFor('❯ Restart it now');
    await screen.press(`${keys.escape}${keys.enter}`);
    await screen.waitFor('restart policy');
    screen.close();
  });

  test('Esc and a letter in one read do both: the filter is given up, then the view is left', async () => {
    const screen = openView({kind: 'status', services: statusServices({})});
    await screen.waitFor('❯ gateway');
    await screen.press('/nobody');
    await screen.waitFor('No service is like that.');
    await screen.press(`${keys.escape}q`);
    expect(await screen.exited).toMatchObject({exitCode: 0});
  });

  test('what is asked for in one read is all done', async () => {
    const started: string[] = [];
    const screen = openView({
      kind: 'status',
      services: statusServices({
        start: async service => {
          started.push(service);
        },
      }),
    });
    await screen.waitFor('❯ gateway');
    await screen.press('GSkkS');
    await screen.waitFor('❯ login-init');
    await vi.waitFor(() => expect(started).toEqual(['worker', 'login-init']));
    await vi.waitFor(async () => expect(await screen.screen()).not.toContain('starting'));
    screen.close();
  });

  test('a log is closed with its stream', async () => {
    const signals: AbortSignal[] = [];
    const screen = openView({
      kind: 'status',
      services: statusServices({
        logs: (_, signal) => {
          signals.push(signal);
          return standing([logLines], signal);
        },
      }),
    });
    await screen.waitFor('❯ gateway');
    await screen.press('l');
    await screen.waitFor('INFO  ready');
    await screen.press(keys.escape);
    await screen.waitFor('❯ gateway');
    expect(signals.map(({aborted}) => aborted)).toEqual([true]);
    screen.close();
  });

  test('the page of a container that is gone says so, and nothing of what it was', async () => {
    const missing = {...recorded.services[0], containerId: '', state: 'missing', health: undefined} as const;
    let go: () => void = () => undefined;
    const gone = new Promise<void>(resolve => {
      go = resolve;
    });
    const screen = openView({
      kind: 'status',
      services: statusServices({
        async *watch() {
          yield recorded.snapshot;
          await gone;
          yield {...recorded.snapshot, services: recorded.services.map(one => (one.name === 'gateway' ? {...one, ...missing} : one))};
        },
      }),
    });
    await screen.waitFor('❯ gateway');
    await screen.press(keys.enter);
    await screen.waitFor('restart policy');
    go();
    expect(await screen.waitFor('It has no container: u makes one')).not.toContain('restart policy');
    screen.close();
  });

  test('help and palette over a log leave it open and the reader where he is, and the palette moves between matches', async () => {
    let opened = 0;
    const lines = Array.from({length: 60}, (_, index) => ({stream: 'stdout' as const, at: '', text: `line ${index}.`}));
    const screen = openView({
      kind: 'status',
      services: statusServices({
        logs: (_, signal) => {
          opened += 1;
          return standing([lines.slice(opened === 1 ? 0 : 50)], signal);
        },
      }),
    });
    await screen.waitFor('❯ gateway');
    await screen.press('l');
    await screen.waitFor('line 59.');
    await screen.press('g?');
    await screen.waitFor('Keys and words');
    await screen.press(keys.escape);
    expect(await screen.waitFor('line 0.')).toContain('of 60; f follows');
    await screen.press('/', 'e 3.', keys.enter);
    await screen.waitFor('1 of 1 line');
    await screen.press('/', keys.backspace, keys.enter);
    await screen.waitFor('1 of 11 lines');
    await screen.press(':', 'next match', keys.enter);
    expect(await screen.waitFor('2 of 11 lines')).toContain('❯ line 30.');
    expect(opened).toBe(1);
    screen.close();
  });

  test('rows that appear do not move the cursor to another service', async () => {
    let more: () => void = () => undefined;
    const grown = new Promise<void>(resolve => {
      more = resolve;
    });
    const screen = openView({
      kind: 'status',
      services: statusServices({
        async *watch() {
          yield {...recorded.snapshot, services: recorded.services.slice(1, 3)};
          await grown;
          yield recorded.snapshot;
        },
      }),
    });
    await screen.waitFor('❯ login');
    more();
    expect(await screen.waitFor('gateway')).toMatch(/ {4}gateway.*\n {2}❯ login /);
    screen.close();
  });
});

describe('a terminal', () => {
  test('without colours is shown none', async () => {
    const coloured = await openScene('components');
    const colourless = await openScene('components', {colour: false});
    expect([await coloured.hasColour(), await colourless.hasColour()]).toEqual([true, false]);
    coloured.close();
    colourless.close();
  });

  test('without UTF-8 is shown ASCII alone', async () => {
    const screen = await openScene('rollout', {unicode: false});
    expect(await screen.screen()).toMatch(/^[\u0020-\u007e\n]*$/);
    screen.close();
  });

  test('that is resized is filled again, to its size', async () => {
    const screen = await openScene('components');
    await screen.resize(60, 15);
    const small = await screen.screen();
    await screen.resize(100, 30);
    const big = await screen.screen();
    const fresh = await openScene('components');
    expect([small.split('\n').length, big]).toEqual([15, await fresh.screen()]);
    screen.close();
    fresh.close();
  });
});
