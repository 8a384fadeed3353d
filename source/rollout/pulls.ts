/** Fetches the images of a plan beside everything else, in the order in which they are needed. */
import {registryOf} from '../engine/reference.ts';
import type {Failure, ResourceEvent} from '../events.ts';
import {type Line, nextToBegin, type PullUnderWay} from './pull-budget.ts';
import type {NeededImage} from './pull-order.ts';
import {amountsOf, carry, emptyTransfer, speedOf} from './transfer.ts';

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
  /** Images under way at once, at most; how many share the line is a matter of `pull-budget.ts`. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  readonly pull: (image: NeededImage, signal: AbortSignal) => AsyncIterable<ResourceEvent>;
  readonly emit: (event: ResourceEvent) => void;
  /** Called when an image arrived or failed. */
  readonly changed: () => void;
}

/** An image that is being fetched. */
interface Task {
  readonly reference: string;
  /** Of this attempt. */
  begunAt: number;
  heardAt: number;
  /** What was last said of it. */
  last: ResourceEvent | undefined;
}

/** Milliseconds between two looks at what no event tells: that nothing comes any more. */
const lookInterval = 500;
/** Milliseconds: what a registry that is not near needs for a few answers, and at the least is allowed for; and what is never believed to be more. */
const usualLookup = 500;
const longestLookup = 2000;

const pauseOf = (last: ResourceEvent | undefined): PullUnderWay['pause'] => (last?.wait ? (last.wait.asked ? 'asked' : 'own') : 'no');

/** The line as it is seen through the events of the pulls, on a clock that nobody sets. */
const watchLine = (most: number) => {
  let transfer = emptyTransfer;
  let best = 0;
  let lookup = usualLookup;
  return {
    note(task: Task, event: ResourceEvent, now: number) {
      const isFirst = event.kind === 'image' && event.total !== undefined && task.last?.total === undefined;
      if (isFirst) lookup = Math.min(longestLookup, Math.max(usualLookup, now - task.begunAt));
      transfer = carry(transfer, {...event, at: now});
      best = Math.max(best, speedOf(transfer, {now}) ?? 0);
    },
    look(tasks: Iterable<Task>, now: number): Line {
      const pulls = [...tasks].map(({reference, begunAt, heardAt, last}): PullUnderWay => {
        const {left} = amountsOf(transfer, image => image === `image/${reference}`);
        const isSized = (last?.total ?? 0) > 0 && !last?.growing;
        const known = isSized ? left : undefined;
        return {
          registry: registryOf(reference),
          left: last?.text === 'Extracting' ? 0 : known,
          pause: pauseOf(last),
          answered: isSized || last?.growing === true,
          age: now - begunAt,
          silence: now - heardAt,
        };
      });
      return {pulls, speed: speedOf(transfer, {now}), best, lookup, most};
    },
  };
};

const queued = (image: NeededImage) => ({image, registry: registryOf(image.reference)});

export const startPulls = ({images, present, parallel, signal, pull, emit, changed}: PullsInput): Pulls => {
  const here = new Set(present);
  const failures = new Map<string, Failure>();
  const queue = images.map(queued);
  const line = watchLine(parallel);
  const tasks = new Map<Promise<void>, Task>();
  let timer: NodeJS.Timeout | undefined;
  let thrown: unknown;

  const note = (task: Task, event: ResourceEvent) => {
    task.heardAt = performance.now();
    if (task.last?.wait) task.begunAt = task.heardAt;
    line.note(task, event, task.heardAt);
    if (event.kind !== 'image') return;
    task.last = event;
    if (event.failure) failures.set(task.reference, event.failure);
    else if (event.status === 'done' || event.status === 'skipped') here.add(task.reference);
    launch();
  };
  const fetch = async (image: NeededImage, task: Task) => {
    for await (const event of pull(image, signal)) {
      emit(event);
      note(task, event);
    }
  };
  const begin = (image: NeededImage) => {
    const begunAt = performance.now();
    const task: Task = {reference: image.reference, begunAt, heardAt: begunAt, last: undefined};
    const run = fetch(image, task)
      .catch(error => {
        if (!signal.aborted) thrown = error;
      })
      .finally(() => {
        tasks.delete(run);
        launch();
        changed();
      });
    tasks.set(run, task);
  };
  const launch = () => {
    clearTimeout(timer);
    while (queue.length > 0 && !signal.aborted) {
      const next = nextToBegin(queue, line.look(tasks.values(), performance.now()));
      if (!next) {
        timer = setTimeout(launch, lookInterval).unref();
        return;
      }
      queue.splice(queue.indexOf(next), 1);
      begin(next.image);
    }
  };
  launch();
  return {
    present: here,
    failures,
    broken: () => thrown,
    retry(references) {
      const failed = references.filter(reference => failures.delete(reference));
      queue.push(...images.filter(image => failed.includes(image.reference)).map(queued));
      launch();
    },
    async settled() {
      // One that ends makes room for the next.
      while (tasks.size > 0) await Promise.allSettled(tasks.keys());
    },
  };
};
