import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {UserError} from '../../source/errors.ts';
import type {Answers} from '../../source/plan/answers.ts';
import type {Finding} from '../../source/plan/findings.ts';
import type {Profile} from '../../source/plan/saved-profile.ts';
import {printableLine} from '../../source/printable.ts';
import {type Conversation, converse} from '../../source/ui/accessible/conversation.ts';
import {askDecision} from '../../source/ui/accessible/rollout.ts';
import {speak, understand} from '../../source/ui/accessible/talk.ts';
import type {WizardServices} from '../../source/ui/services.ts';
import type {WizardState} from '../../source/ui/wizard/state.ts';
import {reduceWizard, startWizard} from '../../source/ui/wizard.ts';
import {catalogue} from './catalogue.ts';
import {deployedAnswers, editedReview, hostBefore, removalReview} from './deployed.ts';
import {answers, bareHost, blockedReview, fileOnlyReview, finished, host, outOfMemory, review, unhealthy} from './fixtures.ts';
import {noWayBack, rollBack} from './rollouts.ts';
import {secretiveCatalogue, twoSites} from './secretive.ts';
import {type Calls, failingRollout, recordingServices} from './services.ts';

const quiet = new AbortController().signal;

/** Everything that was said and asked, and the answers behind their questions. The input ends behind the last answer. */
const talk = (typed: readonly string[], signal: AbortSignal = quiet) => {
  const transcript: string[] = [];
  const rest = [...typed];
  const conversation: Conversation = {
    signal,
    say: lines => void transcript.push(...lines),
    ask: async prompt => {
      const answer = rest.shift();
      transcript.push(answer === undefined ? prompt : `${prompt} <${answer}>`);
      return answer;
    },
  };
  return {conversation, transcript, rest};
};

const run = async (typed: readonly string[], services: WizardServices = recordingServices([]), start: Answers = answers) => {
  const {conversation, transcript, rest} = talk(typed);
  const exitCode = await converse({catalog: catalogue, services, answers: start}, conversation);
  return {exitCode, transcript, rest};
};

const calledWith = (calls: Calls, name: string) => calls.filter(([called]) => called === name).map(([, ...details]) => details);

const enters = (count: number) => Array.from({length: count}, () => '');

/** Enter until the plan was said. */
const toReview = enters(1 + 5 + 5);

