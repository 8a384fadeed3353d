import {createHash} from 'node:crypto';
import type {Debian} from './debian.ts';
import {type ImageRecord, type LayerRecord, readImageRecords} from './image-records.ts';
import {buildLayer, type Layer} from './layers.ts';
import {composeReferences, type Reference} from './references.ts';

/** All that the registry serves. */
export interface ImageStore {
  /** `repository:tag`, or `host/repository:tag` where a record names the host, → digest of an index. */
  readonly tags: Readonly<Record<string, string>>;
  /** Manifests, indexes and configurations by digest, word for word. */
  readonly documents: Readonly<Record<string, {readonly mediaType: string; readonly text: string}>>;
  /** Files of the layers by digest. */
  readonly layers: Readonly<Record<string, string>>;
}

const media = 'application/vnd.oci.image';

export async function buildImageStore(debian: Debian): Promise<ImageStore> {
  const records = await readImageRecords();
  const references = await composeReferences();
  const store = {
    tags: {} as Record<string, string>,
    documents: {} as Record<string, {mediaType: string; text: string}>,
    layers: {} as Record<string, string>,
  };
  for (const image of records.values()) {
    if (image.repositories.length === 0) continue;
    const layers = await layersOf(debian, records, image);
    for (const layer of layers) store.layers[layer.digest] = layer.file;
    for (const repository of image.repositories) {
      for (const tag of tagsOf(image, repository, references))
        store.tags[`${repository}:${tag}`] = addImage(store.documents, image, layers, tag);
    }
  }
  return store;
}

async function layersOf(debian: Debian, records: ReadonlyMap<string, ImageRecord>, image: ImageRecord): Promise<Layer[]> {
  const below: LayerRecord[] = [];
  const layers: Layer[] = [];
  for (const {record, folder} of stackOf(records, image)) {
    layers.push(await buildLayer(debian, {record, folder, below: [...below]}));
    below.push(record);
  }
  return layers;
}

/** The layer records of an image from the bottom up, through its chain of `from`. */
function stackOf(records: ReadonlyMap<string, ImageRecord>, image: ImageRecord): {record: LayerRecord; folder: string}[] {
  const own = image.layers.map(record => ({record, folder: image.folder}));
  if (image.from === undefined) return own;
  const base = records.get(image.from);
  if (!base)
    throw new Error(`${image.folder} is made from '${image.from}', and there is no such record. Known: ${[...records.keys()].join(', ')}.`);
  return [...stackOf(records, base), ...own];
}

function tagsOf(image: ImageRecord, repository: string, references: readonly Reference[]): readonly string[] {
  const named = references.filter(({host, repository: path}) => path === repository || `${host}/${path}` === repository);
  return named.length > 0 ? [...new Set(named.map(({tag}) => tag))] : [image.tag];
}

const architectures: Readonly<Record<string, string>> = {x64: 'amd64', arm64: 'arm64'};

/** Adds configuration, manifest and index of one tag. The tag is in a label, so that two tags are two images. */
function addImage(
  documents: Record<string, {mediaType: string; text: string}>,
  image: ImageRecord,
  layers: readonly Layer[],
  tag: string,
): string {
  const add = (mediaType: string, value: unknown) => {
    const text = JSON.stringify(value);
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    documents[digest] = {mediaType, text};
    return {mediaType, digest, size: Buffer.byteLength(text)};
  };
  const platform = {architecture: architectures[process.arch] ?? process.arch, os: 'linux'};
  const labels = {...Object(image.config.Labels), 'org.opencontainers.image.version': tag};
  const config = add(`${media}.config.v1+json`, {
    ...platform,
    created: '2026-01-01T00:00:00Z',
    config: {...image.config, Labels: labels},
    rootfs: {type: 'layers', diff_ids: layers.map(layer => layer.diffId)},
  });
  const manifest = add(`${media}.manifest.v1+json`, {
    schemaVersion: 2,
    mediaType: `${media}.manifest.v1+json`,
    config,
    layers: layers.map(({size, digest}) => ({mediaType: `${media}.layer.v1.tar+gzip`, size, digest})),
  });
  const index = {schemaVersion: 2, mediaType: `${media}.index.v1+json`, manifests: [{...manifest, platform}]};
  return add(`${media}.index.v1+json`, index).digest;
}

/** The registry hosts that the images may be asked from. */
export async function registryHosts(): Promise<readonly string[]> {
  const usual = ['registry-1.docker.io', 'index.docker.io', 'docker.io', 'quay.io', 'ghcr.io', 'gcr.io', 'lscr.io', 'mcr.microsoft.com'];
  return [...new Set([...usual, ...(await composeReferences()).map(({host}) => host.replace(/:\d+$/, ''))])];
}
