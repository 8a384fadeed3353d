/** The doctor of a bare host: no engine, no workspace, no profile. */
import {once} from 'node:events';
import {readdir} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {environmentAt, runCli, temporaryFolder} from '../helpers/cli.ts';

interface Document {
  readonly findings: readonly {
    readonly id: string;
    readonly level: string;
    readonly what: string;
    readonly next: readonly string[];
    readonly offers: readonly {readonly component: string; readonly input: string; readonly value: string}[];
    readonly ignored: boolean;
  }[];
}

const bare = async (...args: readonly string[]) => {
  const folder = await temporaryFolder();
  const env = {...environmentAt(folder), DOCKER_HOST: `unix://${join(folder, 'no.sock')}`};
  const finished = await runCli(['doctor', ...args], {env, cwd: folder});
  return {...finished, left: await readdir(folder)};
};

/** A port that this test alone listens on. */
const takenPort = async () => {
  const server = createServer().listen(0, '::');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
};

test('it says what forbids a rollout and how to mend it, exits with 3, and leaves nothing behind', async () => {
  const {code, stdout, stderr, left} = await bare();
  expect([code, stderr, left]).toEqual([3, '', []]);
  expect(stdout).toMatch(
    /^\d+ checks? forbids? a rollout, \d+ warnings?, \d+ passed\.\n\nFORBIDS A ROLLOUT\n\nD21 {2}Docker Engine answers\n/,
  );
  expect(stdout).toMatch(/\n {5}→ sudo apt-get/);
  expect(stdout).toContain('\nPASSED\n');
});

test('a port that is taken names its holder and offers a free one, and the offer mends it', async () => {
  const port = await takenPort();
  const setting = `traefik.http_port=${port}`;
  const document: Document = JSON.parse((await bare('--json', '--set', setting)).stdout);
  const finding = document.findings.find(({id}) => id === 'D49');
  expect(finding).toMatchObject({level: 'blocking', ignored: false, what: expect.stringContaining(`(process ${process.pid})`)});
  const offer = finding?.offers.find(({input}) => input === 'http_port');
  expect(finding?.next).toContain(`Or take port ${offer?.value}, which is free: --set traefik.http_port=${offer?.value}`);
  const mended: Document = JSON.parse((await bare('--json', '--set', `traefik.http_port=${offer?.value}`)).stdout);
  expect(mended.findings.find(({id}) => id === 'D49')?.what).not.toContain(`${offer?.value}/tcp`.concat(' for'));
});

test('what is ignored is a warning that says so; what nothing works without can not be', async () => {
  const port = await takenPort();
  const document: Document = JSON.parse((await bare('--json', '--ignore', 'D49,D21', '--set', `traefik.http_port=${port}`)).stdout);
  const found = document.findings.filter(({id}) => id === 'D49' || id === 'D21').map(({id, level, ignored}) => [id, level, ignored]);
  expect(found).toEqual([
    ['D21', 'blocking', false],
    ['D49', 'warning', true],
  ]);
});
