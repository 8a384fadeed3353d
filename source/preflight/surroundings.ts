/** What surrounds a run: how it was called, and what the network says. */

/** How this program was called. */
export interface SessionFacts {
  /** Address of an engine on another host. */
  readonly remote: string | undefined;
  readonly locale: string;
  /** Variables such as HTTPS_PROXY are set. */
  readonly hasProxy: boolean;
  /** Whose rights were raised with sudo, while HOME is still theirs. */
  readonly foreignHome: {readonly user: string; readonly path: string} | undefined;
  /** Another run holds the workspace. */
  readonly lockedBy: string | undefined;
}

/** `unknown`: nobody answered in time. */
export type Answered<T> = {readonly kind: 'answered'; readonly value: T} | {readonly kind: 'none'} | {readonly kind: 'unknown'};

export interface ReachFacts {
  /** Public names under which the platform answers, and their addresses. */
  readonly names: readonly {readonly name: string; readonly addresses: Answered<readonly string[]>}[];
  /** Addresses of this host. */
  readonly own: readonly string[];
  /** Registries of images that are still to be pulled, and whether they answer; `unnamed`: no name server says where it is. */
  readonly registries: readonly {readonly name: string; readonly answer: Answered<number> | {readonly kind: 'unnamed'}}[];
}
