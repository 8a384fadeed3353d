/** Kills runs of the program at random moments, looks at what is left after each, and lets one in ten reach its goal. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {Finished, Running} from '../helpers/cli.ts';
import {type Sandbox, startSandbox} from '../sandbox/sandbox.ts';
import {pull} from '../sandbox/test-helpers.ts';
import {viewEngine} from './engine-view.ts';
import {type Foreign, makeForeign} from './foreign.ts';
import {type Wish, wishes} from './house.ts';
import {argvOf, type Command, type Lane, openLane, writeReferences} from './lane.ts';
import {findingsAfterKill, findingsAtGoal, type Known} from './model.ts';
import {chooseMoment, type Moment, momentOf, momentText} from './moments.ts';
import {composeBelow, descendantsOf, killAll} from './processes.ts';
import {type Random, randomFrom} from './random.ts';

export interface SurvivalOptions {
  /** In all lanes together. */
  readonly kills: number;
  readonly seed: number;
  /** Told of every resume. */
  readonly say: (line: string) => void;
  /** Told of every blow. */
  readonly trace?: (line: string) => void;
}

export interface SurvivalResult {
  readonly kills: number;
  /** Runs that came to their end before they were hit. */
  readonly completed: number;
  readonly resumes: number;
  /** Killed, by command and victim. */
  readonly tally: Readonly<Record<string, number>>;
}

/** The program alone; it with all it started; the compose program below it alone. */
type Victim = 'wizard' | 'all' | 'compose';

interface Blow {
  readonly command: Command;
  readonly wish: Wish;
  readonly victim: Victim;
  readonly moment: Moment;
  /** An image loses its tag before, so that it is pulled again where it is wished for. */
  readonly untag: boolean;
}

/** What a lane goes through: its own chance, and what is known so far. */
interface Course {
  readonly lane: Lane;
  readonly random: Random;
  readonly known: Known;
  readonly foreign: Foreign;
  readonly usual: Map<Command, number>;
  wish: Wish;
  kill: number;
}

const killsPerResume = 10;
const lastEvent = /"id":"run".*"text":"Done"/;
/** Milliseconds: ten times what the longest run takes on a busy machine. A run that still goes on then hangs. */
const longestRun = 90_000;
const commands: readonly [Command, ...Command[]] = ['up', 'up', 'up', 'up', 'up', 'up', 'write', 'write', 'update', 'down'];

const chooseBlow = ({random, wish}: Course): Blow => {
  const command = random.pick(commands);
  const moment = chooseMoment(random, command);
  const victim =
    moment.kind === 'compose'
      ? random.pick<Victim>(['compose', 'compose', 'compose', 'wizard', 'all'])
      : random.pick<Victim>(['wizard', 'all']);
  const next = random.chance(0.4) ? random.pick(wishes) : wish;
  const untag = random.chance(0.25);
  return {command, wish: next, victim, moment, untag};
};

/** False: there was nobody to strike. */
const strike = async ({pid}: Running, victim: Victim): Promise<boolean> => {
  const compose = victim === 'compose' ? await composeBelow(pid) : undefined;
  if (victim === 'compose' && compose === undefined) return false;
  killAll(compose === undefined ? [pid, ...(victim === 'all' ? await descendantsOf(pid) : [])] : [compose]);
  return true;
};

const foldersOf = ({workspace}: Lane) =>
  ['.', '.infra-wizard', '.infra-wizard/generations', 'secrets', 'config/store'].map(name => join(workspace, name)).filter(existsSync);

/** To its end, or until it has taken too long: then it throws with what the run said last. */
const endOf = async (running: Running): Promise<Finished> => {
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    running.signal('SIGKILL');
  }, longestRun);
  const ended = await running.finished.finally(() => clearTimeout(limit));
  if (isLate) throw new Error(`It hung for ${longestRun / 1000} s. Its last words:\n${lastWords(ended)}`);
  return ended;
};

const lastWords = ({stderr}: Finished) => stderr.split('\n').slice(-12).join('\n');

/** Runs a command and strikes at the moment; undefined when the run was over before. */
const deal = async ({lane, usual}: Course, {command, wish, victim, moment}: Blow): Promise<{hit: boolean; ended: Finished}> => {
  const began = performance.now();
  const running = lane.start(...argvOf(command, wish));
  const ending = new AbortController();
  const chosen = momentOf(moment, running, {folders: foldersOf(lane), usual: usual.get(command) ?? 1000, signal: ending.signal});
  // A run with less to do than the moment expects is struck at its last event: it still holds the lock, and closes its journal.
  const last = command === 'up' && victim !== 'compose' ? [running.waitFor(lastEvent)] : [];
  const hit = Promise.any([chosen, ...last]).then(
    () => strike(running, victim),
    () => false,
  );
  const ended = await endOf(running);
  ending.abort();
  const wasHit = victim === 'compose' ? await Promise.race([hit, Promise.resolve(false)]) : ended.code === 137;
  if (!wasHit) usual.set(command, performance.now() - began);
  return {hit: wasHit, ended};
};

