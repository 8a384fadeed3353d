/** Fetches the images of a plan beside everything else, a few at a time, in the order in which they are needed. */
import type {Failure, ResourceEvent} from '../events.ts';
import type {Plan} from '../plan/plan.ts';

export interface NeededImage {
  readonly reference: string;
  /** Id of the phase's event, the parent of the image's events. */
  readonly parentId: string;
}

/** Images to pull, by phase and then with dependencies first: the order in which services will wait for them. */
export const neededImages = (plan: Plan): readonly NeededImage[] =>
  plan.phases.flatMap(phase =>
    phase.steps.filter(({op}) => op === 'pull').map(({resource}) => ({reference: resource, parentId: `phase/${phase.id}`})),
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
  readonly parallel: number;
  readonly signal: AbortSignal;
  readonly pull: (image: NeededImage, signal: AbortSignal) => AsyncIterable<ResourceEvent>;
  readonly emit: (event: ResourceEvent) => void;
  /** Called when an image arrived or failed. */
  readonly changed: () => void;
}

export const startPulls = ({images, present, parallel, signal, pull, emit, changed}: PullsInput): Pulls => {
  const here = new Set(present);
  const failures = new Map<string, Failure>();
  const queue = [...images];
  const workers = new Set<Promise<void>>();
  let thrown: unknown;

  const fetch = async (image: NeededImage) => {
    for await (const event of pull(image, signal)) {
      emit(event);
      if (event.kind !== 'image') continue;
      if (event.failure) failures.set(image.reference, event.failure);
      else if (event.status === 'done' || event.status === 'skipped') here.add(image.reference);
    }
    changed();
  };
  const work = async () => {
    for (let image = queue.shift(); image && !signal.aborted; image = queue.shift()) await fetch(image);
  };
  const hire = () => {
    while (workers.size < Math.min(parallel, workers.size + queue.length)) {
      const worker = work()
        .catch(error => {
          if (!signal.aborted) thrown = error;
          changed();
        })
        .finally(() => workers.delete(worker));
      workers.add(worker);
    }
  };
  hire();
  return {
    present: here,
    failures,
    broken: () => thrown,
    retry(references) {
      const failed = references.filter(reference => failures.delete(reference));
      queue.push(...images.filter(image => failed.includes(image.reference)));
      hire();
    },
    async settled() {
      await Promise.allSettled(workers);
    },
  };
};
