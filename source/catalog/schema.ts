/** The shape of `platform.yaml` and `component.yaml`. What one file can not know (whether a name exists elsewhere) is checked in `check.ts`. */
import * as v from 'valibot';

const id = v.pipe(v.string('must be a name'), v.regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be lower-case letters, digits, - and _'));
const text = v.pipe(v.string('must be a text'), v.minLength(1, 'must not be empty'));
const variable = v.pipe(v.string('must be a variable name'), v.regex(/^[A-Z][A-Z0-9_]*$/, 'must be upper-case letters, digits and _'));
const fileName = v.pipe(
  v.string('must be a file name'),
  v.regex(/^(?!.*(?:^|\/)\.\.(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/, 'must be a relative path without ..'),
);
const requirement = v.pipe(
  v.string('must be a component, or component:variant'),
  v.regex(/^[a-z0-9][a-z0-9_-]*(?::[a-z0-9][a-z0-9_-]*)?$/, 'must be a component, or component:variant'),
  v.transform(value => {
    const [component = '', variant] = value.split(':', 2);
    return {component, ...(variant !== undefined && {variant})};
  }),
);
const list = <T extends v.GenericSchema>(item: T) => v.optional(v.array(item, 'must be a list'), []);
const flag = v.optional(v.boolean('must be true or false'), false);

const units: Readonly<Record<string, number>> = {
  '': 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};
const size = v.pipe(
  v.string('must be a size such as 8GiB'),
  v.regex(/^\d+(?:\.\d+)?(?:kB|[MGT]B|[KMGT]iB)$/, 'must be a size such as 8GiB or 50GB'),
  v.transform(value => Number.parseFloat(value) * (units[value.replace(/[\d.]+/, '')] ?? 1)),
);

const asset = v.pipe(
  v.strictObject({
    from: fileName,
    to: v.optional(fileName),
    into: v.optional(id),
    with: v.optional(id),
    append: flag,
    fill: list(variable),
    executable: flag,
  }),
  v.transform(({to, ...rest}) => ({...rest, to: to ?? rest.from})),
);

const anySecret = {id, with: v.optional(id)};
const length = v.optional(v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(128)), 32);
const secret = v.variant('kind', [
  v.strictObject({...anySecret, kind: v.literal('random'), length, exact: v.optional(v.boolean()), title: v.optional(text)}),
  v.strictObject({...anySecret, kind: v.literal('htpasswd'), user: id, password: id}),
  v.strictObject({...anySecret, kind: v.literal('authority'), title: text}),
  v.strictObject({...anySecret, kind: v.literal('certificate'), authority: id, hosts: v.pipe(v.array(text), v.minLength(1))}),
]);
/** A secret without `kind` is random. */
const secretEntry = v.pipe(
  v.custom<object>(value => typeof value === 'object' && value !== null, 'must be a map with an id'),
  v.transform(value => ({kind: 'random', ...value})),
  secret,
);

const choice = v.strictObject({
  id,
  title: text,
  summary: text,
  domains: v.optional(v.picklist(['public', 'private'], 'must be public or private')),
  environments: v.optional(v.array(id)),
  env: v.optional(v.record(variable, v.string('must be a quoted text')), {}),
  requires: list(requirement),
  fragment: v.optional(fileName),
  files: list(asset),
  secrets: list(secretEntry),
  notice: v.optional(text),
});

const inputTypes = ['text', 'name', 'number', 'port', 'size', 'choice', 'host', 'domain', 'email', 'subnet', 'image'] as const;
const input = v.strictObject({
  id,
  title: text,
  help: text,
  type: v.picklist(inputTypes, `must be one of ${inputTypes.join(', ')}`),
  env: variable,
  default: v.optional(v.string('must be a quoted text')),
  example: v.optional(v.string('must be a quoted text')),
  min: v.optional(v.number()),
  max: v.optional(v.number()),
  early: flag,
  when: v.optional(v.record(id, v.array(v.string()))),
  choices: list(choice),
});

const titled = {id, title: text, summary: text};

export const platformSchema = v.strictObject({
  project: id,
  phases: v.pipe(v.array(v.strictObject({id, title: text, why: text})), v.minLength(1)),
  overlays: v.pipe(
    v.array(v.strictObject({id, number: v.pipe(v.number(), v.integer(), v.minValue(10), v.maxValue(99)), name: v.optional(fileName)})),
    v.minLength(1),
  ),
  networks: v.array(
    v.strictObject({
      id,
      subnet: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+\.\d+\/\d+$/, 'must be a subnet such as 172.30.0.0/24')),
      purpose: text,
      internal: flag,
    }),
  ),
  tiers: v.pipe(
    v.array(
      v.strictObject({
        ...titled,
        cpus: v.number(),
        memory: size,
        disk: size,
        hosts: v.optional(v.number(), 1),
        components: v.pipe(
          v.record(id, id),
          v.transform(record => new Map(Object.entries(record))),
        ),
      }),
    ),
    v.minLength(1),
  ),
  environments: v.pipe(v.array(v.strictObject(titled)), v.minLength(1)),
  inputs: list(input),
});

const link = v.strictObject({title: text, url: text, user: v.optional(text), secret: v.optional(id)});
const variant = v.strictObject({
  title: text,
  summary: text,
  requires: list(requirement),
  conflicts: list(id),
  files: list(asset),
  secrets: list(secretEntry),
});

export const componentSchema = v.strictObject({
  title: text,
  summary: text,
  phase: id,
  overlay: id,
  licence: text,
  homepage: v.pipe(v.string(), v.url('must be an address such as https://example.com')),
  required: flag,
  recommended: flag,
  hidden: flag,
  repeatable: flag,
  recommends: list(id),
  requires_one_of: list(id),
  inputs: list(input),
  secrets: list(secretEntry),
  files: list(asset),
  links: list(link),
  variants: v.record(id, variant),
});

/** `images.yaml`: where an image's name and version come from, and about how much is downloaded for it. */
export const imagesSchema = v.record(text, v.union([text, v.strictObject({source: text, size})], 'must be a text, or source and size'));

export type PlatformDocument = v.InferOutput<typeof platformSchema>;
export type ComponentDocument = v.InferOutput<typeof componentSchema>;
export type InputDocument = v.InferOutput<typeof input>;
