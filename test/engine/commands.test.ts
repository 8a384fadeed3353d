import {expect, test} from 'vitest';
import * as commands from '../../source/engine/commands.ts';

const project = {
  project: 'platform-dev',
  directory: '/srv/infra',
  files: ['/srv/infra/11.yml', '/srv/infra/90.yml'],
  envFile: '/srv/infra/.env',
};
const general = '--project-name platform-dev --project-directory /srv/infra --env-file /srv/infra/.env';
const files = '--file /srv/infra/11.yml --file /srv/infra/90.yml';

test.each([
  ['version', commands.composeVersion(), 'docker compose version --short'],
  ['version of the first compose', commands.composeV1Version(), 'docker-compose version --short'],
  ['config', commands.composeConfig(project), `docker compose ${general} ${files} config --format json`],
  ['hash', commands.composeHash(project), `docker compose ${general} --file - config --hash *`],
  [
    'up',
    commands.composeUp(['db', 'web'], project),
    `docker compose --progress json ${general} ${files} up --detach --no-deps --pull never -- db web`,
  ],
  ['down', commands.composeDown({volumes: false}, project), `docker compose --progress json ${general} ${files} down`],
  ['down with data', commands.composeDown({volumes: true}, project), `docker compose --progress json ${general} ${files} down --volumes`],
  [
    'a project as its folder has it',
    commands.composeConfig({project: 'platform-dev', directory: '/srv/infra'}),
    'docker compose --project-name platform-dev --project-directory /srv/infra config --format json',
  ],
  ['whether there is such a shell', commands.shellProbe('9f9f', 'bash'), 'docker exec 9f9f bash -c :'],
  ['a shell', commands.shellIn('9f9f', 'sh'), 'docker exec --interactive --tty 9f9f sh'],
  ['a browser', commands.browser('linux', 'https://shop.example/') ?? [], 'xdg-open https://shop.example/'],
  ['no browser', commands.browser('aix', 'https://shop.example/') ?? [], ''],
  ['credential helper', commands.credentialHelper('pass'), 'docker-credential-pass get'],
  [
    'tunnel',
    commands.tunnel({destination: 'ada@host', port: '2222', local: '/tmp/x.sock', remote: '/var/run/docker.sock'}),
    'ssh -nNT -o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=15 -o ExitOnForwardFailure=yes -o StreamLocalBindUnlink=yes -p 2222 -L /tmp/x.sock:/var/run/docker.sock -- ada@host',
  ],
])('%s', (_name, argv, line) => {
  expect(argv.join(' ')).toBe(line);
});
