/** A service in short. Pure. */
import {formatDuration, formatMemory} from '../../display/format.ts';
import {exitMeaning, type ServiceDetails} from '../../plan/service-details.ts';
import type {ServiceStatus} from '../../plan/service-status.ts';
import type {Line} from '../text/line.ts';
import {shortPort} from './cells.ts';
import {driftSentence} from './detail.ts';
import {type Field, fieldsRows} from './fields.ts';
import {momentOf} from './log-stamp.ts';

const since = (at: number | undefined, now: number): string | undefined =>
  at === undefined ? undefined : `${momentOf(at)} (${formatDuration(now - at)} ago)`;

const exitField = ({exitCode, oomKilled, memoryLimit}: ServiceDetails): Field => {
  if (exitCode === undefined) return {label: 'Exit code', value: undefined};
  const meaning = exitMeaning(exitCode, oomKilled);
  const limit = oomKilled && memoryLimit !== undefined ? ` (${formatMemory(memoryLimit)})` : '';
  const tone = exitCode === 0 && !oomKilled ? 'plain' : 'bad';
  return {label: 'Exit code', value: `${exitCode}${meaning === undefined ? '' : `: ${meaning}${limit}`}`, tone};
};

const ofLimit = (used: number | undefined, limit: number | undefined, show: (value: number) => string): string | undefined => {
  if (used === undefined) return limit === undefined ? undefined : `may use ${show(limit)}`;
  if (limit === undefined) return `${show(used)}, without a limit`;
  return `${show(used)} of ${show(limit)} (${Math.round((used / limit) * 100)}%)`;
};

/** Of one core, as the table has it; 250% are two and a half. */
const share = (cores: number) => `${Number((cores * 100).toFixed(1))}%`;

const healthTones = {starting: 'warning', healthy: 'good', unhealthy: 'bad'} as const;

const stateOf = ({state, restarts, restartPolicy}: ServiceDetails) =>
  [state, ...(restarts > 0 ? [`restarted ${restarts} ${restarts === 1 ? 'time' : 'times'}`] : []), `restart policy ${restartPolicy}`].join(
    ', ',
  );

/** `details` says what the engine knows, `service` what is measured. */
export const overviewRows = (
  details: ServiceDetails,
  service: ServiceStatus | undefined,
  {width, now}: {readonly width: number; readonly now: number},
): readonly Line[] => {
  const {state, health, healthCheck} = details;
  const isUp = state === 'running' || state === 'paused';
  const ports = [...new Set((service?.ports ?? []).map(shortPort))];
  const cpu = service?.cpu === undefined ? undefined : service.cpu / 100;
  return fieldsRows(
    [
      {label: 'State', value: stateOf(details), tone: state === 'running' ? 'plain' : 'warning'},
      {label: 'Health', value: health ?? (healthCheck ? undefined : 'it has no health check'), ...(health && {tone: healthTones[health]})},
      exitField(details),
      {label: 'Error', value: details.error, tone: 'bad'},
      {label: 'Started', value: isUp ? since(details.startedAt, now) : undefined},
      {label: 'Ended', value: isUp ? undefined : since(details.finishedAt, now)},
      {label: 'Created', value: since(details.createdAt, now)},
      {label: 'URL', value: service?.url, tone: 'accent'},
      {label: 'Ports', value: ports.join('  ')},
      {label: 'CPU', value: ofLimit(cpu, details.cpuLimit, share)},
      {label: 'Memory', value: ofLimit(service?.memory, details.memoryLimit, formatMemory)},
      {label: 'Component', value: service?.component},
      {label: 'Phase', value: service?.phase},
      {label: 'Needs', value: [...new Set([...details.dependsOn, ...(service?.needs ?? [])])].join(', ')},
      {label: 'Image', value: details.image},
      {label: 'Digest', value: details.digest ?? `${details.imageId} (the image's own: no registry knows it)`},
      {label: 'Container', value: `${details.containerName}, ${details.containerId.slice(0, 12)}`},
      {label: 'Command', value: details.command.join(' ')},
      {label: 'User', value: details.user},
      {label: 'Overlay', value: driftSentence(service?.drift), tone: 'warning'},
      {label: 'Files', value: details.files.join('\n')},
    ],
    width,
  );
};
