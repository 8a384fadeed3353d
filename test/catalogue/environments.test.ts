/** One profile with another environment and another domain is another platform: what the two have in common is named by the checks of the host. */
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import type {Catalog} from '../../source/catalog/catalog.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {render} from '../../source/plan/render.ts';
import {defaultAnswers, select} from '../../source/plan/select.ts';
import {exportProfile, importProfile} from '../../source/workspace/profiles.ts';
import {mergedOverlays, theCatalog} from './support.ts';

const catalog = await theCatalog();

const answersOf = (tier: string): Answers => defaultAnswers(catalog, tier);

const nameOf = (thing: unknown): string | undefined =>
  typeof thing === 'object' && thing !== null && 'name' in thing && typeof thing.name === 'string' ? thing.name : undefined;

/** The profile as it comes back from a file, with what is said on top of it. */
const platformOf = (base: Catalog, tier: string, environment: string, domain: string) => {
  const text = exportProfile({version: 1, name: 'shop', savedAt: '2026-03-01T12:00:00.000Z', answers: answersOf(tier)});
  const {answers} = importProfile(text, 'shop.yml');
  const result = select(base, {...answers, environment, settings: {...answers.settings, platform: {...answers.settings.platform, domain}}});
  if (!result.ok) throw new Error(result.problems.map(({where, what}) => `${where}: ${what}`).join('\n'));
  const rendered = render(base, result.value);
  const {networks, volumes} = mergedOverlays(rendered);
  // What has no name of its own gets one from compose, which puts the project in front.
  const ofProject = (things: object | undefined) =>
    Object.entries(things ?? {}).map(([id, thing]) => nameOf(thing) ?? `${result.value.project}_${id}`);
  const texts = rendered.files.map(({content}) => content).join('\n');
  return {
    project: result.value.project,
    overlays: rendered.files.map(({path}) => path).filter(path => /^\d\d-/.test(path)),
    networks: ofProject(networks),
    volumes: ofProject(volumes),
    hosts: [...new Set([...texts.matchAll(/[\w.-]+\.(?:one|two)\.localhost/g)].map(([host]) => host))],
    texts,
  };
};

const common = (one: readonly string[], other: readonly string[]) => one.filter(name => other.includes(name));

test.each(catalog.platform.tiers.map(({id}) => id))(
  'the profile of the tier %s is two platforms in two environments with two domains',
  tier => {
    const one = platformOf(catalog, tier, 'dev', 'one.localhost');
    const other = platformOf(catalog, tier, 'prod', 'two.localhost');
    expect([one.project, other.project]).toEqual(['infra-dev', 'infra-prod']);
    for (const what of ['overlays', 'networks', 'volumes', 'hosts'] as const) {
      expect(one[what].length, what).toBeGreaterThan(0);
      expect(one[what].length, what).toBe(other[what].length);
      expect(common(one[what], other[what]), what).toEqual([]);
    }
    expect([/two\.localhost|infra-prod|Infra\.prod/.test(one.texts), /one\.localhost|infra-dev|Infra\.dev/.test(other.texts)]).toEqual([
      false,
      false,
    ]);
  },
);

test('the proxy of one environment routes to containers of its own project alone', () => {
  const ports = {http_port: '8080'};
  for (const [environment, settings] of [
    ['dev', {tls: 'off'}],
    ['prod', {tls: 'local'}],
    ['staging', {tls: 'acme', acme_email: 'a@b.co'}],
  ] as const) {
    const answers = answersOf('minimal');
    const result = select(catalog, {
      ...answers,
      environment,
      settings: {platform: {domain: settings.tls === 'acme' ? 'example.com' : 'infra.localhost'}, traefik: {...ports, ...settings}},
    });
    if (!result.ok) throw new Error(result.problems.map(({what}) => what).join('\n'));
    const constraints = render(catalog, result.value).files.flatMap(({path, content}) =>
      path.endsWith('traefik/traefik.yaml') ? [parse(content).providers.docker.constraints] : [],
    );
    const own = `infra-${environment}`;
    expect(constraints).toEqual([
      `Label(\`com.docker.compose.project\`, \`${own}\`) || Label(\`traefik.docker.network\`, \`${own}_proxy\`)`,
    ]);
  }
});
