/** The columns of the table of services. Pure. */
import type {ServiceStatus} from '../../plan/service-status.ts';
import {printableLine} from '../../printable.ts';
import type {SortName} from './arrange.ts';
import * as cells from './cells.ts';

export type ColumnId =
  | 'name'
  | 'state'
  | 'health'
  | 'drift'
  | 'restarts'
  | 'uptime'
  | 'cpu-line'
  | 'cpu'
  | 'memory-line'
  | 'memory'
  | 'network'
  | 'disk'
  | 'ports'
  | 'url'
  | 'image';

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** Columns it takes at least and at most; what its cells need decides between them. */
  readonly min: number;
  readonly max: number;
  readonly right?: boolean;
  /** Not there at all while none of its cells says anything. */
  readonly optional?: boolean;
  /** Where there is no room for all, those with the highest number go first. */
  readonly rank: number;
  /** The order that is marked in its heading. */
  readonly sort?: SortName;
  readonly cell: (service: ServiceStatus, view: cells.TableView) => cells.Cell;
}

const {sparkWidth} = cells;

export const columns: readonly Column[] = [
  {id: 'name', title: 'Service', min: 12, max: 36, rank: 0, sort: 'name', cell: ({name}) => cells.cell(printableLine(name))},
  {id: 'state', title: 'State', min: 10, max: 12, rank: 1, sort: 'state', cell: cells.stateCell},
  {id: 'health', title: 'Health', min: 9, max: 9, rank: 2, cell: cells.healthCell},
  {id: 'drift', title: 'Overlay', min: 7, max: 7, optional: true, rank: 3, sort: 'drift', cell: cells.driftCell},
  {id: 'restarts', title: 'Restarts', min: 8, max: 8, right: true, optional: true, rank: 6, sort: 'restarts', cell: cells.restartsCell},
  {id: 'uptime', title: 'Uptime', min: 7, max: 7, right: true, rank: 7, sort: 'uptime', cell: cells.uptimeCell},
  {id: 'cpu-line', title: '', min: sparkWidth, max: sparkWidth, optional: true, rank: 9, cell: cells.cpuSparkCell},
  {id: 'cpu', title: 'CPU', min: 6, max: 14, right: true, rank: 4, sort: 'cpu', cell: cells.cpuCell},
  {id: 'memory-line', title: '', min: sparkWidth, max: sparkWidth, optional: true, rank: 10, cell: cells.memorySparkCell},
  {id: 'memory', title: 'Memory', min: 8, max: 22, right: true, rank: 5, sort: 'memory', cell: cells.memoryCell},
  {id: 'network', title: 'Net in/out', min: 10, max: 13, right: true, optional: true, rank: 11, sort: 'network', cell: cells.networkCell},
  {id: 'disk', title: 'Disk r/w', min: 8, max: 13, right: true, optional: true, rank: 12, sort: 'disk', cell: cells.diskCell},
  {id: 'ports', title: 'Ports', min: 5, max: 28, optional: true, rank: 8, cell: cells.portsCell},
  {id: 'url', title: 'URL', min: 16, max: 60, optional: true, rank: 13, cell: cells.urlCell},
  {id: 'image', title: 'Image', min: 12, max: 40, rank: 14, cell: cells.imageCell},
];
