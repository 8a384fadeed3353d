/** What a report says: the platform as it is deployed. Holds no secret and nothing one could log in with. */
import type {ServiceStatus} from '../../plan/service-status.ts';

export interface ReportNetwork {
  /** As the overlays call it. */
  readonly id: string;
  readonly subnets: readonly string[];
  /** Nothing on it reaches the outside, or is reached from there. */
  readonly internal: boolean;
}

/** One container of the project. */
export interface ReportService extends ServiceStatus {
  /** Ids of networks. */
  readonly networks: readonly string[];
  /** Title of the component it belongs to; undefined for the operator's own. */
  readonly title: string | undefined;
  /** Of its image, as the lock file has it. */
  readonly digest: string | undefined;
}

export interface ReportPhase {
  readonly title: string;
  readonly services: readonly ReportService[];
}

export interface PlatformReport {
  readonly project: string;
  readonly environment: string;
  readonly domain: string;
  readonly host: string;
  readonly engine: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The health of the whole in one sentence. */
  readonly summary: string;
  readonly isWell: boolean;
  readonly networks: readonly ReportNetwork[];
  readonly phases: readonly ReportPhase[];
  readonly links: readonly {readonly title: string; readonly url: string}[];
}
