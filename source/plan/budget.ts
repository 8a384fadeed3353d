/** What is picked against what the host has. Pure. */
import type {ServiceDemand} from './demand.ts';
import type {HostFindings} from './findings.ts';

/** `have`: undefined while the host is not known. */
interface Share {
  readonly used: number;
  readonly have: number | undefined;
}

export interface Budget {
  /** Sum of the memory limits of all that keeps running against the memory of the host, bytes: what preflight holds against each other too. */
  readonly memory: Share;
  /** Sum of the processor limits. Processors are shared: more limits than processors is no shortage. */
  readonly cpus: Share;
}

export type Sizes = Pick<HostFindings, 'cpus' | 'memory'>;

export const memoryOf = (services: readonly ServiceDemand[]): number => services.reduce((sum, {memory}) => sum + memory, 0);

export const budgetOf = (services: readonly ServiceDemand[], host: Sizes | undefined): Budget => ({
  memory: {used: memoryOf(services), have: host?.memory},
  cpus: {used: services.reduce((sum, {cpus, replicas}) => sum + cpus * replicas, 0), have: host?.cpus},
});

/** Bytes that are left for more; negative when it is too much already. */
export const memoryLeft = ({memory: {used, have}}: Budget): number | undefined => (have === undefined ? undefined : have - used);
