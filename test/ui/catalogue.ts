/** A small catalogue with one of everything a screen can meet. */
import {parseDocument} from 'yaml';
import type {Catalog, Choice, Component, Fragment, Input, Variant} from '../../source/catalog/catalog.ts';

const fragment = (networks: readonly string[] = ['proxy']): Fragment => ({
  path: 'test.yaml',
  document: parseDocument(`services: {}\nnetworks: {${networks.map(id => `${id}: {}`).join(', ')}}\n`),
});

const variant = (id: string, title: string, summary: string, more: Partial<Variant> = {}): Variant => ({
  id,
  title,
  summary,
  requires: [],
  conflicts: [],
  files: [],
  secrets: [],
  fragment: fragment(),
  ...more,
});

const single = variant('standalone', 'One instance', 'One instance on this server');

const choice = (id: string, title: string, summary: string, more: Partial<Choice> = {}): Choice => ({
  id,
  title,
  summary,
  env: new Map(),
  requires: [],
  files: [],
  secrets: [],
  ...more,
});

const input = (id: string, title: string, type: Input['type'], more: Partial<Input> = {}): Input => ({
  id,
  title,
  help: `What ${title.toLowerCase()} is for.`,
  type,
  env: id.toUpperCase(),
  early: false,
  choices: [],
  ...more,
});

const component = (id: string, title: string, summary: string, phase: string, more: Partial<Component> = {}): Component => ({
  id,
  title,
  summary,
  phase,
  overlay: 'infra',
  licence: 'Apache-2.0',
  homepage: `https://${id}.example`,
  required: false,
  recommended: false,
  hidden: false,
  repeatable: false,
  recommends: [],
  requiresOneOf: [],
  inputs: [],
  secrets: [],
  files: [],
  links: [],
  variants: [single],
  wiring: [],
  fragments: new Map(),
  assets: new Map(),
  ...more,
});

const encryption = input('tls', 'Encryption', 'choice', {
  help: 'Where the certificates come from that browsers check.',
  env: 'TLS_MODE',
  early: true,
  choices: [
    choice('acme', "Let's Encrypt", 'Certificates that every browser trusts. Needs a public domain', {domains: 'public'}),
    choice('local', 'Own authority', 'Made here, works for any domain. Browsers warn until you install its certificate'),
    choice('off', 'No encryption', 'Plain HTTP, for trying things out', {environments: ['dev']}),
  ],
});

const components: readonly Component[] = [
  component('gateway', 'Gateway', 'The reverse proxy: takes in all web traffic and encrypts it', 'core', {
    required: true,
    licence: 'MIT',
    inputs: [
      encryption,
      input('acme_email', "E-mail for Let's Encrypt", 'email', {example: 'ops@example.com', early: true, when: {tls: ['acme']}}),
      input('https_port', 'HTTPS port', 'port', {help: 'Port of this server for encrypted requests.', default: '443'}),
    ],
  }),
  component('login', 'Login', 'Single sign-on for everything else', 'authentication', {
    recommended: true,
    inputs: [
      input('host', 'Name of the sign-in', 'host', {
        help: 'People sign in at this address.',
        env: 'LOGIN_HOST',
        default: `auth.$\{DOMAIN}`,
      }),
    ],
    variants: [variant('standalone', 'One instance', 'One instance on this server', {requires: [{component: 'login-db'}]})],
  }),
  component('login-db', 'Login database', 'PostgreSQL of the sign-in alone', 'authentication', {hidden: true, licence: 'PostgreSQL'}),
  component('builds', 'Builds', 'Runs pipelines: build, test, deploy', 'applications', {licence: 'MIT', recommends: ['login']}),
  component('shop', 'Shop', '日本語の店: an application of your own', 'applications', {
    inputs: [input('title', 'Shop title', 'text', {help: 'Shown above every page.', env: 'SHOP_TITLE', example: 'My shop'})],
  }),
  component('site', 'Site', 'Pages of your own', 'applications', {
    repeatable: true,
    inputs: [input('host', 'Name of the site', 'host', {env: 'SITE_HOST', default: `$\{SITE_NAME}.$\{DOMAIN}`})],
  }),
  component('sql', 'SQL', 'Relational database', 'data', {
    licence: 'PostgreSQL',
    variants: [single, variant('cluster', 'Cluster of three', 'Three servers, one of which takes over when another is lost')],
  }),
  component('cache', 'Cache', 'Key-value store in memory', 'data', {variants: [{...single, conflicts: ['shop']}]}),
  component('metrics', 'Metrics', 'Collects numbers over time', 'observability'),
  component('dashboards', 'Dashboards', 'Draws what metrics and logs collect', 'observability', {requiresOneOf: ['metrics']}),
];

const gigabyte = 1e9;
const gibibyte = 2 ** 30;

export const catalogue: Catalog = {
  platform: {
    project: 'infra',
    phases: [
      {id: 'core', title: 'Core', why: 'Everything else is reached through it.'},
      {id: 'authentication', title: 'Authentication', why: 'Has to answer before applications start.'},
      {id: 'applications', title: 'Applications', why: 'They need the proxy and the sign-in.'},
      {id: 'data', title: 'Data', why: 'Databases and caches for applications.'},
      {id: 'observability', title: 'Observability', why: 'Comes last, so that it finds everything.'},
    ],
    overlays: [{id: 'infra', number: 11}],
    networks: [{id: 'proxy', subnet: '172.30.0.0/24', purpose: 'The way in', internal: false}],
    tiers: [
      {
        id: 'minimal',
        title: 'Minimal',
        summary: 'One small server: proxy and sign-in',
        cpus: 4,
        memory: 8 * gibibyte,
        disk: 50 * gigabyte,
        hosts: 1,
        components: new Map([
          ['gateway', 'standalone'],
          ['login', 'standalone'],
        ]),
      },
      {
        id: 'standard',
        title: 'Standard',
        summary: 'One server: every service once',
        cpus: 8,
        memory: 16 * gibibyte,
        disk: 100 * gigabyte,
        hosts: 1,
        components: new Map([
          ['gateway', 'standalone'],
          ['login', 'standalone'],
          ['sql', 'standalone'],
          ['metrics', 'standalone'],
          ['dashboards', 'standalone'],
        ]),
      },
    ],
    environments: [
      {id: 'dev', title: 'Development', summary: 'For trying things out'},
      {id: 'prod', title: 'Production', summary: 'For real users and real data'},
    ],
    inputs: [
      input('domain', 'Domain', 'domain', {
        help: 'Every service gets a name below this domain.',
        default: 'infra.localhost',
        example: 'example.com',
        early: true,
      }),
    ],
  },
  components: new Map(components.map(one => [one.id, one])),
  imageSizes: new Map(),
};
