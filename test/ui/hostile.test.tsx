/** Text from outside can not move the cursor, set the title, write to the clipboard or hide, wherever it comes in. */
import {PassThrough} from 'node:stream';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {openLineTerminal} from '../../source/commands/line-terminal.ts';
import {jsonLine, jsonText} from '../../source/display/json.ts';
import {advancePlain, emptyPlain, plainLine} from '../../source/display/plain.ts';
import {problemJson, problemLines} from '../../source/display/problem.ts';
import {statusLines, statusSentences} from '../../source/display/status.ts';
import {table} from '../../source/display/tables.ts';
import {ExternalError, UserError} from '../../source/errors.ts';
import type {Failure, ResourceEvent} from '../../source/events.ts';
import {formatPlan} from '../../source/plan/format.ts';
import type {ServiceDetails} from '../../source/plan/service-details.ts';
import {converse} from '../../source/ui/accessible/conversation.ts';
import type {View} from '../../source/ui/app.tsx';
import {keys} from '../helpers/render-screen.ts';
import {catalogue} from './catalogue.ts';
import * as recorded from './fixtures.ts';
import {openView} from './open.tsx';
import {details} from './service-details.ts';
import {failingRollout, recordingServices, standing, statusServices} from './services.ts';

const esc = '\u001b';

/** What a registry, a log, a container or a profile might hold. */
const attacks = [
  `${esc}]52;c;aGFja2Vk\u0007`,
  `${esc}]52;c;aGFja2Vk${esc}\\`,
  `${esc}]0;title\u0007`,
  `${esc}[2J${esc}[1;1H`,
  `${esc}[?1049l`,
  `${esc}P+q544e${esc}\\`,
  `${esc}c`,
  '\u009b2J',
  '\u009d52;c;aGFja2Vk\u009c',
  '\u0007\u0008\u0008\u000e',
  '\u202egnp.exe\u202c',
  '\u2066\u2069\u200b\ufeff',
  'a\rb',
];

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...attacks), fc.string({unit: 'binary', maxLength: 6}), fc.constant('name')), {
    minLength: 1,
    maxLength: 6,
  })
  .map(parts => parts.join(''));

/** Everything but text and line feeds. */
const harmful = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/;

const failureOf = (text: string): Failure => ({
  ...recorded.unhealthy,
  service: text,
  image: text,
  reason: text,
  next: [text],
  healthChecks: [{at: 0, exitCode: 1, output: text}],
  log: [
    {stream: 'stdout', text},
    {stream: 'stderr', text},
  ],
});

const eventsOf = (text: string): readonly ResourceEvent[] => [
  {id: `phase/${text}`, kind: 'phase', status: 'working', text, at: 1},
  {id: `image/${text}`, kind: 'image', parentId: `phase/${text}`, status: 'error', text, details: text, at: 2},
  {
    id: `service/${text}`,
    kind: 'service',
    parentId: `phase/${text}`,
    status: 'error',
    text,
    details: text,
    at: 3,
    failure: failureOf(text),
  },
  {id: 'run', kind: 'run', status: 'error', text, details: text, at: 4},
];

const snapshotOf = (text: string) => ({
  ...recorded.snapshot,
  project: text,
  services: recorded.services.map(service => ({...service, name: `${text}${service.name}`, url: text, ports: [text], image: text})),
});

const linesOf = (text: string) => [
  {stream: 'stderr' as const, at: text, text},
  {stream: 'stdout' as const, at: '2026-11-20T10:00:00Z', text: 'end of it'},
];

const detailsOf = (text: string): ServiceDetails => ({
  ...details,
  containerId: text,
  containerName: text,
  image: text,
  digest: text,
  error: text,
  user: text,
  restartPolicy: text,
  command: [text],
  files: [text],
  dependsOn: [text],
  healthCheck: details.healthCheck && {...details.healthCheck, command: ['CMD', text], runs: [{at: 1, took: 1, exitCode: 1, output: text}]},
  environment: [{name: text, value: text}],
  networks: [{name: text, addresses: [text], gateway: text, aliases: [text], internal: true}],
  mounts: [{type: text, source: text, target: text, readOnly: true, size: 1}],
});

