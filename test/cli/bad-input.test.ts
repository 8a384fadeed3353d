/** Bad input, by the built program: what it says word for word, its exit code, and that nothing was written. */
import {chmod, mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {environmentAt, type Finished, runCli, startProgram, temporaryFolder} from '../helpers/cli.ts';

/** `FOLDER` in what is expected stands for the folder it ran in. */
interface Case {
  readonly args: readonly string[];
  readonly code: number;
  readonly stderr: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

const later = `version: 1
name: later
savedAt: "2026-03-01T12:30:00.000Z"
answers:
  tier: minimal
  environment: dev
  strategy: incremental
  components: {traefik: standalone, abacus: standalone}
  settings: {}
`;

const cases: readonly Case[] = [
  {
    args: ['plan', '--profile', './later.yml'],
    files: {'later.yml': later},
    code: 2,
    stderr: [
      'error: The saved answers name abacus, which this infra-wizard does not know.',
      '  Found in components.',
      '  next: Use the infra-wizard that saved them, or the newest: npx infra-wizard@latest. To go on without it: --without abacus',
    ],
  },
  {args: ['upp'], code: 2, stderr: ['error: There is no command "upp".', '  next: Did you mean "up"?']},
  {
    args: ['wurst'],
    code: 2,
    stderr: [
      'error: There is no command "wurst".',
      '  next: Commands: catalog, write, plan, up, update, status, logs, report, doctor, down, profile.',
    ],
  },
  {
    args: [],
    code: 2,
    stderr: [
      'error: The wizard needs a terminal.',
      '  Standard input and output are not both a terminal that can draw.',
      '  next: Use the commands instead: infra-wizard up --yes, infra-wizard --help.',
    ],
  },
  {args: ['write', '--wiht', 'keycloak'], code: 2, stderr: ['error: There is no option --wiht.', '  next: Did you mean "with"?']},
  {
    args: ['write', '--volumes'],
    code: 2,
    stderr: ['error: There is no option --volumes together with "infra-wizard write".', '  next: See infra-wizard write --help.'],
  },
  {
    args: ['doctor', '--ignore', 'D4'],
    code: 2,
    stderr: ['error: There is no check "D4".', '  Found in --ignore.', '  next: Did you mean "D24"?'],
  },
  {
    args: ['write', '--secret-file', 'keycloak.admin_password'],
    code: 2,
    stderr: ['error: "keycloak.admin_password" names no secret and its file.', '  next: Write --secret-file COMPONENT.SECRET=FILE.'],
  },
  {
    args: ['write', '--secret-file', 'keycloak.admin_pasword=word'],
    files: {word: 'Correct-Horse.42\n'},
    code: 2,
    stderr: [
      'error: There is no secret "keycloak.admin_pasword".',
      '  Found in --secret-file.',
      '  next: Did you mean "keycloak.admin_password"?',
    ],
  },
  {
    args: ['write', '--secret-file', 'keycloak.admin_password=empty'],
    files: {empty: '\n'},
    code: 2,
    stderr: [
      'error: The file empty can not be used as a secret.',
      '  It is empty.',
      '  next: Name a file that holds the secret alone, on one line.',
    ],
  },
  {
    args: ['write', '--secret-file', 'keycloak.admin_password=short'],
    files: {short: 'unsaid'},
    code: 2,
    stderr: [
      'error: The secret for keycloak.admin_password can not be used.',
      '  Found in --secret-file.',
      '  next: It must be 12 to 64 characters: letters, digits, - _ and ., beginning with a letter; others get lost on the way through configuration files.',
    ],
  },
  {
    args: ['plan', '--secret-file', 'keycloak.admin_password=short'],
    code: 2,
    stderr: ['error: There is no option --secret-file together with "infra-wizard plan".', '  next: See infra-wizard plan --help.'],
  },
  {args: ['write', '--dir'], code: 2, stderr: ['error: --dir needs a value.', '  next: See infra-wizard write --help.']},
  {args: ['logs'], code: 2, stderr: ['error: infra-wizard logs needs SERVICE.', '  next: Usage: infra-wizard logs SERVICE [OPTIONS]']},
  {
    args: ['catalog', 'extra'],
    code: 2,
    stderr: ['error: infra-wizard catalog does not take "extra".', '  next: Usage: infra-wizard catalog [OPTIONS]'],
  },
  {
    args: ['write', '--with', 'keyclaok'],
    code: 2,
    stderr: ['error: There is no component "keyclaok".', '  Found in --with.', '  next: Did you mean "keycloak"?'],
  },
  {
    args: ['write', '--with', 'keycloak:clustr'],
    code: 2,
    stderr: ['error: There is no variant of keycloak "clustr".', '  Found in keycloak.', '  next: Did you mean "cluster"?'],
  },
  {
    args: ['write', '--without', 'traefik'],
    code: 2,
    stderr: ['error: Traefik is part of every platform.', '  Found in --without.', '  next: Leave out --without traefik.'],
  },
  {
    args: ['write', '--set', 'traefik.http_port=65536'],
    code: 2,
    stderr: ['error: HTTP port can not be "65536".', '  Found in traefik.http_port.', '  next: It must be a whole number from 1 to 65535.'],
  },
  {
    args: ['write', '--set', 'traefik.http_port=443'],
    code: 2,
    stderr: ['error: Port 443 is also traefik.http_port.', '  Found in traefik.https_port.', '  next: Give one of them another port.'],
  },
  {
    args: ['write', '--set', 'keycloak.host=bad host`'],
    code: 2,
    stderr: [
      'error: Name of the sign-in page can not be "bad host`".',
      '  Found in keycloak.host.',
      '  next: It must be a host name such as auth.example.com: letters, digits, - and dots.',
    ],
  },
  {
    args: ['write', '--set', 'nonsense'],
    code: 2,
    stderr: ['error: "nonsense" is not a setting.', '  Found in --set.', '  next: Write --set COMPONENT.INPUT=VALUE.'],
  },
  {
    args: ['write', '--set', 'traefik.nope=1'],
    code: 2,
    stderr: [
      'error: There is no setting of traefik "nope".',
      '  Found in traefik.',
      '  next: Known: http_port, https_port, tls, acme_email, acme_server, url_port, host.',
    ],
  },
  {
    args: ['write', '--tier', 'huge', '--environment', 'tets', '--strategy', 'fast'],
    code: 2,
    stderr: [
      'error: These options do not fit.',
      '  --strategy: There is no strategy "fast". Known: incremental, all-in-one.',
      '  --tier: There is no tier "huge". Known: minimal, standard, ha.',
      '  next: Correct these, then run the same command again.',
    ],
  },
  {
    args: ['write', '--environment', 'stagin'],
    code: 2,
    stderr: ['error: There is no environment "stagin".', '  Found in environment.', '  next: Did you mean "staging"?'],
  },
  {
    args: ['up', '--yes', '--phase', 'cor'],
    code: 2,
    stderr: ['error: There is no phase "cor".', '  Found in --phase.', '  next: Did you mean "core"?'],
  },
  {
    args: ['write', '--progress', 'fancy'],
    code: 2,
    stderr: ['error: There is no display "fancy".', '  Found in --progress.', '  next: Known: auto, tty, plain, json, quiet.'],
  },
  {
    args: ['write', '--profile', './broken.yml'],
    files: {'broken.yml': 'a: [1\n'},
    code: 2,
    stderr: [
      'error: The profile in ./broken.yml cannot be read',
      '  ./broken.yml:2: Flow sequence in block collection must be sufficiently indented and end with a ]',
      '  next: Correct this line.',
    ],
  },
  {
    args: ['write', '--profile', './wrong.yml'],
    files: {'wrong.yml': 'hello: 1\n'},
    code: 2,
    stderr: [
      'error: The profile in ./wrong.yml cannot be read',
      '  ./wrong.yml:1: version is missing',
      '  ./wrong.yml:1: name is missing',
      '  ./wrong.yml:1: savedAt is missing',
      '  ./wrong.yml:1: answers is missing',
      '  ./wrong.yml:1: hello is not a key that is known here',
      '  next: Remove it, or correct its spelling.',
    ],
  },
  {
    args: ['profile', 'import', 'missing.yml'],
    code: 2,
    stderr: [
      'error: The profile missing.yml can not be read.',
      "  ENOENT: no such file or directory, open 'missing.yml'",
      '  next: Check the path.',
    ],
  },
  {
    args: ['profile', 'frob'],
    code: 2,
    stderr: [
      'error: There is no action "frob".',
      '  Found in profile.',
      '  next: Known: list, show, save, rename, copy, export, import, remove.',
    ],
  },
  {
    args: ['profile', 'rename', 'shop'],
    code: 2,
    stderr: ['error: infra-wizard profile rename needs OLD and NEW.', '  next: Usage: infra-wizard profile rename OLD NEW'],
  },
  {
    args: ['profile', 'list', 'shop'],
    code: 2,
    stderr: ['error: infra-wizard profile list does not take "shop".', '  next: Usage: infra-wizard profile list'],
  },
  {
    args: ['status'],
    code: 2,
    stderr: [
      'error: There is no platform in FOLDER/infra.',
      '  infra-wizard has written nothing there yet.',
      '  next: Name its folder with --dir DIR.',
      '  next: Or set one up: infra-wizard up.',
    ],
  },
  {
    args: ['up', '--yes'],
    code: 1,
    stderr: [
      'error: The Docker Engine cannot be reached.',
      '  It is not running. Asked at unix:///nonexistent/docker.sock, as DOCKER_HOST says.',
      '  next: Start it: sudo systemctl start docker.',
      '  next: See what it says: journalctl -u docker.',
    ],
  },
  {
    args: ['write', '--dir', 'file'],
    files: {file: 'mine\n'},
    code: 3,
    stderr: [
      'error: FOLDER/file is not a folder',
      '  A file of that name is in the way.',
      '  next: Move it away or choose another folder with --dir.',
    ],
  },
];

const withoutDocker = (folder: string) => ({...environmentAt(folder), DOCKER_HOST: 'unix:///nonexistent/docker.sock'});

test.each(cases.map(item => [item.args.join(' ') || '(no terminal)', item] as const))('%s', async (_, {args, code, stderr, files = {}}) => {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const finished = await runCli(args, {env: withoutDocker(folder), cwd: folder});
  const expected: Finished = {code, stdout: '', stderr: `${stderr.join('\n').replaceAll('FOLDER', folder)}\n`};
  expect(finished).toEqual(expected);
  expect((await readdir(folder)).sort()).toEqual(Object.keys(files).sort());
});

test('what another version set up is named where it is looked at, and can be left out', async () => {
  const folder = await temporaryFolder();
  const run = (...args: readonly string[]) => runCli(args, {env: withoutDocker(folder), cwd: folder});
  expect((await run('write', '--without', 'keycloak')).code).toBe(0);
  const answers = join(folder, 'infra/.infra-wizard/answers.yml');
  await writeFile(answers, later.replace('name: later', 'name: workspace'));
  for (const command of ['status', 'down']) {
    expect(await run(command)).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: This infra-wizard does not know abacus of the platform in this folder.
  Another version set it up.
  next: Use that one, or the newest: npx infra-wizard@latest.
  next: Or leave it out, which stops nothing of it: infra-wizard write --without abacus
`,
    });
  }
  expect((await run('write', '--without', 'abacus')).code).toBe(0);
  expect(await readFile(answers, 'utf8')).not.toContain('abacus');
});

test('in JSON, the same as one document', async () => {
  const folder = await temporaryFolder();
  const {code, stdout, stderr} = await runCli(['plan', '--json', '--with', 'keyclaok'], {env: withoutDocker(folder), cwd: folder});
  expect({code, stdout, error: JSON.parse(stderr)}).toEqual({
    code: 2,
    stdout: '',
    error: {
      error: {
        kind: 'user',
        what: 'There is no component "keyclaok".',
        why: ['Found in --with.'],
        said: [],
        next: ['Did you mean "keycloak"?'],
        exitCode: 2,
      },
    },
  });
});

/** Root may write everywhere, except as somebody else. */
test.runIf(process.getuid?.() === 0)('a folder without write permission', async () => {
  const folder = await temporaryFolder();
  await chmod(folder, 0o755);
  const home = await temporaryFolder();
  await chmod(home, 0o777);
  const asNobody = (argv: readonly string[]) => ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--', ...argv];
  const finished = await runCli(['write', '--dir', join(folder, 'infra')], {env: withoutDocker(home), cwd: home, inside: asNobody});
  expect(finished.stderr).toMatch(
    /^error: .*\n {2}You have no right to write there\. \(EACCES\)\n {2}next: Choose a folder of your own with --dir/,
  );
  expect({code: finished.code, stdout: finished.stdout, left: await readdir(folder)}).toEqual({code: 3, stdout: '', left: []});
});

test('a catalogue that is broken is named with file and line, and nothing is written', async () => {
  const folder = await temporaryFolder();
  const copy = join(folder, 'package');
  const root = new URL('../../', import.meta.url);
  await mkdir(copy);
  const copied = await startProgram(['cp', '-r', 'dist', 'compose', 'assets', 'package.json', copy], {env: process.env, cwd: root.pathname})
    .finished;
  expect(copied).toMatchObject({code: 0});
  await writeFile(join(copy, 'compose/traefik/component.yaml'), 'title: Traefik\nsummary: [not closed\n');
  const finished = await startProgram([process.execPath, join(copy, 'dist/infra-wizard.cjs'), 'write'], {
    env: withoutDocker(folder),
    cwd: folder,
  }).finished;
  expect(finished).toMatchObject({code: 2, stdout: ''});
  expect(finished.stderr).toMatch(/^error: The catalogue is broken; nothing was done\.\n {2}(?:compose\/)?traefik\/component\.yaml:\d+: /);
  expect(await readdir(folder)).toEqual(['package']);
});
