/** The health of a platform in one sentence, and what follows from it. Pure. */
import type {ServiceStatus, StatusSnapshot} from '../plan/service-status.ts';
import {printableLine} from '../printable.ts';

/** `starting` is neither well nor ill: it may become either. */
export type Condition = 'well' | 'starting' | 'ill';

/** `lost`: the engine does not answer. `nothing`: nothing of the project is there. */
export type PlatformHealth = Condition | 'lost' | 'nothing';

export const conditionOf = ({state, health, isJob, exitCode}: ServiceStatus): Condition => {
  if (state === 'exited') return isJob && exitCode === 0 ? 'well' : 'ill';
  if (state !== 'running' || health === 'unhealthy') return 'ill';
  return health === 'starting' ? 'starting' : 'well';
};

export const platformHealth = ({services, connected}: StatusSnapshot): PlatformHealth => {
  if (!connected) return 'lost';
  if (services.length === 0) return 'nothing';
  const conditions = services.map(conditionOf);
  if (conditions.includes('ill')) return 'ill';
  return conditions.includes('starting') ? 'starting' : 'well';
};

/** Everything that should run does, and nothing says that it is ill. What still starts is not ill. */
export const isWellOverall = (snapshot: StatusSnapshot): boolean => ['well', 'starting'].includes(platformHealth(snapshot));

/** Started so often, it does not come up by itself. */
const again = 2;

/** From the worst on. */
const severity = ({state, restarts, isJob}: ServiceStatus): number => {
  if (state === 'restarting' && restarts >= again) return 0;
  if (state === 'dead' || state === 'missing') return 1;
  if (state === 'exited') return isJob ? 3 : 2;
  return state === 'running' ? 4 : 5;
};

const units = [
  {seconds: 86_400, one: 'day', many: 'days'},
  {seconds: 3600, one: 'hour', many: 'hours'},
  {seconds: 60, one: 'minute', many: 'minutes'},
  {seconds: 1, one: 'second', many: 'seconds'},
] as const;

/** `3 minutes`: the largest unit is enough. */
const spokenDuration = (milliseconds: number): string => {
  const seconds = Math.max(1, Math.floor(milliseconds / 1000));
  const unit = units.find(candidate => seconds >= candidate.seconds) ?? units[3];
  const count = Math.floor(seconds / unit.seconds);
  return `${count} ${count === 1 ? unit.one : unit.many}`;
};

const stateWords: Readonly<Partial<Record<ServiceStatus['state'], string>>> = {
  created: 'was never started',
  dead: 'is dead',
  missing: 'is missing',
  paused: 'is paused',
  removing: 'is being removed',
};

const ailment = (service: ServiceStatus, now: number): string => {
  const {state, restarts, isJob, exitCode, illSince} = service;
  const since = illSince === undefined ? undefined : spokenDuration(now - illSince);
  if (state === 'restarting') return restarts >= again ? 'restarts again and again' : 'is restarting';
  if (state === 'running') return since ? `has been unhealthy for ${since}` : 'is unhealthy';
  if (state !== 'exited') return stateWords[state] ?? state;
  const code = exitCode === undefined || exitCode === 0 ? '' : ` with code ${exitCode}`;
  return `${isJob ? 'failed' : 'has stopped'}${code}${since ? ` ${since} ago` : ''}`;
};

export interface SentenceLength {
  /** Services that are named; more are a list, no sentence. @default 3 */
  readonly names?: number;
  /** Also what is no ailment: drift, phases to come. @default true */
  readonly remarks?: boolean;
}

const listed = (words: readonly string[], names: number): string => {
  const rest = words.length - names;
  return [...words.slice(0, names), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
};

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

/** A job that has done its work is no service that runs. */
const counted = (all: readonly ServiceStatus[]): readonly ServiceStatus[] => {
  const rest = all.filter(service => !service.isJob || conditionOf(service) !== 'well');
  return rest.length === 0 ? all : rest;
};

const servicesSentence = (all: readonly ServiceStatus[], now: number, names: number): string => {
  const services = counted(all);
  const ill = services.filter(service => conditionOf(service) === 'ill').sort((a, b) => severity(a) - severity(b));
  const starting = services.filter(service => conditionOf(service) === 'starting');
  const count = (part: readonly ServiceStatus[]) =>
    `${part.length} of ${services.length} ${plural(services.length, 'service', 'services')}`;
  if (ill.length > 0) {
    const ailments = ill.map(service => `${printableLine(service.name)} ${ailment(service, now)}`);
    return `${count(ill)} ${plural(ill.length, 'is', 'are')} not well: ${listed(ailments, names)}`;
  }
  if (starting.length > 0) {
    const starters = starting.map(({name}) => printableLine(name));
    return `${count(starting)} ${plural(starting.length, 'is', 'are')} starting: ${listed(starters, names)}`;
  }
  const done = all.length - services.length;
  const jobs = done > 0 ? `, ${done} ${plural(done, 'job is', 'jobs are')} done` : '';
  return `${services.length === 1 ? 'The one service is well' : `All ${services.length} services are well`}${jobs}`;
};

/** What is no ailment but should be known. */
const remarksOf = ({services, ahead = [], driftUnknown}: StatusSnapshot): readonly string[] => {
  const changed = services.filter(({drift}) => drift?.kind === 'changed').length;
  const strays = services.filter(({drift}) => drift?.kind === 'stray').length;
  const titles = ahead.map(({title}) => printableLine(title));
  return [
    ...(changed > 0 ? [`${changed} ${plural(changed, 'differs from its overlay', 'differ from their overlays')}`] : []),
    ...(strays > 0 ? [`${strays} ${plural(strays, 'is', 'are')} in no overlay`] : []),
    ...(titles.length > 0 ? [`not rolled out yet: ${titles.join(', ')}`] : []),
    ...(driftUnknown === undefined ? [] : [`the overlays can not be read: ${printableLine(driftUnknown)}`]),
  ];
};

/**
 * The worst first: `2 of 14 services are not well: login has been unhealthy for 3 minutes, builder restarts again and again.`
 * `now`: milliseconds since 1970.
 */
export const healthSentence = (snapshot: StatusSnapshot, now: number, {names = 3, remarks = true}: SentenceLength = {}): string => {
  const {project, services, connected, lostAt} = snapshot;
  if (!connected) {
    const silence = lostAt === undefined ? 'does not answer' : `has not answered for ${spokenDuration(now - lostAt)}`;
    return `The engine ${silence}${services.length > 0 ? '; what is shown is from before' : ''}.`;
  }
  if (services.length === 0) return `Nothing of ${printableLine(project)} runs here.`;
  return `${[servicesSentence(services, now, names), ...(remarks ? remarksOf(snapshot) : [])].join('; ')}.`;
};

const lengths: readonly SentenceLength[] = [
  {},
  {names: 2},
  {names: 1},
  {names: 3, remarks: false},
  {names: 2, remarks: false},
  {names: 1, remarks: false},
];

/** From the longest to the shortest: a view takes the first that fits. */
export const healthSentences = (snapshot: StatusSnapshot, now: number): readonly string[] =>
  lengths.map(length => healthSentence(snapshot, now, length));
