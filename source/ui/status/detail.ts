/** What the table has no room for, about the service under the cursor. Pure. */
import {formatMemory, formatSpeed} from '../../display/format.ts';
import type {Drift, ServiceStatus} from '../../plan/service-status.ts';
import {printableLine} from '../../printable.ts';
import {type Line, segment} from '../text/line.ts';
import type {Tone} from '../theme.ts';
import {shortPort} from './cells.ts';
import type {ColumnId} from './columns.ts';

const labelled = (label: string, value: string | undefined, tone: Tone = 'plain'): Line =>
  value ? [segment(`  ${label.padEnd(8)}`, 'muted'), segment(value, tone)] : [];

const driftSentences: Readonly<Record<Drift['kind'], (cause: string) => string>> = {
  changed: cause => `differs: ${cause}`,
  stray: cause => `none: ${cause}`,
  missing: () => 'says that it should run, and it has no container',
};

/** What is true of its overlay, as the end of "Overlay"; undefined when it is as its overlay says. */
export const driftSentence = (drift: Drift | undefined): string | undefined => drift && driftSentences[drift.kind](drift.cause);

const usedText = (
  {cpu, cpuLimit, memory, memoryLimit, rates, restarts}: ServiceStatus,
  {separator}: {readonly separator: string},
): string =>
  [
    ...(cpu === undefined ? [] : [`CPU ${cpu.toFixed(1)}%${cpuLimit === undefined ? '' : ` of ${Math.round(cpuLimit)}%`}`]),
    ...(memory === undefined
      ? []
      : [`memory ${formatMemory(memory)}${memoryLimit === undefined ? '' : ` of ${formatMemory(memoryLimit)}`}`]),
    ...(rates ? [`network in ${formatSpeed(rates.received)}, out ${formatSpeed(rates.sent)}`] : []),
    ...(rates ? [`disk read ${formatSpeed(rates.read)}, written ${formatSpeed(rates.written)}`] : []),
    ...(restarts > 0 ? [`restarted ${restarts}x`] : []),
  ].join(` ${separator} `);

/** Columns whose figures are in the line of what it uses. */
const figures: readonly ColumnId[] = ['cpu', 'memory', 'network', 'disk', 'restarts'];

/** Drift with its cause, and what the window was too narrow for: address, ports, figures; the whole image. */
export const serviceDetail = (
  service: ServiceStatus | undefined,
  {dropped, separator}: {readonly dropped: ReadonlySet<ColumnId>; readonly separator: string},
): readonly Line[] => {
  if (!service) return [];
  const {drift, url, ports, image} = service;
  const published = [...new Set(ports.map(shortPort))].join(', ');
  const rows = [
    labelled('Overlay', driftSentence(drift), 'warning'),
    labelled('URL', dropped.has('url') ? printableLine(url ?? '') : undefined, 'accent'),
    labelled('Ports', dropped.has('ports') ? published : undefined),
    labelled('Uses', figures.some(id => dropped.has(id)) ? usedText(service, {separator}) : undefined),
    labelled('Image', image),
  ];
  return rows.filter(row => row.length > 0);
};
