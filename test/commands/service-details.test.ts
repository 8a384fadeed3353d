/** What is shown of a service, from what the engine answers: kept up to date, and without the secrets of the workspace. */
import {chmod, mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {watchDetails} from '../../source/commands/service-details.ts';
import {connect} from '../../source/engine/client.ts';
import type {ServiceDetails} from '../../source/plan/service-details.ts';
import {temporaryFolder} from '../helpers/cli.ts';
import {type Call, replayEngine} from '../helpers/replay-engine.ts';

const json = (value: unknown): Pick<Call, 'body' | 'headers'> => ({
  body: JSON.stringify(value),
  headers: {'content-type': 'application/json'},
});
const labels = {'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web'};
const secret = 'correct-horse-battery';

const inspecting = (id: string): Call => ({
  call: `GET /containers/${id}/json`,
  ...json({
    Id: id,
    Name: `/${id}`,
    State: {Status: 'running', Health: {Status: 'unhealthy', Log: [{ExitCode: 1, Output: `refused: ${secret}`}]}},
    Config: {
      Image: 'web:1',
      Labels: labels,
      Env: [`GREETING=hello ${secret}`, 'LANG=C', 'ADMIN_PASSWORD=x'],
      Cmd: ['web', `--with=${secret}`],
      Healthcheck: {Test: ['CMD', 'ask', secret]},
    },
    HostConfig: {},
    NetworkSettings: {Networks: {inner: {}, other: {}}},
  }),
});
const listing = (id: string): Call => ({call: 'GET /containers/json', ...json([{Id: id, Names: [`/${id}`], Labels: labels}])});
const digest = `sha256:${'ab'.repeat(32)}`;
const around: readonly Call[] = [
  {call: 'GET /images/web:1/json', ...json({Id: 'sha256:1', RepoDigests: [`web@${digest}`]})},
  {call: 'GET /networks', ...json([{Name: 'inner', Internal: true}, {Name: 'other'}])},
];
const opening = (id: string) => [listing(id), inspecting(id), inspecting(id), ...around];

test('shows no secret of the workspace wherever it stands, and finds a container again that was replaced', async () => {
  const directory = await temporaryFolder();
  await mkdir(join(directory, 'secrets'), {mode: 0o700});
  await writeFile(join(directory, 'secrets', 'web_key'), `${secret}\n`);
  await chmod(join(directory, 'secrets', 'web_key'), 0o444);
  const gone: Call = {call: 'GET /containers/one/json', status: 404, ...json({message: 'No such container'})};
  const {endpoint} = await replayEngine([...opening('one'), gone, ...opening('two')]);
  const engine = connect(endpoint);
  onTestFinished(() => engine.close());
  const ending = new AbortController();
  const seen: ServiceDetails[] = [];
  for await (const details of watchDetails({engine, project: 'shop', directory}, 'web', ending.signal)) {
    seen.push(details);
    if (seen.length === 2) ending.abort();
  }
  expect(seen.map(({containerId}) => containerId)).toEqual(['one', 'two']);
  expect(JSON.stringify(seen)).not.toContain(secret);
  expect(seen[0]).toMatchObject({
    digest,
    command: ['web', '--with=(hidden)'],
    healthCheck: {command: ['CMD', 'ask', '(hidden)'], runs: [{output: 'refused: (hidden)'}]},
    environment: [
      {name: 'ADMIN_PASSWORD', value: undefined},
      {name: 'GREETING', value: undefined},
      {name: 'LANG', value: 'C'},
    ],
    networks: [
      {name: 'inner', internal: true},
      {name: 'other', internal: false},
    ],
  });
});