describe('the whole journey', () => {
  test('with Enter and one yes leads to a running platform, and every line of it is a sentence that stays', async () => {
    const calls: Calls = [];
    const services = recordingServices(calls, {
      rollout: async function* () {
        yield* finished;
      },
    });
    const {exitCode, transcript, rest} = await run([...toReview, 'yes', ''], services);
    expect([exitCode, rest]).toEqual([0, []]);
    expect(calledWith(calls, 'saveProfile')).toEqual([['default', answers]]);
    expect(transcript.join('\n')).toMatchInlineSnapshot(`
      "infra-wizard, read line by line. It sets up a Docker platform here. Nothing changes before you have heard the plan and typed yes.
      Every question is answered with a number or a word, then Enter. At every question: question mark for help, b for back, q to quit.
      Looking at this host.
      This host is vps-1, Debian GNU/Linux 12 (bookworm). It has 4 CPUs, 7.6 GiB of memory, 86 GB free on the disk.
      Docker 29.1.0. Compose 2.40.3.
      Enter to begin, p for saved profiles, c to check this host: <>
      Step 2 of 5, basics: what kind of platform this is. 5 questions.
      Tier. Where to start: it picks components, which the next screen lets you change, and says what a host should have.
      1 Minimal (chosen): One small server: proxy and sign-in.
      2 Standard: One server: every service once.
      Tier. Number, or Enter to keep 1 Minimal: <>
      Environment. Part of the names of the project and of its overlays.
      1 Development (chosen): For trying things out.
      2 Production: For real users and real data.
      Environment. Number, or Enter to keep 1 Development: <>
      Rollout. In which order services start.
      1 Phase by phase (chosen): Each phase waits until the one before is healthy.
      2 All at once: Everything starts as soon as what it depends on is healthy.
      Rollout. Number, or Enter to keep 1 Phase by phase: <>
      Domain. Every service gets a name below this domain. Default. Example: example.com.
      Domain. Now infra.localhost. Type another, or Enter to keep it: <>
      Encryption. Where the certificates come from that browsers check.
      1 Own authority (chosen): Made here, works for any domain. Browsers warn until you install its certificate.
      2 No encryption: Plain HTTP, for trying things out.
      Encryption. Number, or Enter to keep 1 Own authority: <>
      Step 3 of 5, components: what shall run here. The tier made a start; what a pick needs comes along.
      1 picked, 2 more come along.
      Phase 1 of 5, Core. Everything else is reached through it.
      1 Gateway, in, always. The reverse proxy: takes in all web traffic and encrypts it.
      Core. Number to pick or leave out, Enter for the next phase: <>
      Phase 2 of 5, Authentication. Has to answer before applications start.
      1 Login, picked. Single sign-on for everything else.
      2 Login database, in, for Login. PostgreSQL of the sign-in alone.
      Authentication. Number to pick or leave out, Enter for the next phase: <>
      Phase 3 of 5, Applications. They need the proxy and the sign-in.
      1 Builds, not picked. Runs pipelines: build, test, deploy.
      2 Shop, not picked. 日本語の店: an application of your own.
      3 Site, adds one under a name of its own. Pages of your own.
      Applications. Number to pick or leave out, Enter for the next phase: <>
      Phase 4 of 5, Data. Databases and caches for applications.
      1 SQL, not picked. Relational database. Deployed as: One instance; v 1 changes that.
      2 Cache, not picked. Key-value store in memory.
      Data. Number to pick or leave out, Enter for the next phase: <>
      Phase 5 of 5, Observability. Comes last, so that it finds everything.
      1 Metrics, not picked. Collects numbers over time.
      2 Dashboards, not picked. Draws what metrics and logs collect.
      Observability. Number to pick or leave out, Enter for the plan: <>
      Making the plan: comparing what was picked with what is there.
      Step 4 of 5, the plan.
      Checks of this host.
      Warning: Memory, 7.6 GiB of the 8 GiB this tier asks for.
      What to do: Leave something out, or expect the kernel to kill what uses most.
      2 checks of this host passed.
      Good to know.
      Browsers warn until you install secrets/platform_ca.crt as a trusted authority.
      Files.
      write 11-docker-compose.Infra.dev.yml: is not there yet.
      write .env: HTTPS_PORT changed from 8443 to 443.
      Phase 1 of 2, Core.
      pull registry.example/gateway:1.0: gateway runs it, and it is not on this host.
      create gateway: is picked and does not run yet.
      Phase 2 of 2, Authentication.
      pull registry.example/login-db:1.0: login-db runs it, and it is not on this host.
      create login-db: is picked and does not run yet.
      pull registry.example/login:1.0: login runs it, and it is not on this host.
      create login: is picked and does not run yet.
      Open ports.
      80/tcp, from everywhere: gateway.
      443/tcp, from everywhere: gateway.
      Docker lets published ports through before ufw or firewalld is asked: closing them there has no effect. To limit who reaches them, use rules in the chain DOCKER-USER, or your provider's firewall.
      About 288 MB to download (1 image of unknown size not counted).
      Services may use up to 1.5 GiB of memory; this host has 7.6 GiB.
      What will answer.
      Login: https://auth.infra.localhost, admin, password in secrets/login_admin
      Gateway dashboard: https://gateway.infra.localhost/dashboard/
      Files in /root/infra.
      11-docker-compose.Infra.dev.yml: new.
      .env: changes.
      config/gateway/dynamic.yaml: yours, kept.
      Project infra-dev. The folder works without this program: docker compose up -d in it does the same.
      Nothing has changed yet. Type yes to roll this out, w to write the files only, b to go back: <yes>
      The answers are saved as a profile for the next run. Secrets are never part of them.
      Name of the profile. Enter for default, a minus to go on without saving: <>
      Saving the answers.
      Step 5 of 5, the rollout. Each line is said once. Ctrl+C stops after what is under way.
             0s  Rolling out, infra-dev
             0s  file .env: Written
             1s  phase core: Starting
             1s  image registry.example/gateway:1.0: Pulling
             1s  image registry.example/login-db:1.0: Pulling
             1s  image registry.example/login:1.0: Pulling
             5s  image registry.example/gateway:1.0: Pulled 48 MB in 4s
             6s  service gateway: Creating
            11s  image registry.example/login-db:1.0: Pulling 50% of 110 MB
            11s  image registry.example/login:1.0: Pulling 16% of 240 MB
            12s  service gateway: Healthy in 6s
            12s  phase core: Healthy in 11s
            12s  phase authentication: Starting
            21s  image registry.example/login:1.0: Pulling 50% of 240 MB
            21s  image registry.example/login-db:1.0: Pulled 110 MB in 20s
            21s  service login-db: Starting
            40s  image registry.example/login:1.0: Pulled 240 MB in 39s
            41s  service login-db: Healthy in 20s
            43s  service login: Starting
         1m 15s  service login: Healthy in 32s
         1m 15s  phase authentication: Healthy in 1m 03s
         1m 15s  Done in 1m 15s
      2 of 5 services are not well: worker has stopped with code 1, login is unhealthy.
      gateway: running, healthy, up 1d 02h, CPU 1.5 percent of a core, memory 96 MiB of 256 MiB, at https://gateway.infra.localhost.
      login: running, unhealthy, up 1d 02h, CPU 97.2 percent of a core, memory 490 MiB of 512 MiB, restarted 3 times, at https://auth.infra.localhost.
      login-db: running, healthy, up 1d 02h, CPU 1.5 percent of a core, memory 96 MiB of 256 MiB.
      login-init: exited (0).
      店の在庫: running, up 1d 02h, memory 96 MiB.
      worker: exited (1).
      All 3 services are as they should be, after 1m 15s.
        Login              https://auth.infra.localhost  admin, password in secrets/login_admin
        Gateway dashboard  https://gateway.infra.localhost/dashboard/"
    `);
  });

  test('without an engine it writes the files, and says how to start the platform', async () => {
    const calls: Calls = [];
    const services = recordingServices(calls, {inspectHost: async () => bareHost, review: async () => fileOnlyReview});
    const {exitCode, transcript} = await run([...toReview, 'yes', '-'], services);
    expect([exitCode, calledWith(calls, 'write'), calledWith(calls, 'saveProfile')]).toEqual([0, [[answers]], []]);
    expect(transcript.slice(-4)).toMatchInlineSnapshot(`
      [
        "Docker Engine is not installed.",
        "  On Debian 12: curl -fsSL https://get.docker.com | sh, which installs the engine and compose from download.docker.com.",
        "Start the platform:",
        "  cd /root/infra && docker compose up -d",
      ]
    `);
  });

  test('w writes the files where a rollout would be possible, and starts nothing', async () => {
    const calls: Calls = [];
    const {exitCode} = await run([...toReview, 'w', 'shop'], recordingServices(calls));
    expect([exitCode, calledWith(calls, 'write').length, calledWith(calls, 'saveProfile')]).toEqual([0, 1, [['shop', answers]]]);
  });
});

