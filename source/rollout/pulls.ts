/** Fetches the images of a plan beside everything else, a few at a time, in the order in which they are needed. */
import type {Failure, ResourceEvent} from '../events.ts';
import type {Plan} from '../plan/plan.ts';

export interface NeededImage {
  readonly reference: string;
  /** Id of the phase's event, the parent of the image's events. */
  readonly parentId: string;
  /** The build that the lock file names. */
  readonly digest?: string | undefined;
}

/** Images to pull, by phase and then with dependencies first: the order in which services will wait for them. */
export const neededImages = (plan: Plan): readonly NeededImage[] =>
  plan.phases.flatMap(phase =>
    phase.steps.filter(({op}) => op === 'pull').map(({resource, digest}) => ({reference: resource, parentId: `phase/${phase.id}`, digest})),
  );

export interface Pulls {
  /** References that are on the host. */
  readonly present: ReadonlySet<string>;
  readonly failures: ReadonlyMap<string, Failure>;
  /** What a pull threw that is no failure of a pull: the rollout ends with it. */
  broken(): unknown;
  retry(references: readonly string[]): void;
  /** Resolves when no pull runs any more. */
  settled(): Promise<void>;
}

export interface PullsInput {
  readonly images: readonly NeededImage[];
  /** References that need no pull. */
  readonly present: readonly string[];
  /** Images downloaded at once. Two are enough to fill a line, and more only delay the one that is waited for. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  readonly pull: (image: NeededImage, signal: AbortSignal) => AsyncIterable<ResourceEvent>;
  readonly emit: (event: ResourceEvent) => void;
  /** Called when an image arrived or failed. */
  readonly changed: () => void;
}

/** While it unpacks or waits for its next attempt, an image leaves the line to the next one. */
const usesLine = ({status, text}: ResourceEvent) => status === 'working' && (text === 'Pulling' || text === 'Downloading');

export const startPulls = ({images, present, parallel, signal, pull, emit, changed}: PullsInput): Pulls => {
  const here = new Set(present);
  const failures = new Map<string, Failure>();
  const queue = [...images];
  const onLine = new Set<string>();
  const running = new Set<Promise<void>>();
  let thrown: unknown;

  const note = (reference: string, event: ResourceEvent) => {
    if (event.failure) failures.set(reference, event.failure);
    else if (event.status === 'done' || event.status === 'skipped') here.add(reference);
    if (usesLine(event)) onLine.add(reference);
    else onLine.delete(reference);
    launch();
  };
  const fetch = async (image: NeededImage) => {
    for await (const event of pull(image, signal)) {
      emit(event);
      if (event.kind === 'image') note(image.reference, event);
    }
  };
  const launch = () => {
    while (onLine.size < parallel && !signal.aborted) {
      const image = queue.shift();
      if (!image) return;
      onLine.add(image.reference);
      const task = fetch(image)
        .catch(error => {
          if (!signal.aborted) thrown = error;
        })
        .finally(() => {
          running.delete(task);
          onLine.delete(image.reference);
          launch();
          changed();
        });
      running.add(task);
    }
  };
  launch();
  return {
    present: here,
    failures,
    broken: () => thrown,
    retry(references) {
      const failed = references.filter(reference => failures.delete(reference));
      queue.push(...images.filter(image => failed.includes(image.reference)));
      launch();
    },
    async settled() {
      // One that ends makes room for the next.
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
};
