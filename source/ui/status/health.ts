/** The health checks of a service: how it is asked, and what came of the last times. Pure. */
import {formatDuration} from '../../display/format.ts';
import type {HealthCheck, HealthRun, ServiceDetails} from '../../plan/service-details.ts';
import {blank, type Line, line, segment} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import {fieldsRows} from './fields.ts';
import {momentOf} from './log-stamp.ts';

/** The engine's own, where a container says 0; see the reference of HEALTHCHECK. */
const defaults = {interval: 30_000, timeout: 30_000, retries: 3, startInterval: 5000};

const seconds = (milliseconds: number) => (milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : formatDuration(milliseconds));

/** Without the word that only says how docker runs it. */
const commandOf = ({command: [how = '', ...rest]}: HealthCheck) =>
  how === 'CMD' || how === 'CMD-SHELL' ? rest.join(' ') : [how, ...rest].join(' ');

const pace = ({interval, timeout, retries, startPeriod, startInterval}: HealthCheck) => {
  const every = `every ${seconds(interval || defaults.interval)}, at most ${seconds(timeout || defaults.timeout)} each`;
  const start = startPeriod > 0 ? `; in the first ${seconds(startPeriod)} every ${seconds(startInterval || defaults.startInterval)}` : '';
  return `${every}; unhealthy after ${retries || defaults.retries} failures in a row${start}`;
};

const runRows = ({at, took, exitCode, output}: HealthRun, width: number, now: number, figures: Figures): readonly Line[] => {
  const isWell = exitCode === 0;
  const when = at === undefined ? 'at an unknown time' : `${momentOf(at)} (${formatDuration(Math.max(0, now - at))} ago)`;
  // -1: the engine ended it, since it took too long.
  const said = isWell ? 'passed' : exitCode === -1 ? 'took too long' : `failed with ${exitCode}`;
  const head: Line = [
    segment(`${isWell ? figures.done : figures.error} `, isWell ? 'good' : 'bad'),
    segment(said, isWell ? 'plain' : 'bad'),
    segment(`  ${when}${took === undefined ? '' : `, took ${seconds(took)}`}`, 'muted'),
  ];
  const words = output === '' ? [] : wrap(output, Math.max(8, width - 4)).map(row => line(`    ${row}`));
  return [head, ...words];
};

export const healthRows = (
  {healthCheck, health, state}: ServiceDetails,
  {width, now, figures}: {readonly width: number; readonly now: number; readonly figures: Figures},
): readonly Line[] => {
  if (!healthCheck) return [line('It has no health check: the engine knows only whether it runs.', 'muted')];
  const {failingStreak, runs} = healthCheck;
  const streak = failingStreak > 0 ? `, ${failingStreak} failed in a row` : '';
  const fields = fieldsRows(
    [
      {label: 'Health', value: `${health ?? `not asked: ${state}`}${streak}`, tone: failingStreak > 0 ? 'bad' : 'plain'},
      {label: 'Command', value: commandOf(healthCheck)},
      {label: 'Asked', value: pace(healthCheck)},
    ],
    width,
  );
  const history = runs.toReversed().flatMap(run => runRows(run, width, now, figures));
  const none = line('It was not asked yet.', 'muted');
  return [...fields, blank, line('Last checks, the newest first', 'strong'), ...(history.length > 0 ? history : [none])];
};
