/** Recorded reviews of more than a first rollout: a platform that runs, and one that loses something. */
import type {PlannedPhase, Step} from '../../source/plan/plan.ts';
import type {Review} from '../../source/ui/services.ts';
import {review} from './fixtures.ts';

const step = (op: Step['op'], resource: string, cause: string): Step => ({id: `${op}/${resource}`, op, resource, cause, dependsOn: []});

const [core, authentication] = review.plan.phases;
if (!core || !authentication) throw new Error('The recorded plan has two phases.');

const names = (count: number, of: string) => Array.from({length: count}, (_, index) => `${of}-${index + 1}`);

const running = (phase: PlannedPhase, services: readonly string[], changed: readonly Step[] = []): PlannedPhase => ({
  ...phase,
  steps: [...changed, ...services.map(name => step('keep', name, 'runs as its overlay says'))],
  services: services.map(name => ({...phase.services[0], name, component: 'gateway', op: 'keep'}) as PlannedPhase['services'][number]),
});

const diff = [
  '--- 11-docker-compose.Infra.dev.yml',
  '+++ 11-docker-compose.Infra.dev.yml',
  '@@ -12,3 +12,3 @@',
  ' services:',
  '-    image: registry.example/gateway:1.0',
  '+    image: registry.example/gateway:1.1',
].join('\n');

/** 44 services and 100 files, nearly all of them right. */
export const longReview: Review = {
  ...review,
  plan: {
    ...review.plan,
    files: [],
    phases: [
      running(core, names(20, 'gateway')),
      running(authentication, names(23, 'login'), [
        step('pull', 'registry.example/login:1.1', 'not on this host'),
        step('recreate', 'login', 'image changes from registry.example/login:1.0 to registry.example/login:1.1'),
      ]),
    ],
  },
  files: [
    {path: '11-docker-compose.Infra.dev.yml', state: 'outdated', diff, origin: {kind: 'component', component: 'gateway'}},
    {path: 'config/login/theme.css', state: 'conflict', diff: '@@ -1 +1 @@\n-red\n+blue', origin: {kind: 'component', component: 'login'}},
    ...names(98, 'config/gateway/rule').map(path => ({
      path,
      state: 'same' as const,
      origin: {kind: 'component', component: 'gateway'} as const,
    })),
  ],
  download: [{image: 'registry.example/login:1.1', size: 240e6, origin: {kind: 'component', component: 'login'}}],
};

/** Something is not selected any more. */
export const removalReview: Review = {
  ...longReview,
  plan: {
    ...longReview.plan,
    phases: longReview.plan.phases.map(phase =>
      phase.id === 'core'
        ? phase
        : {
            ...phase,
            steps: [
              ...phase.steps,
              step('remove', 'shop', 'not selected any more; its volumes are kept'),
              step('leave', 'scratch', 'runs, but is not selected; nothing is removed unasked'),
            ],
          },
    ),
  },
};
