import {formatMemory} from '../../display/format.ts';
import type {ServiceStatus} from '../../plan/service-status.ts';
import {type Line, segment} from '../text/line.ts';
import {shortPort} from './columns.ts';

const labelled = (label: string, value: string | undefined, tone: 'plain' | 'accent' = 'plain'): Line =>
  value ? [segment(`  ${label.padEnd(8)}`, 'muted'), segment(value, tone)] : [];

/** What the table may have no room for, about the service under the cursor: address, ports, memory with its limit, image. */
export const serviceDetail = (service: ServiceStatus | undefined): readonly Line[] => {
  if (!service) return [];
  const {url, ports, image, memory, memoryLimit} = service;
  const used = memory !== undefined && memoryLimit !== undefined ? `${formatMemory(memory)} of ${formatMemory(memoryLimit)}` : undefined;
  const published = [...new Set(ports.map(shortPort))].join(', ');
  const rows = [labelled('URL', url, 'accent'), labelled('Ports', published), labelled('Memory', used), labelled('Image', image)];
  return rows.filter(row => row.length > 0);
};