describe('leaving', () => {
  test('the end of the input changes nothing, whatever was answered before', async () => {
    for (let count = 0; count < toReview.length + 1; count += 1) {
      const {exitCode, transcript} = await run(toReview.slice(0, count));
      expect([exitCode, transcript.at(-1)]).toEqual([0, 'Nothing was changed.']);
    }
  });

  test('q leaves from every question', async () => {
    for (let count = 0; count < toReview.length + 1; count += 1) {
      const {exitCode, transcript, rest} = await run([...toReview.slice(0, count), 'q']);
      expect([exitCode, transcript.at(-1), rest]).toEqual([0, 'Nothing was changed.', []]);
    }
  });

  test('a request to end from outside interrupts what is being waited for', async () => {
    const ending = new AbortController();
    const services = recordingServices([], {
      inspectHost: () => {
        ending.abort();
        return new Promise(() => undefined);
      },
    });
    const {conversation, transcript} = talk([], ending.signal);
    expect(await converse({catalog: catalogue, services, answers}, conversation)).toBe(130);
    expect(transcript.at(-1)).toBe('Nothing was changed.');
  });

  test('nothing but the word yes rolls out', async () => {
    const {transcript, exitCode} = await run([...toReview, '', 'y', 'no', '1', 'YESS', 'q']);
    expect(exitCode).toBe(0);
    expect(transcript.filter(line => line === 'Nothing was done.')).toHaveLength(5);
  });
});

