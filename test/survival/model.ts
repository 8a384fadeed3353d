/**
 * What must hold after a kill at any moment, and what a finished run must have led to: judged from files and from the engine alone, by
 * code that shares nothing with the program. Every broken rule is a line; none is the good end.
 */
import {readdir, readFile, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parse} from 'yaml';
import {type DiskFile, modeOfFolder, readTree, type Tree} from './disk-view.ts';
import {expectForeign, type Foreign} from './foreign.ts';
import {goalOf, ownOverlay, type Wish} from './house.ts';
import type {Lane} from './lane.ts';

/** What was seen of a lane before, and may not change any more. */
export interface Known {
  /** What complete runs write. */
  readonly complete: readonly Tree[];
  readonly secrets: Map<string, string>;
  /** The volume's time of creation. */
  volume: string | undefined;
  /** Compose files, with their settings, that docker compose accepted. */
  readonly accepted: Set<string>;
}

/** At most what one killed write leaves, with its own records. */
const mostTemporaries = 24;
/** The one of the run that was killed, and what a child of it may have had. */
const mostFolders = 2;

const isTemporary = (path: string) => /(^|\/)\.infra-wizard-[0-9a-f]+\.tmp$/.test(path);
const isOwn = (path: string) => path.startsWith('.infra-wizard/');

const generatedFindings = (tree: Tree, complete: readonly Tree[]): readonly string[] =>
  [...tree].flatMap(([path, {content, mode}]) => {
    if (isTemporary(path) || isOwn(path) || path.startsWith('secrets/') || path === 'infra.lock.yml') return [];
    if (path === ownOverlay.path) return content === ownOverlay.content ? [] : [`${path}, the operator's own, was changed`];
    const whole = complete.flatMap(reference => reference.get(path) ?? []);
    if (whole.length === 0) return [`${path} is written by no complete run`];
    if (whole.some(file => file.content === content && file.mode === mode)) return [];
    return [`${path} (mode ${mode.toString(8)}, ${content.length} characters) is what no complete run writes`];
  });

