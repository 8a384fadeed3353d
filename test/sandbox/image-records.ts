import {readdir, readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import * as v from 'valibot';
import {parse} from 'yaml';

const debianLayer = v.strictObject({
  debian: v.strictObject({suite: v.string(), packages: v.array(v.string()), without: v.optional(v.array(v.string()))}),
});

const directory = v.strictObject({
  path: v.string(),
  mode: v.optional(v.string()),
  uid: v.optional(v.number()),
  gid: v.optional(v.number()),
});

/** `from` is a folder beside the record that mirrors the image's root; executable files stay executable. */
const filesLayer = v.strictObject({
  files: v.strictObject({
    from: v.optional(v.string()),
    links: v.optional(v.record(v.string(), v.string())),
    directories: v.optional(v.array(directory)),
  }),
});

/** Bytes that do not compress, the same on every machine: they stand for the software a stand-in lacks. */
const fillerLayer = v.strictObject({filler: v.strictObject({megabytes: v.number(), seed: v.string()})});

const record = v.strictObject({
  /** Paths such as `library/postgres`; a host before it (`quay.io/…`) is only known there. None: a base for others. */
  repositories: v.optional(v.array(v.string()), []),
  /** The record whose layers lie below. */
  from: v.optional(v.string()),
  /** Served when compose/ names no tag of these repositories. */
  tag: v.optional(v.string(), 'latest'),
  layers: v.array(v.union([debianLayer, filesLayer, fillerLayer])),
  /** OCI image configuration: Env, Entrypoint, Cmd, User, Volumes, … */
  config: v.optional(v.record(v.string(), v.unknown()), {}),
});

export type LayerRecord = v.InferOutput<typeof record>['layers'][number];
export type FilesLayer = v.InferOutput<typeof filesLayer>['files'];
export type ImageRecord = v.InferOutput<typeof record> & {readonly folder: string};

const imagesFolder = join(dirname(fileURLToPath(import.meta.url)), 'images');

/** Every `images/<name>/image.yaml`, by name. */
export async function readImageRecords(folder = imagesFolder): Promise<ReadonlyMap<string, ImageRecord>> {
  const records = new Map<string, ImageRecord>();
  for (const name of (await readdir(folder)).sort()) {
    const file = join(folder, name, 'image.yaml');
    const checked = v.safeParse(record, parse(await readFile(file, 'utf8')));
    if (!checked.success) throw new Error(`${file} is not an image record: ${v.summarize(checked.issues)}`);
    records.set(name, {...checked.output, folder: join(folder, name)});
  }
  return records;
}