const typedAt = (state: WizardState, ...lines: readonly string[]) =>
  lines.reduce(
    ({state: before}, line) => {
      const reply = understand(line, {state: before, catalog: catalogue});
      const after = reply.actions.reduce((one, action) => reduceWizard(one, action, catalogue), before);
      return {state: after, said: [...reply.say, ...(after === before ? [] : speak({state: after, catalog: catalogue}, before).say)]};
    },
    {state, said: [] as readonly string[]},
  );

const begin = startWizard(catalogue, {answers});
const looked = reduceWizard(begin, {type: 'secrets-found', ids: []}, catalogue);
const found = reduceWizard(looked, {type: 'host-found', host: {status: 'ready', value: host}}, catalogue);
const basics = typedAt(found, '').state;
const picker = typedAt(basics, 'f').state;
const promptOf = (state: WizardState) => {
  const {next} = speak({state, catalog: catalogue}, undefined);
  return next.kind === 'ask' ? next.prompt : next.kind;
};

describe('questions', () => {
  test('a number chooses, and the chosen one is said where it is asked', () => {
    const {state} = typedAt(basics, '2');
    expect([state.answers.tier, promptOf(basics), promptOf(typedAt(state, 'b').state)]).toEqual([
      'standard',
      'Tier. Number, or Enter to keep 1 Minimal:',
      'Tier. Number, or Enter to keep 2 Standard:',
    ]);
  });

  test.each(['0', '3', '-1', '1.5', 'minimal', '99999999999'])('%s is no choice and changes nothing', line => {
    const {state, said} = typedAt(basics, line);
    expect([state, said]).toEqual([basics, [`${line} is no number from 1 to 2.`]]);
  });

  test('a typed value is checked at once, and asked again with what is wrong', () => {
    const domain = typedAt(basics, '', '', '').state;
    const wrong = typedAt(domain, 'not a domain');
    expect(promptOf(wrong.state)).toBe('Domain. Now not a domain. Type another, or Enter to keep it:');
    expect(wrong.said.at(-1)).toMatch(/^Problem: Domain can not be "not a domain"/);
    expect(typedAt(wrong.state, '').state.screen.name).toBe('basics');
    expect(typedAt(wrong.state, '-').state.answers.settings).toEqual({});
    expect(typedAt(wrong.state, 'example.com').state.answers.settings).toEqual({platform: {domain: 'example.com'}});
  });

  test('a value that is also an answer is written with = in front', () => {
    const shop: Answers = {...answers, components: {...answers.components, shop: 'standalone'}};
    const asked = typedAt({...picker, answers: shop}, 'f').state;
    expect([asked.screen.name, promptOf(asked)]).toEqual(['settings', 'Shop title. Needs an answer:']);
    expect(typedAt(asked, '=q').state.answers.settings).toEqual({shop: {title: 'q'}});
    expect(typedAt(asked, '').said).toEqual(['This one needs an answer.']);
  });

  test('what had to be answered leads on to the plan, not to all the settings behind it', () => {
    const shop: Answers = {...answers, components: {...answers.components, shop: 'standalone'}};
    expect(typedAt({...picker, answers: shop}, 'f', 'My shop').state.screen.name).toBe('review');
  });

  test('s asks all settings from the first one on, with the component said before its questions', () => {
    const {state, said} = typedAt(picker, 's');
    expect(said.slice(0, 3)).toEqual([
      'Settings of what was picked. 3 questions.',
      'Settings of Platform.',
      'Subnet of proxy. The way in. Change it when the host already uses 172.30.0.0/24. Default. Example: 172.30.0.0/24.',
    ]);
    expect(typedAt(state, '').said[0]).toBe('Settings of Gateway.');
  });

  test('b leads through the questions of a form, then to the screen before', () => {
    const third = typedAt(basics, '', '').state;
    const names = ['b', 'b', 'b'].map((_, index) => typedAt(third, ...Array.from({length: index + 1}, () => 'b')).state);
    expect(names.map(state => [state.screen.name, state.cursors.basics])).toEqual([
      ['basics', 1],
      ['basics', 0],
      ['welcome', 0],
    ]);
  });
});

