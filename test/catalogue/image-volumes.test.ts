/** Folders that an image declares as volumes: where nothing is mounted, the engine makes a volume without a name, and keeps it. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {parseReference} from '../sandbox/references.ts';
import {isTree, type Service, texts, tree} from './rule.ts';
import {root, subjectsOf, theCatalog} from './support.ts';

interface Image {
  readonly repositories: readonly string[];
  readonly config?: {readonly Volumes?: Readonly<Record<string, unknown>>};
}

/** Repository to the folders that its image declares, as the sandbox's images have it. */
const declaredVolumes = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const folder = join(root, 'test/sandbox/images');
  const images = await Promise.all((await readdir(folder)).map(name => readFile(join(folder, name, 'image.yaml'), 'utf8')));
  return new Map(
    images.flatMap(text => {
      const {repositories = [], config} = parse(text) as Partial<Image>;
      return repositories.map(repository => [parseReference(repository).repository, Object.keys(config?.Volumes ?? {})] as const);
    }),
  );
};

const mounted = ({volumes, tmpfs}: Service): readonly string[] => [
  ...(Array.isArray(volumes) ? volumes : []).map(volume => (isTree(volume) ? String(volume.target) : (String(volume).split(':')[1] ?? ''))),
  ...texts(tmpfs).map(text => text.split(':')[0] ?? ''),
];

/** Folders that would become volumes without a name. */
const nameless = (service: Service, declared: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const targets = mounted(service);
  return (declared.get(parseReference(String(service.image)).repository) ?? []).filter(folder => !targets.includes(folder));
};

test('no service leaves a volume without a name behind', async () => {
  const declared = await declaredVolumes();
  expect(nameless({image: 'postgres:17.11', volumes: ['data:/var/lib/postgresql']}, declared)).toEqual(['/var/lib/postgresql/data']);
  expect(nameless({image: 'postgres:17.11', tmpfs: ['/var/lib/postgresql/data:size=4k']}, declared)).toEqual([]);

  const catalog = await theCatalog();
  const fragments = [...catalog.components.values()].flatMap(component => [...component.fragments.values()]);
  const services = fragments.flatMap(({document}) => subjectsOf(tree(document.toJS()))).filter(({service}) => service.image !== undefined);
  expect(services.length).toBeGreaterThan(20);
  expect(services.flatMap(({name, service}) => nameless(service, declared).map(folder => `${name}: ${folder}`))).toEqual([]);
});
