/** A workspace that was rolled out before: the first phases are there, one more component was picked and left out again. */
import {type Deployed, deployedOf} from '../../source/plan/deployed.ts';
import type {Review} from '../../source/ui/services.ts';
import {container} from '../helpers/observed.ts';
import {catalogue} from './catalogue.ts';
import {answers, host, review, start} from './fixtures.ts';

export const deployedAnswers = {...answers, components: {...answers.components, sql: 'standalone'}};

const deployed: Deployed = deployedOf({
  catalog: catalogue,
  answers: deployedAnswers,
  project: 'infra-dev',
  containers: [
    container('gateway', {component: 'gateway', health: 'healthy'}),
    container('login', {component: 'login', health: 'healthy'}),
    container('login-db', {component: 'login-db', health: 'healthy', volumes: ['infra-dev_login-db-data']}),
  ],
  writtenAt: start - 3_600_000,
  rolledOutAt: start - 3_500_000,
});

export const hostBefore = {...host, deployed};

export const removalReview: Review = {
  ...review,
  plan: {
    ...review.plan,
    removal: {
      services: [
        {service: 'sql-exporter', component: 'sql', volumes: [], first: false},
        {service: 'sql', component: 'sql', volumes: ['infra-dev_sql-data'], first: true},
      ],
      networks: ['infra-dev_dbnet'],
    },
  },
};

const diffOf = (path: string, rows: readonly string[]) => [`--- ${path}  on disk`, `+++ ${path}  to be written`, ...rows, ''].join('\n');

/** Two generated files that were edited: one whose change can be said as an overlay, and one whose can not. */
export const editedReview: Review = {
  ...review,
  files: [
    ...review.files,
    {
      path: '11-docker-compose.Infra.dev.yml',
      state: 'conflict',
      keep: {how: 'own-overlay'},
      diff: diffOf('11-docker-compose.Infra.dev.yml', [
        '@@ -4,7 +4,6 @@',
        ' services:',
        '   gateway:',
        '-    image: registry.example/gateway:1.0',
        '+    image: registry.example/gateway:1.1',
        '     restart: unless-stopped',
        '-    init: true',
        '     networks: [proxy]',
      ]),
    },
    {
      path: '12-docker-compose.Infra.dev.storage.yml',
      state: 'conflict',
      keep: {how: 'not', why: ['services.store.ports was removed, and an overlay can only add and change.']},
      diff: diffOf('12-docker-compose.Infra.dev.storage.yml', [
        '@@ -7,6 +7,7 @@',
        '   store:',
        '     image: registry.example/store:1.0',
        '+    ports: ["9000:9000"]',
      ]),
    },
  ],
};