describe('picking', () => {
  const data = typedAt(picker, '', '', '').state;

  test('phases come one after the other, and their numbers begin with 1', () => {
    expect(promptOf(data)).toBe('Data. Number to pick or leave out, Enter for the next phase:');
    expect(typedAt(picker, '', '').said).toMatchInlineSnapshot(`
      [
        "Phase 3 of 5, Applications. They need the proxy and the sign-in.",
        "1 Builds, not picked. Runs pipelines: build, test, deploy.",
        "2 Shop, not picked. 日本語の店: an application of your own.",
        "3 Site, adds one under a name of its own. Pages of your own.",
      ]
    `);
    expect(typedAt(data, '', '').state.screen.name).toBe('review');
    expect(promptOf(typedAt(data, 'b').state)).toMatch(/^Applications\./);
    expect(typedAt(picker, 'b').state.screen.name).toBe('basics');
  });

  test('what a pick brings along and what goes with it is said with its reason', () => {
    const authentication = typedAt(picker, '').state;
    const without = typedAt(authentication, '1');
    expect(without.said).toEqual(['Login is left out.', 'Login database goes too.']);
    expect(typedAt(without.state, '1').said).toEqual(['Login is picked.', 'Comes along: Login database, for Login.']);
    expect(typedAt(authentication, '2').said).toEqual(['Login database is here for Login: leave that out and this goes too.']);
  });

  test('what is missing for a pick is said with it', () => {
    expect(typedAt(picker, '', '', '', '', '2').said).toEqual([
      'Dashboards is picked.',
      'Dashboards has nothing to work with. Pick at least one of Metrics.',
    ]);
  });

  test('v changes how it is deployed', () => {
    expect(typedAt(data, 'v 1').said).toEqual(['SQL is picked: Cluster of three.']);
    expect(typedAt(data, 'v 1', 'v 1').said).toEqual(['SQL: One instance. One instance on this server.']);
    expect(typedAt(data, 'v1').state.answers.components.sql).toBe('cluster');
    expect(typedAt(data, 'v 2').said).toEqual(['Cache is deployed in one way only.']);
  });

  test('one more of its kind is asked for a name, and is there under it', () => {
    const named = typedAt(picker, '', '', '3');
    expect([named.state.screen.name, promptOf(named.state)]).toEqual(['naming', 'Site. What is this one called:']);
    const wrong = typedAt(named.state, 'My Blog');
    expect(wrong.said[0]).toMatch(/^The name must be/);
    expect(typedAt(wrong.state, 'blog').said).toEqual(['Site blog is picked.']);
    expect(typedAt(wrong.state, 'b').state.answers).toBe(picker.answers);
  });
});

describe('the plan', () => {
  test('diffs are said when they are asked for', async () => {
    const {transcript} = await run([...toReview, 'd', 'q']);
    expect(
      transcript.slice(
        transcript.findIndex(line => line.startsWith('Changes of')),
        -2,
      ),
    ).toEqual(['Changes of .env.', '@@ -3 +3 @@', '-HTTPS_PORT=8443', '+HTTPS_PORT=443']);
  });

  test('what forbids the rollout comes first, with what to do', async () => {
    const {transcript} = await run([...toReview, 'q'], recordingServices([], {review: async () => blockedReview}));
    const at = transcript.indexOf('Checks of this host.');
    expect(transcript.slice(at + 1, at + 4)).toEqual([
      'Forbids the rollout: Ports, port 443 is in use by nginx (pid 812).',
      'What to do: Stop it: systemctl disable --now nginx',
      'What to do: Or give the gateway another port: press s, HTTPS port, for example 8443.',
    ]);
  });

  test('a plan that can not be made says why and is made again', async () => {
    let tries = 0;
    const services = recordingServices([], {
      review: async () => {
        tries += 1;
        if (tries === 1) throw new UserError('The folder can not be read.', {next: ['chown it.']});
        return review;
      },
    });
    const {transcript} = await run([...toReview, '', 'q'], services);
    expect(transcript).toContain('Problem: The folder can not be read.');
    expect([tries, transcript.at(-2)]).toEqual([2, expect.stringContaining('Type yes')]);
  });
});