/** `.env` by lines: the little of its syntax that is used. */
const settingIn = (env: DiskFile, name: string) =>
  env.content
    .split('\n')
    .find(line => line.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const environmentFindings = (tree: Tree): readonly string[] => {
  const env = tree.get('.env');
  if (!env) return [];
  const named = (settingIn(env, 'COMPOSE_FILE') ?? '').split(':');
  return named.filter(path => !tree.has(path)).map(path => `.env names ${path || 'nothing'}, which is not there`);
};

const secretFindings = async (lane: Lane, tree: Tree, {secrets}: Known): Promise<readonly string[]> => {
  const mode = await modeOfFolder(join(lane.workspace, 'secrets'));
  const open = mode === undefined || mode === 0o700 ? [] : [`secrets/ has mode ${mode.toString(8)}`];
  const gone = [...secrets.keys()].filter(path => !tree.has(path)).map(path => `${path} is gone`);
  const now = [...tree].filter(([path]) => path.startsWith('secrets/') && !isTemporary(path));
  const wrong = now.flatMap(([path, {content, mode: own}]) => {
    const before = secrets.get(path) ?? content;
    secrets.set(path, before);
    if (content !== before) return [`${path} changed`];
    if (!/^[A-Za-z0-9]{16,}\n?$/.test(content)) return [`${path} holds no whole secret`];
    return own === 0o444 ? [] : [`${path} has mode ${own.toString(8)}`];
  });
  return [...open, ...gone, ...wrong];
};

const isJson = (line: string) => {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
};

/** Only the last line of the newest journal can have been cut. */
const journalFindings = (tree: Tree): readonly string[] =>
  [...tree].flatMap(([path, {content}]) => {
    if (!/^\.infra-wizard\/journal[^/]*\.jsonl$/.test(path)) return [];
    const lines = content.split('\n');
    return lines.slice(0, -1).flatMap((line, index) => (line === '' || isJson(line) ? [] : [`${path}:${index + 1} is no JSON: ${line}`]));
  });

const recordFindings = (tree: Tree): readonly string[] =>
  [...tree].flatMap(([path, {content}]) => {
    if (path.endsWith('manifest.json') && !isJson(content)) return [`${path} is no JSON`];
    if (path !== 'infra.lock.yml') return [];
    const text = JSON.stringify(parse(content));
    return /"sha256:[0-9a-f]{64}"/.test(text) ? [] : [`${path} holds no digest`];
  });

const leftoverFindings = async (lane: Lane, tree: Tree, most: {temporaries: number; folders: number}): Promise<readonly string[]> => {
  const temporaries = [...tree.keys()].filter(isTemporary);
  const folders = (await readdir(lane.temporary)).filter(name => name !== 'node-compile-cache');
  return [
    ...(temporaries.length > most.temporaries ? [`${temporaries.length} temporary files: ${temporaries.join(' ')}`] : []),
    ...(folders.length > most.folders ? [`${folders.length} entries in the temporary folder: ${folders.join(' ')}`] : []),
  ];
};

/** The same files are asked about once. */
const composeFindings = async (lane: Lane, tree: Tree, {accepted}: Known): Promise<readonly string[]> => {
  if (!tree.has('.env')) return [];
  const read = JSON.stringify([...tree].filter(([path]) => path === '.env' || /^\d\d-.*\.yml$/.test(path)));
  if (accepted.has(read)) return [];
  const {code, stderr} = await lane.docker('compose', 'config', '--quiet');
  if (code !== 0) return [`docker compose does not accept the folder: ${stderr.trim()}`];
  accepted.add(read);
  return [];
};

const marker = 'written by the survival test\n';

/** The volume is the same as ever, with what was put into it. */
const volumeFindings = async (lane: Lane, known: Known): Promise<readonly string[]> => {
  const name = `${lane.project}_goods`;
  const found = (await lane.engine.inspect('volumes', name)) as {readonly CreatedAt: string} | undefined;
  const file = join(lane.volumeFolder(name), 'marker');
  if (known.volume === undefined) {
    if (!found) return [];
    known.volume = found.CreatedAt;
    await writeFile(file, marker);
    return [];
  }
  if (!found) return ['the data volume is gone'];
  if (found.CreatedAt !== known.volume) return ['the data volume was made anew'];
  return (await readFile(file, 'utf8').catch(() => '')) === marker ? [] : ['the marker in the data volume is gone'];
};

const count = (names: readonly string[]) => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/** A recreate that was cut may leave the old container beside the new one, until the next run. */
const containerFindings = async (lane: Lane): Promise<readonly string[]> => {
  const services = count((await lane.engine.containers(lane.project)).map(({service}) => service));
  const allowed = new Set(Object.keys(goalOf({colour: 'red', lamp: true})));
  return [...services].flatMap(([service, times]) => [
    ...(allowed.has(service) ? [] : [`a container of an unknown service: ${service}`]),
    ...(times > 2 ? [`${times} containers of ${service}`] : []),
  ]);
};

/** Time passes: what lies in the temporary folder is a day old. */
const age = async ({temporary}: Lane): Promise<void> => {
  const yesterday = new Date(Date.now() - 86_400_000);
  for (const name of await readdir(temporary)) await utimes(join(temporary, name), yesterday, yesterday).catch(() => undefined);
};

/** What must hold at any time. */
export const findingsAfterKill = async (lane: Lane, known: Known, foreign: Foreign): Promise<readonly string[]> => {
  const tree = await readTree(lane.workspace);
  const findings = [
    ...generatedFindings(tree, known.complete),
    ...environmentFindings(tree),
    ...(await secretFindings(lane, tree, known)),
    ...journalFindings(tree),
    ...recordFindings(tree),
    ...(await leftoverFindings(lane, tree, {temporaries: mostTemporaries, folders: mostFolders})),
    ...(await composeFindings(lane, tree, known)),
    ...(await volumeFindings(lane, known)),
    ...(await containerFindings(lane)),
    ...(await expectForeign(lane.engine, foreign)),
  ];
  await age(lane);
  return findings;
};

/** What must hold besides when a run reached its goal. */
export const findingsAtGoal = async (lane: Lane, known: Known, wish: Wish): Promise<readonly string[]> => {
  const tree = await readTree(lane.workspace);
  const containers = await lane.engine.containers(lane.project);
  const states = Object.fromEntries(containers.map(({service, state}) => [service, state]));
  const expected = goalOf(wish);
  const store = containers.find(({service}) => service === 'store');
  const complete = known.complete.find(reference => reference.get('.env')?.content === tree.get('.env')?.content);
  const outdated = [...(complete ?? [])].filter(
    ([path, {content}]) => !isOwn(path) && !path.startsWith('secrets/') && path !== ownOverlay.path && tree.get(path)?.content !== content,
  );
  return [
    ...(JSON.stringify(Object.entries(states).sort()) === JSON.stringify(Object.entries(expected).sort())
      ? []
      : [`runs: ${JSON.stringify(states)}, wished: ${JSON.stringify(expected)}`]),
    ...(containers.length === Object.keys(expected).length ? [] : [`containers: ${containers.map(({name}) => name).join(' ')}`]),
    ...(store?.env.includes(`COLOUR=${wish.colour}`) ? [] : [`store is not ${wish.colour}`]),
    ...outdated.map(([path]) => `${path} is not what its .env goes with`),
    ...(await leftoverFindings(lane, tree, {temporaries: 0, folders: 0})),
  ];
};
