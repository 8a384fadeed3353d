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