describe('the checks of this host', () => {
  const port: Finding = {
    id: 'D41',
    title: 'Ports are free',
    level: 'blocking',
    what: 'port 443 is in use by nginx',
    next: ['Stop nginx.'],
    offers: [{component: 'gateway', input: 'https_port', value: '8443'}],
  };
  const well: Finding = {id: 'D1', title: 'Rights', level: 'ok', what: 'this is root', next: []};
  const services = (asked: unknown[]) =>
    recordingServices([], {
      check: async (_, ignored) => {
        asked.push(ignored);
        return [well, port];
      },
    });

  test('are heard with what is wrong first, and each says what to do', async () => {
    const {transcript} = await run(['c', '1', '', 'q'], services([]));
    const at = transcript.indexOf('Checking this host.');
    expect(transcript.slice(at + 1, at + 8)).toEqual([
      '1 Forbids the rollout: Ports are free, port 443 is in use by nginx.',
      '1 check passed.',
      'Checks. Number to hear what to do, r to check again, Enter to go back: <1>',
      'Forbids the rollout: Ports are free, port 443 is in use by nginx.',
      'What to do: Stop nginx.',
      'Offered: --set gateway.https_port=8443',
      'Checks. Number to hear what to do, r to check again, Enter to go back: <>',
    ]);
    expect(transcript.at(-2)).toBe('Enter to begin, p for saved profiles, c to check this host: <q>');
  });

  test('what is offered is taken over and checked again; nothing is ignored but after yes', async () => {
    const asked: unknown[] = [];
    const {transcript} = await run(['c', 't 1', 'i 1', 'no', 'i 1', 'yes', 'q'], services(asked));
    expect(asked).toHaveLength(2);
    expect(transcript.filter(line => /^(Taken over|D41 is a warning)/.test(line))).toEqual([
      'Taken over as an answer: --set gateway.https_port=8443',
      'D41 is a warning for this run; the journal will say so.',
    ]);
  });
});

describe('applications and secrets', () => {
  const secretive = (typed: readonly string[], asked: (readonly [string, boolean])[] = []) => {
    const {conversation, transcript} = talk(typed);
    const ask: Conversation['ask'] = (prompt, options) => {
      asked.push([prompt, options?.secret === true]);
      return conversation.ask(prompt, options);
    };
    const services = recordingServices([], {secrets: {present: async () => ['login_cookie_key'], reveal: async () => ''}});
    return {transcript, done: converse({catalog: secretiveCatalogue, services, answers: twoSites}, {...conversation, ask})};
  };

  test('the list is heard, one is given another name, and none is removed but after yes', async () => {
    const {transcript, done} = secretive([...enters(6), '', '', 's 3', 'r 1', 'journal', 'x 1', 'no', 'x 1', 'yes', '', 'q']);
    expect(await done).toBe(0);
    const said = transcript.join('\n');
    expect(said).toMatch(/1 .*answers at /);
    expect(said).toContain('Remove journal? Type yes, or anything else to keep it: <no>');
    expect(said).toMatch(/1 journal, [\s\S]*Remove journal\?[\s\S]*<yes>/);
  });

  test('one that is there is said when it is asked for, each time once', async () => {
    const said: string[] = [];
    const answered = ['show', '?', 'show', 'q'];
    const rest = [...enters(6), 's'];
    const conversation: Conversation = {
      signal: quiet,
      say: lines => void said.push(...lines),
      ask: async prompt => (prompt.includes('show to have it said') ? answered.shift() : (rest.shift() ?? '')),
    };
    const services = recordingServices([], {
      secrets: {present: async () => ['login_cookie_key'], reveal: async id => `what is in ${id}`},
    });
    expect(await converse({catalog: secretiveCatalogue, services, answers: twoSites}, conversation)).toBe(0);
    expect(answered).toEqual([]);
    expect(said.filter(line => line.includes('what is in login_cookie_key'))).toHaveLength(2);
    expect(said.filter(line => line === 'It stays on the screen: clear it when you are done.')).toHaveLength(2);
  });

  test('a secret is typed unseen, is never said, and one that is there is not asked for', async () => {
    const word = 'Sup3r-secret-word-of-mine';
    const said: string[] = [];
    const asked: (readonly [string, boolean])[] = [];
    const rest = [...enters(6), 's'];
    const conversation: Conversation = {
      signal: quiet,
      say: lines => void said.push(...lines),
      ask: async (prompt, options) => {
        asked.push([prompt, options?.secret === true]);
        if (asked.length > 60 || prompt.startsWith('Name of the profile')) return undefined;
        return /which is not shown/.test(prompt) ? word : (rest.shift() ?? '');
      },
    };
    const services = recordingServices([], {secrets: {present: async () => ['login_cookie_key'], reveal: async () => ''}});
    expect(await converse({catalog: secretiveCatalogue, services, answers: twoSites}, conversation)).toBe(0);
    const secrets = asked.filter(([, secret]) => secret).map(([prompt]) => prompt.replace(/,.*secrets.*kept.*/, ''));
    expect(secrets.some(prompt => prompt.includes('which is not shown'))).toBe(true);
    expect(secrets.some(prompt => prompt.includes('Enter to go on'))).toBe(false);
    expect(asked.some(([prompt]) => prompt.includes('Enter to go on'))).toBe(true);
    expect([...said, ...asked.map(([prompt]) => prompt)].filter(line => line.includes(word))).toEqual([]);
  });
});

