/** Messages of the engine while it pulls an image -> how far that image is -> events for the displays. Pure; the same on both image stores. */
import type {ResourceEvent, ResourceStatus} from '../events.ts';
import type {PullMessage} from './pull-message.ts';

export type LayerStep = 'waiting' | 'downloading' | 'retrying' | 'downloaded' | 'extracting' | 'pulled' | 'present';

interface LayerState {
  readonly step: LayerStep;
  /** Bytes. */
  readonly current: number;
  /** Zero while it is not known. */
  readonly total: number;
  /** What the engine says besides: `Retrying in 5 seconds`. */
  readonly note: string | undefined;
}

export interface PullState {
  readonly layers: ReadonlyMap<string, LayerState>;
  readonly digest: string | undefined;
  /** `current`: the engine had it already. */
  readonly result: 'pulled' | 'current' | undefined;
  readonly error: string | undefined;
}

export const emptyPull: PullState = {layers: new Map(), digest: undefined, result: undefined, error: undefined};

const steps: readonly (readonly [RegExp, LayerStep])[] = [
  [/^(Pulling fs layer|Waiting)$/, 'waiting'],
  [/^Downloading$/, 'downloading'],
  [/^Retrying in /, 'retrying'],
  [/^(Verifying Checksum|Download complete)$/, 'downloaded'],
  [/^Extracting$/, 'extracting'],
  [/^Pull complete$/, 'pulled'],
  [/^Already exists$/, 'present'],
];

/** Folds one message in. The very same state comes back when it said nothing new, which is how a stall is told. */
export const decodePull = (state: PullState, message: PullMessage): PullState => {
  const {id, status, error} = message;
  if (error !== undefined) return {...state, error};
  if (status.startsWith('Digest: ')) return {...state, digest: status.slice('Digest: '.length)};
  if (status.startsWith('Status: ')) return {...state, result: status.includes('up to date') ? 'current' : 'pulled'};
  const step = steps.find(([pattern]) => pattern.test(status))?.[1];
  if (id === undefined || step === undefined) return state;
  const before = state.layers.get(id);
  const after = advance(before, step, message);
  return before && same(before, after) ? state : {...state, layers: new Map(state.layers).set(id, after)};
};

const unknownLayer: LayerState = {step: 'waiting', current: 0, total: 0, note: undefined};

const advance = (before = unknownLayer, step: LayerStep, message: PullMessage): LayerState => {
  const note = step === 'retrying' ? message.status : undefined;
  if (step === 'downloading') return {step, note, ...measure(before, message)};
  if (step === 'waiting' || step === 'retrying' || step === 'present') return {...before, step, note};
  return {...before, step, note, current: before.total};
};

/** After a retry the graph drivers count from zero to what is left: only the distance to the end is to be trusted. */
const measure = (before: LayerState, {current = 0, total = 0}: PullMessage): Pick<LayerState, 'current' | 'total'> => {
  const whole = Math.max(before.total, total);
  const reached = total === 0 ? current : whole - (total - current);
  return {current: Math.max(before.current, reached), total: whole};
};

const same = (a: LayerState, b: LayerState): boolean =>
  a.step === b.step && a.current === b.current && a.total === b.total && a.note === b.note;

const layerWords: Readonly<Record<LayerStep, readonly [ResourceStatus, string]>> = {
  waiting: ['waiting', 'Waiting'],
  downloading: ['working', 'Downloading'],
  retrying: ['working', 'Retrying'],
  downloaded: ['working', 'Downloaded'],
  extracting: ['working', 'Extracting'],
  pulled: ['done', 'Pulled'],
  present: ['skipped', 'Present'],
};

export interface PulledImage {
  readonly reference: string;
  /** Event it belongs to, for example `phase/core`. */
  readonly parentId: string;
}

/** The layer that a message was about, and the image with it; nothing for a message about neither. `at` in milliseconds since 1970. */
export const pullEvents = (image: PulledImage, state: PullState, {id}: PullMessage, at: number): readonly ResourceEvent[] => {
  const layer = id === undefined ? undefined : state.layers.get(id);
  if (id !== undefined && layer) return [layerEvent(image, id, layer, at), imageEvent(image, state, at)];
  return state.result ? [...arrivedUnsaid(image, state, at), imageEvent(image, state, at)] : [];
};

/** The containerd store does not say of every layer that it arrived; that the image did says it of all. */
const arrivedUnsaid = (image: PulledImage, {layers}: PullState, at: number): readonly ResourceEvent[] =>
  [...layers]
    .filter(([, {step}]) => step !== 'pulled' && step !== 'present')
    .map(([id, layer]) => layerEvent(image, id, {...layer, step: 'pulled', note: undefined}, at));

const layerEvent = ({reference}: PulledImage, id: string, layer: LayerState, at: number): ResourceEvent => {
  const [status, text] = layerWords[layer.step];
  return {
    id: `layer/${reference}/${id}`,
    kind: 'layer',
    parentId: `image/${reference}`,
    status,
    text,
    at,
    ...(layer.note && {details: layer.note}),
    ...(layer.total > 0 && {current: layer.current, total: layer.total}),
  };
};

export const imageEvent = ({reference, parentId}: PulledImage, state: PullState, at: number): ResourceEvent => {
  const missing = [...state.layers.values()].filter(layer => layer.step !== 'present');
  const [status, text] = imageWords(state, missing);
  const pulled = missing.filter(layer => layer.step === 'pulled').length;
  const total = sum(missing.map(layer => layer.total));
  return {
    id: `image/${reference}`,
    kind: 'image',
    parentId,
    status,
    text,
    at,
    ...(status === 'working' && missing.length > 0 && {details: `${pulled} of ${missing.length} layers`}),
    ...(total > 0 && {current: sum(missing.map(layer => layer.current)), total}),
    ...(status === 'working' && missing.some(isUnknown) && {growing: true}),
  };
};

/** Small layers of the containerd store arrive without ever having had a size. */
const isUnknown = ({step, total}: LayerState) => total === 0 && (step === 'waiting' || step === 'downloading' || step === 'retrying');

const imageWords = ({result}: PullState, layers: readonly LayerState[]): readonly [ResourceStatus, string] => {
  if (result) return result === 'pulled' ? ['done', 'Pulled'] : ['skipped', 'Present'];
  if (layers.every(({step}) => step === 'waiting')) return ['working', 'Pulling'];
  const arrived = layers.every(({step}) => step === 'downloaded' || step === 'extracting' || step === 'pulled');
  return ['working', arrived ? 'Extracting' : 'Downloading'];
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