/** 1 is what `down` ends with when its compose was killed; nothing else ends with anything but done or stopped half-way. */
const exitFindings = ({command, victim}: Blow, {hit, ended}: {hit: boolean; ended: Finished}): readonly string[] => {
  if (hit && victim !== 'compose') return [];
  const allowed = hit ? (command === 'down' ? [0, 1] : [0, 5]) : [0];
  return allowed.includes(ended.code) ? [] : [`exit ${ended.code}: ${lastWords(ended)}`];
};

const refuse = (course: Course, seed: number, what: string, findings: readonly string[]) => {
  if (findings.length === 0) return;
  const where = `seed ${seed}, platform ${course.lane.name}, kill ${course.kill}: ${what}`;
  throw new Error(`${where}\n${findings.map(line => `  - ${line}`).join('\n')}\nworkspace: ${course.lane.workspace}`);
};

const resume = async (course: Course, seed: number, before: string): Promise<void> => {
  const {lane, wish, known, foreign} = course;
  const ended = await endOf(lane.start(...argvOf('up', wish)));
  const exit = ended.code === 0 ? [] : [`exit ${ended.code}: ${lastWords(ended)}`];
  const findings = [...exit, ...(await findingsAfterKill(lane, known, foreign)), ...(await findingsAtGoal(lane, known, wish))];
  refuse(course, seed, `the run after ${before} does not reach the goal`, findings);
};

const runLane = async (course: Course, kills: number, {seed, say, trace}: SurvivalOptions): Promise<SurvivalResult> => {
  const tally = new Map<string, number>();
  let [completed, resumes] = [0, 0];
  await resume(course, seed, 'nothing');
  while (course.kill < kills) {
    const blow = chooseBlow(course);
    if (blow.untag) await course.lane.engine.untag(course.lane.lampImage);
    const result = await deal(course, blow);
    if (blow.command !== 'down') course.wish = blow.wish;
    const what = `${blow.command}, ${result.hit ? `killed (${blow.victim})` : 'not hit'} at ${momentText(blow.moment)}`;
    trace?.(`${course.lane.name} ${new Date().toISOString()} ${what}, exit ${result.ended.code}`);
    const findings = [...exitFindings(blow, result), ...(await findingsAfterKill(course.lane, course.known, course.foreign))];
    refuse(course, seed, what, findings);
    if (!result.hit) {
      completed += 1;
      continue;
    }
    course.kill += 1;
    const name = `${blow.command} ${blow.victim}`;
    tally.set(name, (tally.get(name) ?? 0) + 1);
    if (course.kill % killsPerResume !== 0 && course.kill < kills) continue;
    await resume(course, seed, what);
    resumes += 1;
    say(`${course.lane.name}: ${course.kill} of ${kills} kills, goal reached`);
  }
  return {kills: course.kill, completed, resumes, tally: Object.fromEntries(tally)};
};

const addUp = (results: readonly SurvivalResult[]): SurvivalResult => {
  const tally: Record<string, number> = {};
  for (const [name, times] of results.flatMap(result => Object.entries(result.tally))) tally[name] = (tally[name] ?? 0) + times;
  const sum = (key: 'kills' | 'completed' | 'resumes') => results.reduce((total, result) => total + result[key], 0);
  return {kills: sum('kills'), completed: sum('completed'), resumes: sum('resumes'), tally};
};

const openCourses = async (sandbox: Sandbox, seed: number): Promise<readonly Course[]> => {
  await pull(sandbox, 'sandbox/sleeper:1');
  const folder = (volume: string) => join(sandbox.directory, 'data', 'volumes', volume, '_data');
  const foreign = await makeForeign(viewEngine(sandbox.socket), 'sandbox/sleeper:1', folder);
  const lanes = [
    await openLane(sandbox, {name: 'north', subnet: 1, lampRepository: 'library/traefik'}),
    await openLane(sandbox, {name: 'south', subnet: 2, lampRepository: 'library/haproxy'}),
    await openLane(sandbox, {name: 'east', subnet: 3, lampRepository: 'library/redis'}),
  ];
  const courses = lanes.map(async (lane, index) => ({
    lane,
    random: randomFrom(seed * 10 + index),
    known: {complete: await writeReferences(lane), secrets: new Map(), volume: undefined, accepted: new Set<string>()},
    foreign,
    usual: new Map(),
    wish: wishes[0],
    kill: 0,
  }));
  return Promise.all(courses);
};

/** Three platforms side by side on one engine: together they keep two cores busy. Throws at the first end that is not good, with what is needed to see it again. */
export const survive = async (options: SurvivalOptions): Promise<SurvivalResult> => {
  const sandbox = await startSandbox();
  try {
    const courses = await openCourses(sandbox, options.seed);
    const share = Math.ceil(options.kills / courses.length);
    const results = await Promise.all(courses.map(course => runLane(course, share, options)));
    await Promise.all(courses.map(({lane}) => lane.remove()));
    return addUp(results);
  } finally {
    await sandbox.stop();
  }
};