describe('coming back', () => {
  const toYes = [...toReview, 'yes'];

  test('what is deployed is said, and what would be removed is removed only after yes', async () => {
    const calls: Calls = [];
    const services = recordingServices(calls, {inspectHost: async () => hostBefore, review: async () => removalReview});
    const {transcript} = await run([...toYes, '', ...['yes'], 'no', 'yes', 'yes', 'q'], services, deployedAnswers);
    const said = transcript.join('\n');
    expect(said).toMatch(/^Deployed already: infra-dev, by phases /m);
    expect(said).toMatch(/^Stopped and removed: sql-exporter\.$/m);
    expect(said).toMatch(/Shall it be removed\? Type yes, or anything else to go back to the plan: <>/);
    expect(transcript.at(-2)).toMatch(/^Name of the profile/);
    expect(transcript.at(-1)).toBe('Nothing was changed.');
  });

  test('the rollout may remove what was asked about, and nothing else', async () => {
    const agreed: (readonly string[])[] = [];
    const services = recordingServices([], {
      inspectHost: async () => hostBefore,
      review: async () => removalReview,
      rollout: async function* ({removed}) {
        agreed.push(removed);
        yield* finished;
      },
    });
    const {exitCode} = await run([...toYes, 'yes', ''], services, deployedAnswers);
    expect([exitCode, agreed]).toEqual([0, [['sql-exporter', 'sql']]]);
  });

  test('an edited file is asked about by number, and Enter alone decides nothing', async () => {
    const services = recordingServices([], {review: async () => editedReview});
    const {transcript} = await run([...toYes, '', 'd', '9', '1', 'q'], services);
    const said = transcript.join('\n');
    expect(said).toMatch(/1 of \d: you edited this file, and what would be written changed too\./);
    expect(said).toMatch(/Enter alone is no number from 1 to 3\./);
    expect(said).toMatch(/^1 Keep mine: /m);
  });
});

describe('saved profiles', () => {
  const profile: Profile = {version: 1, name: 'shop', savedAt: '2026-03-01T12:00:00.000Z', answers: deployedAnswers};
  const services = (changes: unknown[]) =>
    recordingServices([], {
      profiles: {
        list: async () => [profile],
        change: async asked => {
          changes.push(asked);
          return {kind: 'done', said: 'Done.'};
        },
      },
    });

  test('are heard, and a number takes the answers of one', async () => {
    const {transcript} = await run(['p', '1', 'q'], services([]));
    expect(transcript).toContain('1 shop, saved on 2026-03-01 12:00 UTC, dev, minimal, infra.localhost, 3 components.');
    expect(transcript.join('\n')).toMatch(/These are the answers of shop, saved on 2026-03-01 12:00 UTC\./);
  });

  test('are renamed and removed, the latter after yes', async () => {
    const changes: unknown[] = [];
    const {exitCode} = await run(['p', 'r 1', 'store', 'x 1', 'no', 'x 1', 'yes', 'q'], services(changes));
    expect(exitCode).toBe(0);
    expect(changes).toEqual([
      {kind: 'rename', from: 'shop', to: 'store', replace: false},
      {kind: 'remove', name: 'shop'},
    ]);
  });
});