const planOf = (text: string) => {
  const steps = recorded.review.plan.files.map(step => ({...step, resource: text, cause: text}));
  return {
    ...recorded.review.plan,
    project: text,
    files: steps,
    phases: recorded.review.plan.phases.map(phase => ({...phase, title: text, steps})),
  };
};

const reviewOf = (text: string) => ({
  ...recorded.review,
  selection: {...recorded.review.selection, project: text, notices: [text]},
  plan: planOf(text),
  files: recorded.review.files.map(file => ({...file, path: text, diff: text})),
  findings: recorded.review.findings.map(finding => ({...finding, title: text, what: text, next: [text]})),
  notices: [{text}],
  ports: recorded.review.ports.map(port => ({...port, service: text, address: text})),
  hostNetwork: [{service: text}],
  download: [{image: text, size: 1}],
  links: [{title: text, url: text, login: text}],
  directory: text,
});

const hostOf = (text: string) => ({
  ...recorded.bareHost,
  host: text,
  distribution: text,
  compose: text,
  missing: [{where: text, what: text, next: text}],
});

const trouble = (text: string) => new UserError(text, {why: text, next: [text]});

describe('as lines', () => {
  const plain = (text: string) => {
    let state = emptyPlain;
    return eventsOf(text).map(event => {
      const line = plainLine(state, event) ?? '';
      state = advancePlain(state, event);
      return line;
    });
  };

  test.each<readonly [string, (text: string) => readonly string[]]>([
    ['a rollout', plain],
    ['events for programs', text => eventsOf(text).map(jsonLine)],
    ['documents for programs', text => [jsonText(snapshotOf(text)), jsonText(reviewOf(text))]],
    [
      'an error',
      text => [...problemLines(trouble(text)), ...problemLines(new ExternalError([text], 1, [text])), ...problemLines(new Error(text))],
    ],
    ['a list of problems', text => problemLines([{where: text, what: text, next: text}])],
    ['an error for programs', text => [problemJson(trouble(text))]],
    [
      'what runs',
      text => [...statusLines(snapshotOf(text)), ...statusSentences(snapshotOf(text)), ...statusLines({...snapshotOf(text), services: []})],
    ],
    ['a table', text => table([{title: text}], [[text]])],
    ['a plan', text => formatPlan(planOf(text))],
  ])('%s', (_, linesOf) => {
    fc.assert(
      fc.property(hostile, text => {
        expect(linesOf(text).join('\n')).not.toMatch(harmful);
      }),
      {numRuns: 300},
    );
  });

  test('events for programs keep every character', () => {
    fc.assert(
      fc.property(hostile, text => {
        expect(JSON.parse(jsonLine({id: 'run', kind: 'run', status: 'done', text, at: 1})).text).toBe(text);
      }),
    );
  });
});

test('said to a screen reader', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async text => {
      const input = new PassThrough();
      const output = new PassThrough().setEncoding('utf8');
      let said = '';
      output.on('data', chunk => {
        said += chunk;
      });
      const signal = new AbortController().signal;
      const lines = openLineTerminal({
        input: input as unknown as NodeJS.ReadStream,
        output: output as unknown as NodeJS.WriteStream,
        signal,
      });
      const services = recordingServices([], {
        inspectHost: async () => hostOf(text),
        review: async () => reviewOf(text),
        rollout: ({decide}) => failingRollout([failureOf(text)], decide),
        status: statusServices({watch: ended => standing([snapshotOf(text)], ended)}),
      });
      const answers = {...recorded.answers, components: {...recorded.answers.components, [text]: text}};
      input.write(`\nf\nf\nd\nyes\n-\n`);
      const code = converse({catalog: catalogue, services, answers, profileName: text}, lines);
      await expect.poll(() => said, {interval: 5}).toContain('What now?');
      input.write(`${text.replace(/[\r\n]/g, '')}x\n`);
      await expect.poll(() => said, {interval: 5}).toMatch(/What now\?[\s\S]*What now\?/);
      input.write('2\n');
      expect(await code).toBe(5);
      expect(said).not.toMatch(harmful);
    }),
    {numRuns: 25},
  );
});

