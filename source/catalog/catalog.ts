/**
 * The catalogue's words. `parse.ts` turns documents into these, `load.ts` reads the documents from `compose/` and `assets/`.
 * Every field name below is the key a component author writes in YAML.
 */
import type {Document} from 'yaml';
import type {Asset, Input, Requirement, Secret} from './input.ts';

export type {Asset, Choice, Input, InputType, Requirement, Secret} from './input.ts';

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

export interface Variant {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly requires: readonly Requirement[];
  readonly conflicts: readonly string[];
  /** Files and secrets of this variant alone. */
  readonly files: readonly Asset[];
  readonly secrets: readonly Secret[];
  /** The compose file, as a document that keeps its comments. */
  readonly fragment: Fragment;
}

/** A fragment that is merged when another component is picked too: `[<variant>-]with-<other>[.<input>-<choice>].yaml`. */
export interface Wiring {
  /** Only into this variant. */
  readonly variant?: string;
  readonly other: string;
  /** Only when this was chosen for an input of the other. */
  readonly choice?: {readonly input: string; readonly choice: string};
  readonly fragment: Fragment;
}

/** One of any number of components that are made from a repeatable one: `webapp.shop` is `shop` of `webapp`. */
export interface Instance {
  readonly base: string;
  readonly name: string;
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
  /** Picked any number of times, each time under a name of its own. */
  readonly repeatable: boolean;
  /** Set on what `withInstances` made from a repeatable component. */
  readonly instance?: Instance;
  readonly recommends: readonly string[];
  /** At least one of these must be picked too. */
  readonly requiresOneOf: readonly string[];
  readonly inputs: readonly Input[];
  readonly secrets: readonly Secret[];
  readonly files: readonly Asset[];
  readonly links: readonly Link[];
  /** First is the default. */
  readonly variants: readonly Variant[];
  readonly wiring: readonly Wiring[];
  /** Fragments that choices name, by file name. */
  readonly fragments: ReadonlyMap<string, Fragment>;
  /** Content of the assets, by path below `assets/<component>/`. */
  readonly assets: ReadonlyMap<string, string>;
}

export interface Catalog {
  readonly platform: Platform;
  /** In the order of phases, then of ids. */
  readonly components: ReadonlyMap<string, Component>;
  /** Image to about how many bytes are downloaded for it; an image whose size is not known is not in it. */
  readonly imageSizes: ReadonlyMap<string, number>;
}
