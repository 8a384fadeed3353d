/**
 * The catalogue's words. `parse.ts` turns documents into these, `load.ts` reads the documents from `compose/` and `assets/`.
 * Every field name below is the key a component author writes in YAML.
 */
import type {Document} from 'yaml';

/** A step of the incremental rollout. */
export interface Phase {
  readonly id: string;
  readonly title: string;
  /** Why this phase comes where it comes; one line shown to the operator. */
  readonly why: string;
}

/** A compose file that is written, `<number>-docker-compose.Infra.<environment>[.<name>].yml`. */
export interface Overlay {
  readonly id: string;
  readonly number: number;
  /** Last part of the file's name; none for the first overlay. */
  readonly name?: string;
}

export interface Network {
  readonly id: string;
  /** IPv4 CIDR, for example 172.30.0.0/24. */
  readonly subnet: string;
  readonly purpose: string;
  /** No route to the outside. */
  readonly internal: boolean;
}

/** A starting selection and what a host should have for it. */
export interface Tier {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  /** Bytes. */
  readonly disk: number;
  readonly hosts: number;
  /** Component id to variant id. */
  readonly components: ReadonlyMap<string, string>;
}

export interface Environment {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
}

export interface Platform {
  /** Prefix of the compose project's name: `<project>-<environment>`. */
  readonly project: string;
  readonly phases: readonly Phase[];
  readonly overlays: readonly Overlay[];
  readonly networks: readonly Network[];
  readonly tiers: readonly Tier[];
  readonly environments: readonly Environment[];
  /** Settings of the whole platform, such as the domain. */
  readonly inputs: readonly Input[];
}

/** What decides whether an input or a choice applies: every named input has one of the listed values. Keys as in Input.id. */
export type When = Readonly<Record<string, readonly string[]>>;

export type InputType = 'text' | 'name' | 'number' | 'port' | 'choice' | 'host' | 'domain' | 'email' | 'subnet';

/** A question, and the variable of `.env` its answer becomes. */
export interface Input {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly type: InputType;
  /** Variable in `.env`; `${NAME}` in fragments, assets and other defaults refers to it. */
  readonly env: string;
  /** May refer to earlier variables as `${NAME}`. Without one the input must be answered (a choice takes its first that applies). */
  readonly default?: string;
  readonly example?: string;
  readonly min?: number;
  readonly max?: number;
  /** Asked on the wizard's first screen; the rest is on the component's settings. */
  readonly early: boolean;
  readonly when?: When;
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Offered only for these kinds of domain; `private` is what no public authority certifies (localhost, .internal, .lan ...). */
  readonly domains?: 'public' | 'private';
  /** Offered only in these environments. */
  readonly environments?: readonly string[];
  /** More variables that this choice sets. */
  readonly env: ReadonlyMap<string, string>;
  /** Compose file in the component's folder that is merged when this is chosen. */
  readonly fragment?: string;
  readonly files: readonly Asset[];
  readonly secrets: readonly Secret[];
  /** Said in the review when this is chosen. */
  readonly notice?: string;
}

/** A file of `assets/<component>/` that is written to `config/<component>/`. */
export interface Asset {
  /** Path below `assets/<component>/`; by default also the path below `config/<component>/`. */
  readonly from: string;
  readonly to: string;
  /** Variables filled in; any other `${NAME}` in the file is its own business. */
  readonly fill: readonly string[];
  /** Written with mode 0755 instead of 0644. */
  readonly executable: boolean;
}

/** A value that is generated once and kept in a file of `secrets/`. */
export type Secret =
  | {readonly kind: 'random'; readonly id: string; readonly length: number}
  /** `user:bcrypt-hash` of another secret. */
  | {readonly kind: 'htpasswd'; readonly id: string; readonly user: string; readonly password: string}
  /** A certificate authority: `<id>.crt`, `<id>.key`. */
  | {readonly kind: 'authority'; readonly id: string; readonly title: string}
  /** A server certificate of an authority: `<id>.crt`, `<id>.key`. Names may hold `${NAME}`. */
  | {readonly kind: 'certificate'; readonly id: string; readonly authority: string; readonly hosts: readonly string[]};

export interface Variant {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly requires: readonly string[];
  readonly conflicts: readonly string[];
  /** The compose file, as a document that keeps its comments. */
  readonly fragment: Fragment;
}

export interface Fragment {
  /** Path below the catalogue, for messages. */
  readonly path: string;
  readonly document: Document.Parsed;
}

/** What answers at an address once the component runs. */
export interface Link {
  readonly title: string;
  /** May refer to variables as `${NAME}`. */
  readonly url: string;
  /** File of `secrets/` that holds the password, and the user's name. */
  readonly user?: string;
  readonly secret?: string;
}

export interface Component {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly phase: string;
  readonly overlay: string;
  readonly licence: string;
  readonly homepage: string;
  /** Part of every selection. */
  readonly required: boolean;
  /** Marked as recommended where components are picked. */
  readonly recommended: boolean;
  /** Not offered by itself: comes only with what requires it. */
  readonly hidden: boolean;
  readonly recommends: readonly string[];
  /** At least one of these must be picked too. */
  readonly requiresOneOf: readonly string[];
  readonly inputs: readonly Input[];
  readonly secrets: readonly Secret[];
  readonly files: readonly Asset[];
  readonly links: readonly Link[];
  /** First is the default. */
  readonly variants: readonly Variant[];
  /** Other component to the wiring that is merged when both are picked. */
  readonly wiring: ReadonlyMap<string, Fragment>;
  /** Fragments that choices name, by file name. */
  readonly fragments: ReadonlyMap<string, Fragment>;
  /** Content of the assets, by path below `assets/<component>/`. */
  readonly assets: ReadonlyMap<string, string>;
}

export interface Catalog {
  readonly platform: Platform;
  /** In the order of phases, then of ids. */
  readonly components: ReadonlyMap<string, Component>;
}