/** What Ink itself writes: colours, cursor, erasing, synchronized output. Anything else came from outside. */
const ours = /\u001b\[(?:[0-9;]*[mABCDEFGHJK]|\?(?:25|1049|2004|2026)[hl])/g;

describe('on the screen', () => {
  const draw = async (view: View, ready: string | RegExp, press: readonly (readonly [string, string | RegExp])[] = []) => {
    const screen = openView(view, {columns: 120, rows: 50});
    await screen.waitFor(ready);
    for (const [key, then] of press) {
      await screen.press(key);
      await screen.waitFor(then);
    }
    const raw = screen.raw();
    screen.close();
    return raw;
  };
  const all = attacks.join('name');

  test.each<readonly [string, () => Promise<string>]>([
    [
      'the wizard',
      () =>
        draw(
          {
            kind: 'wizard',
            catalog: catalogue,
            answers: {...recorded.answers, components: {...recorded.answers.components, [all]: all}},
            services: recordingServices([], {inspectHost: async () => hostOf(all), review: async () => reviewOf(all)}),
          },
          'Compose',
          [
            [keys.enter, '2/5'],
            [keys.enter, '3/5'],
            [keys.enter, 'Checks of this host'],
            ['d', 'Checks of this host'],
            [keys.enter, 'Save as'],
          ],
        ),
    ],
    [
      'a plan that fails',
      () =>
        draw(
          {
            kind: 'wizard',
            catalog: catalogue,
            answers: recorded.answers,
            services: recordingServices([], {review: () => Promise.reject(trouble(all))}),
          },
          'Compose',
          [
            [keys.enter, '2/5'],
            [keys.enter, '3/5'],
            [keys.enter, 'could not be made'],
          ],
        ),
    ],
    [
      'a rollout that fails',
      () =>
        draw(
          {kind: 'rollout', open: ({decide}) => failingRollout([failureOf(all)], decide), titles: new Map([['core', all]]), links: []},
          'What now?',
        ),
    ],
    ['a rollout', () => draw({kind: 'rollout', open: ({signal}) => standing(eventsOf(all), signal), titles: new Map(), links: []}, 'name')],
    [
      'what runs, and its log',
      () =>
        draw(
          {
            kind: 'status',
            services: statusServices({
              watch: signal => standing([snapshotOf(all)], signal),
              logs: (_, signal) => standing([linesOf(all)], signal),
              restart: () => Promise.reject(trouble(all)),
            }),
          },
          'Service',
          [
            ['r', /Restart/],
            [keys.down, /❯ Restart/],
            [keys.enter, '✖'],
            ['l', 'end of it'],
            ['w', 'end of it'],
            ['t', 'end of it'],
            ['/', 'Enter find'],
            ['name', '1 line'],
          ],
        ),
    ],
    [
      'all pages of a service, and all that is done to it',
      () =>
        draw(
          {
            kind: 'status',
            services: statusServices({
              watch: signal => standing([snapshotOf(all)], signal),
              details: (_, signal) => standing([detailsOf(all)], signal),
              dependents: async () => [all],
              saveLog: async () => all,
              open: async () => ({how: 'copied', url: all}),
              apply: async (_, tell) => {
                tell(all);
                return 'anew';
              },
            }),
          },
          'Service',
          [
            [keys.enter, '[1 Overview]'],
            ['3', '[3 Health]'],
            ['4', '[4 Environment]'],
            ['5', '[5 Networks]'],
            ['6', '[6 Mounts]'],
            ['o', 'There is no browser here.'],
            ['W', 'The log is in'],
            ['s', 'depends on it'],
            [keys.escape, 'Esc back'],
            ['u', 'Apply the overlay'],
            [`j${keys.enter}`, 'made anew'],
            [':', 'Actions for'],
          ],
        ),
    ],
  ])('%s', async (_, raw) => {
    expect((await raw()).replace(ours, '').replace(/[\r\n]/g, '')).not.toMatch(harmful);
  });
});
