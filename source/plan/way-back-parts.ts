/** What an overlay and the `.env` beside it say, as far as the way back needs to know. Pure. */
import {parse} from 'yaml';
import {generatedPart} from './own-variables.ts';
import {readServices} from './services.ts';

/** A generated overlay. */
export interface OverlayFacts {
  readonly path: string;
  readonly content: string;
  readonly services: readonly {readonly name: string; readonly phase: string}[];
  /** Variables it takes from `.env`. */
  readonly variables: readonly string[];
  /** Files and folders of the workspace that its services mount, as `config/redis`. */
  readonly mounts: readonly string[];
}

export type Texts = ReadonlyMap<string, string>;

export const isOverlay = (path: string) => /^\d\d-docker-compose\..*\.yml$/.test(path);

/** Undefined: no YAML any more. */
export const parsedOverlay = (content: string): unknown => {
  try {
    return parse(content);
  } catch {
    return undefined;
  }
};

/** One that is no YAML any more has no services: it stays as it is. */
const factsOf = (path: string, content: string, lastPhase: string): OverlayFacts => ({
  path,
  content,
  services: readServices(parsedOverlay(content), lastPhase).map(({name, phase}) => ({name, phase})),
  variables: [...new Set([...content.matchAll(/\$\{?([A-Z_][A-Z0-9_]*)/g)].map(([, name = '']) => name))],
  mounts: [...new Set([...content.matchAll(/\.\/(config\/[^\s:,"'}]+)/g)].map(([, path = '']) => path.replace(/\/$/, '')))],
});

export const mountsFile = ({mounts}: OverlayFacts, path: string): boolean =>
  mounts.some(mount => path === mount || path.startsWith(`${mount}/`));

/** Variable to its whole line, so that no quoting is undone and done again; the operator's own are not among them. */
export const linesOf = (dotenv: string): Texts =>
  new Map(
    generatedPart(dotenv)
      .split('\n')
      .flatMap((line): [string, string][] => {
        const name = /^([A-Z_][A-Z0-9_]*)=/.exec(line)?.[1];
        return name === undefined ? [] : [[name, line]];
      }),
  );

/** The overlays that compose reads, in merge order, the operator's own last. */
export const composeFiles = (dotenv: string): readonly string[] =>
  (linesOf(dotenv).get('COMPOSE_FILE') ?? '')
    .replace(/^COMPOSE_FILE=/, '')
    .replace(/^(['"])(.*)\1$/, '$2')
    .split(':')
    .filter(Boolean);

/** The generated overlays among a workspace's files that compose reads. */
export const overlaysOf = (files: Texts, lastPhase: string): readonly OverlayFacts[] => {
  const read = composeFiles(files.get('.env') ?? '');
  return [...files]
    .filter(([path]) => isOverlay(path) && read.includes(path))
    .map(([path, content]) => factsOf(path, content, lastPhase))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
};

/** In the order of the first; what only the second names comes behind what it stands behind there. */
export const mergedOrder = (first: readonly string[], second: readonly string[]): readonly string[] => {
  const order = [...first];
  for (const [index, name] of second.entries()) {
    if (order.includes(name)) continue;
    const before = second.slice(0, index).findLast(other => order.includes(other));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, name);
  }
  return order;
};
