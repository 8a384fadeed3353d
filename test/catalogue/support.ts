import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parse} from 'yaml';
import type {Catalog} from '../../source/catalog/catalog.ts';
import {loadCatalog} from '../../source/catalog/load.ts';
import type {Answers} from '../../source/plan/answers.ts';
import {render} from '../../source/plan/render.ts';
import type {Rendered} from '../../source/plan/rendered.ts';
import {defaultAnswers, select} from '../../source/plan/select.ts';
import type {ComposeFile, Service, Subject} from './rule.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export const readAsset = (path: string): Promise<string> => readFile(join(root, 'assets', path), 'utf8');

export const theCatalog = async (): Promise<Catalog> => {
  const result = await loadCatalog(root);
  if (!result.ok) throw new Error(result.problems.map(({where, what}) => `${where}: ${what}`).join('\n'));
  return result.value;
};

/** Ways to answer that differ in the services and files they lead to. */
export const stacks: Readonly<Record<string, Answers['settings']>> = {
  "Let's Encrypt": {platform: {domain: 'example.com'}, traefik: {tls: 'acme', acme_email: 'ops@example.com'}},
  'own certificate authority': {platform: {domain: 'infra.localhost'}, traefik: {tls: 'local'}},
  'no encryption': {platform: {domain: 'infra.localhost'}, traefik: {tls: 'off'}},
  'other ports': {platform: {domain: 'infra.localhost'}, traefik: {http_port: '8080', https_port: '8443', url_port: 'with'}},
};

export const renderStack = (catalog: Catalog, settings: Answers['settings']): Rendered & {readonly values: ReadonlyMap<string, string>} => {
  const result = select(catalog, {...defaultAnswers(catalog), settings});
  if (!result.ok) throw new Error(result.problems.map(({where, what}) => `${where}: ${what}`).join('\n'));
  return {...render(catalog, result.value), values: result.value.values};
};

/** The overlays of a stack, merged: every overlay declares other services, so no key is in two of them but networks. */
export const mergedOverlays = (rendered: Rendered): ComposeFile => {
  const files = rendered.files
    .filter(({path, once}) => /^\d\d-.*\.yml$/.test(path) && !once)
    .map(({content}) => parse(content) as ComposeFile);
  const all = <K extends keyof ComposeFile>(key: K): NonNullable<ComposeFile[K]> => Object.assign({}, ...files.map(file => file[key]));
  return {services: all('services'), networks: all('networks'), volumes: all('volumes'), secrets: all('secrets')};
};

export const subjectsOf = (compose: ComposeFile): readonly Subject[] =>
  Object.entries<Service>(compose.services ?? {}).map(([name, service]) => ({name, service}));