describe('a rollout that fails', () => {
  test('asks what now, by number, and goes on as it was told', async () => {
    const services = recordingServices([], {rollout: ({decide}) => failingRollout([unhealthy, outOfMemory], decide)});
    const {exitCode, transcript} = await run([...toReview, 'yes', '-', '', '7', '2'], services);
    expect(exitCode).toBe(5);
    const at = transcript.findIndex(line => line.startsWith('2 failures'));
    expect(transcript.slice(at, at + 7)).toEqual([
      '2 failures: login, metrics. The rollout waits for your answer.',
      '1 Try again.',
      '2 Stop here; the next run goes on from this point.',
      'What now? Number from 1 to 2: <>',
      'Enter alone is no number from 1 to 2.',
      'What now? Number from 1 to 2: <7>',
      '7 is no number from 1 to 2.',
    ]);
  });

  test('stops when nobody answers any more', async () => {
    expect(await askDecision(talk([]).conversation, [outOfMemory])).toBe('stop');
    expect(await askDecision(talk(['2']).conversation, [outOfMemory])).toBe('continue');
  });

  test('says every step of a roll back before it asks whether to go back, and a no leads back to the question', async () => {
    const {conversation, transcript} = talk(['2', '1', '2', '2']);
    expect(await askDecision(conversation, [unhealthy], rollBack)).toBe('roll-back');
    const steps = [
      'Rolling back does this; volumes, secrets and your own overlay stay as they are:',
      '  write     .env  goes back to what it was on 2026-11-19 10:00 UTC',
      'Phase: Authentication',
      '  remove    login-mail  was not there before; has no data of its own',
      '  keep      login-db    runs as it did before',
      '  recreate  login       goes back from registry.example/login:1.1 to registry.example/login:1.0',
      '1 No, leave everything as it is.',
      '2 Do this now.',
    ];
    const options = [
      '1 Try again.',
      '2 Roll back Authentication; what that does is shown first.',
      '3 Stop here; the next run goes on from this point.',
    ];
    expect(transcript).toEqual([
      '1 failure: login. The rollout waits for your answer.',
      ...[...options, 'What now? Number from 1 to 3: <2>', ...steps, 'Go back? Number from 1 to 2: <1>'],
      ...[...options, 'What now? Number from 1 to 3: <2>', ...steps, 'Go back? Number from 1 to 2: <2>'],
    ]);
  });

  test('says why there is no way back, and then offers none', async () => {
    const {conversation, transcript} = talk(['2']);
    expect(await askDecision(conversation, [unhealthy], noWayBack)).toBe('stop');
    expect(transcript[1]).toMatch(/^No roll back: login-db ran postgres:18\.1/);
    expect(transcript.at(-1)).toBe('What now? Number from 1 to 2: <2>');
  });
});

test('no line of our own needs more than ASCII, draws a box or names a colour', async () => {
  const services = recordingServices([], {rollout: ({decide}) => failingRollout([unhealthy, outOfMemory], decide)});
  const helped = ['', '?', '', '?', ...enters(4), '?', ...enters(5), '?', 'yes', '?', '', '2'];
  const {transcript} = await run(helped, services);
  expect(transcript.at(-1)).toMatch(/Run the same command again/);
  const own = transcript.join('\n').replaceAll(/日本語の店|店の在庫/g, '');
  expect(own).toMatch(/^[\n -~]*$/);
  expect(own).not.toMatch(/colour|green|yellow|\bred\b|[|+]-{2}/);
});

describe('whatever is typed', () => {
  const line = fc.oneof(
    fc.constantFrom('', 'b', '?', 'f', 's', 'l', 'v 1', 'w', 'd', 'r', '-', '=', '1', '2', '3', 'blog', 'yes'),
    fc.string({unit: 'binary', maxLength: 12}),
  );

  test('nothing is changed before the plan was confirmed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, {maxLength: 40}), async lines => {
        const kept = lines.filter(typed => !['yes', 'w'].includes(typed.trim().toLowerCase())).map(printableLine);
        const {transcript} = await run(kept);
        expect(transcript.at(-1)).toBe('Nothing was changed.');
      }),
      {numRuns: 60},
    );
  });
});
