/** The catalogue's questions, and what an answer can bring along: variables, files, secrets, other components. */

/** What decides whether an input applies: every named input has one of the listed values. Keys as in Input.id; `variant` is the component's. */
export type When = Readonly<Record<string, readonly string[]>>;

export type InputType = 'text' | 'name' | 'number' | 'port' | 'size' | 'choice' | 'host' | 'domain' | 'email' | 'subnet' | 'image';

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
  /** Asked before components are picked, so only of the platform and of what is part of it; the rest is on the settings. */
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
  /** What choosing this brings along. */
  readonly requires: readonly Requirement[];
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
  /** Written below `config/<into>/` instead, and only when that component is selected too: what to scrape, who signs in, a dashboard. */
  readonly into?: string;
  /** Written only when this component is selected too. */
  readonly with?: string;
  /** Added to the end of the file that stands under the same path already. */
  readonly append: boolean;
  /** Variables filled in; any other `${NAME}` in the file is its own business. */
  readonly fill: readonly string[];
  /** Written with mode 0755 instead of 0644. */
  readonly executable: boolean;
}

/**
 * A value that is generated once and kept in a file of `secrets/`; `with`: only when that component is selected too.
 * Of a random one: `exact`, what reads it takes this length alone; `title`, on its row of the settings instead of one made of the id.
 */
export type Secret = {readonly with?: string} & (
  | {
      readonly kind: 'random';
      readonly id: string;
      readonly length: number;
      readonly exact?: boolean | undefined;
      readonly title?: string | undefined;
    }
  /** `user:bcrypt-hash` of another secret. */
  | {readonly kind: 'htpasswd'; readonly id: string; readonly user: string; readonly password: string}
  /** A certificate authority: `<id>.crt`, `<id>.key`. */
  | {readonly kind: 'authority'; readonly id: string; readonly title: string}
  /** A server certificate of an authority: `<id>.crt`, `<id>.key`. Names may hold `${NAME}`. */
  | {readonly kind: 'certificate'; readonly id: string; readonly authority: string; readonly hosts: readonly string[]}
);

/** A component that another one can not do without; with `variant`, in that variant. Written `component` or `component:variant`. */
export interface Requirement {
  readonly component: string;
  readonly variant?: string;
}
