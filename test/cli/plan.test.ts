/** `plan` on a host without Docker: what it prints, what it carries as data, and how it ends. */
import {readdir} from 'node:fs/promises';
import {expect, onTestFinished, test} from 'vitest';
import {binary, environmentAt, runCli, temporaryFolder} from '../helpers/cli.ts';
import {launch} from '../helpers/pty.ts';

const plan = async (...args: readonly string[]) => {
  const folder = await temporaryFolder();
  const env = {...environmentAt(folder), DOCKER_HOST: 'unix:///nonexistent/docker.sock'};
  const finished = await runCli(['plan', '--tier', 'minimal', ...args], {env, cwd: folder});
  expect(await readdir(folder)).toEqual([]);
  return finished;
};

/** Lines below a heading. */
const below = (text: string, heading: string): readonly string[] => {
  const lines = text.split('\n');
  const start = lines.indexOf(heading) + 1;
  const end = lines.findIndex((line, place) => place >= start && !line.startsWith(' '));
  return lines.slice(start, end);
};

test('as text: ports and who reaches them, addresses, download and memory', async () => {
  const {code, stdout} = await plan('--set', 'traefik.https_port=8443', '--domain', 'shop.example');
  expect(code).toBe(0);
  expect(below(stdout, 'Open ports')).toEqual([
    '  80/tcp    from everywhere  traefik',
    '  8443/tcp  from everywhere  traefik',
    expect.stringContaining('before ufw or firewalld is asked'),
  ]);
  expect(below(stdout, 'Addresses')).toContainEqual(
    expect.stringMatching(
      /Keycloak admin console +https:\/\/auth\.shop\.example\S*\/admin\/ +admin, password in secrets\/keycloak_admin_password/,
    ),
  );
  expect(below(stdout, 'Download and memory')).toEqual([
    expect.stringMatching(/^ {2}About \d+ MB to download/),
    expect.stringMatching(/^ {2}Services may use up to [\d.]+ GiB of memory[;,].* host/),
  ]);
});

test('as data, with the setting that each port comes from, and exit 6 when there is something to do', async () => {
  const {code, stdout} = await plan('--json', '--exit-code');
  const document = JSON.parse(stdout);
  expect(code).toBe(6);
  expect(document.ports).toEqual([
    {port: 80, protocol: 'tcp', service: 'traefik', origin: {kind: 'setting', component: 'traefik', input: 'http_port'}},
    {port: 443, protocol: 'tcp', service: 'traefik', origin: {kind: 'setting', component: 'traefik', input: 'https_port'}},
  ]);
  expect(document.download).toContainEqual({
    image: expect.stringMatching(/^traefik:/),
    size: expect.any(Number),
    origin: {kind: 'component', component: 'traefik'},
  });
  expect(document).toMatchObject({
    hostNetwork: [],
    aroundFirewall: true,
    changes: true,
    memory: {limit: expect.any(Number), unlimited: 0, host: expect.any(Number)},
    notices: [expect.stringContaining('platform_ca.crt')],
  });
  expect(document.links.map(({url}: {url: string}) => url)).toContain('https://auth.infra.localhost/admin/');
});

/** What it says, in a terminal of 80 columns and in a file. */
const saidTwice = async (...args: readonly string[]) => {
  const folder = await temporaryFolder();
  const options = {env: {...environmentAt(folder), DOCKER_HOST: 'unix:///nonexistent/docker.sock'}, cwd: folder};
  const terminal = launch([process.execPath, binary, ...args], {...options, rows: 400});
  onTestFinished(() => terminal.close());
  await terminal.exited;
  const {stdout, stderr} = await runCli(args, options);
  return {seen: await terminal.screen(), kept: stdout + stderr};
};

const wordsOf = (text: string) => text.split(/\s+/).filter(word => word !== '');

test.each([
  ['plan', '--tier', 'standard'],
  ['plan', '--with', `${'no-such-component-'.repeat(3)},and-another-one`],
])('%s %s %s tears no word apart in a terminal, and no line in a file', async (...args) => {
  const {seen, kept} = await saidTwice(...args);
  expect(wordsOf(seen)).toEqual(wordsOf(kept));
  expect(kept.split('\n').some(line => line.length > 80)).toBe(true);
});

test('doctor breaks what it found between words in a terminal, and below itself', async () => {
  const {seen, kept} = await saidTwice('doctor');
  const said = 'No Docker Engine answers: It is not running. Asked at unix:///nonexistent/docker.sock, as DOCKER_HOST says.';
  expect(kept).toContain(`     ${said}\n`);
  expect(seen).toContain(`     ${said.replace(' unix', '\n     unix')}\n`);
});
