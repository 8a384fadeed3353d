/** What else the engine describes -> our own types. Throw ValiError for what is something else. Pure. */
import * as v from 'valibot';
import type {LocalImage} from '../plan/image-lock.ts';
import type {EngineInfo, EngineSettings} from '../plan/observed.ts';
import {printableLine} from '../printable.ts';
import type {NetworkDetails} from './engine.ts';
import {flag, labels, listOf, number, text} from './fields.ts';
import {isDigest, repositoryOf} from './reference.ts';

const networks = v.array(
  v.object({
    Name: v.string(),
    Labels: labels,
    Internal: flag,
    IPAM: v.fallback(v.object({Config: listOf(v.object({Subnet: text}))}), {Config: []}),
  }),
);

export const networksOf = (value: unknown): readonly NetworkDetails[] =>
  v.parse(networks, value).map(({Name, Labels, Internal, IPAM}) => ({
    name: printableLine(Name),
    project: Labels.get('com.docker.compose.project'),
    subnets: IPAM.Config.map(({Subnet}) => printableLine(Subnet)).filter(Boolean),
    internal: Internal,
  }));

/** An engine that does not say is not accused. */
const limit = v.fallback(v.boolean(), true);

const info = v.object({
  Name: text,
  OperatingSystem: text,
  Architecture: text,
  NCPU: number,
  MemTotal: number,
  DockerRootDir: text,
  DriverStatus: listOf(v.array(v.string())),
  SecurityOptions: listOf(v.string()),
  Driver: text,
  CgroupVersion: text,
  MemoryLimit: limit,
  PidsLimit: limit,
  CpuCfsQuota: limit,
  LiveRestoreEnabled: flag,
  LoggingDriver: text,
  HttpProxy: text,
  HttpsProxy: text,
});

const version = v.object({
  Version: v.string(),
  ApiVersion: text,
  Platform: v.fallback(v.object({Name: text}), {Name: ''}),
  Components: listOf(v.object({Name: text, Version: text})),
});

type Info = v.InferOutput<typeof info>;
type Version = v.InferOutput<typeof version>;

/** Podman names itself as its first part, Docker names an edition and its first part `Engine`. */
const productOf = ({Platform, Components}: Version) =>
  printableLine(Components[0]?.Name === 'Podman Engine' ? 'Podman Engine' : Platform.Name);

const settingsOf = (said: Info, about: Version): EngineSettings => ({
  product: productOf(about),
  storageDriver: printableLine(said.Driver),
  fileTypes: !said.DriverStatus.some(([key, value]) => key === 'Supports d_type' && value === 'false'),
  cgroupVersion: printableLine(said.CgroupVersion),
  missingLimits: [...(said.MemoryLimit ? [] : ['memory']), ...(said.CpuCfsQuota ? [] : ['cpu']), ...(said.PidsLimit ? [] : ['pids'])],
  remapsUsers: said.SecurityOptions.some(option => option.startsWith('name=userns')),
  liveRestore: said.LiveRestoreEnabled,
  loggingDriver: printableLine(said.LoggingDriver),
  hasProxy: said.HttpProxy !== '' || said.HttpsProxy !== '',
  runc: about.Components.find(({Name}) => Name === 'runc')?.Version,
});

export const engineInfoOf = (infoValue: unknown, versionValue: unknown): EngineInfo => {
  const said = v.parse(info, infoValue);
  const about = v.parse(version, versionValue);
  const isContainerd = said.DriverStatus.some(([key, value]) => key === 'driver-type' && value === 'io.containerd.snapshotter.v1');
  return {
    version: printableLine(about.Version),
    apiVersion: printableLine(about.ApiVersion),
    store: isContainerd ? 'containerd' : 'graph',
    os: printableLine(said.OperatingSystem),
    architecture: printableLine(said.Architecture),
    cpus: said.NCPU,
    memory: said.MemTotal,
    rootDirectory: printableLine(said.DockerRootDir),
    rootless: said.SecurityOptions.some(option => option.startsWith('name=rootless')),
    host: printableLine(said.Name),
    settings: settingsOf(said, about),
  };
};

const volumes = v.object({Volumes: listOf(v.object({Name: v.string(), CreatedAt: text}))});

/**
 * When each volume was made, in milliseconds since 1970: the engine knows the second. 0 where it does not say. `names`: of those
 * alone. @default of all
 */
export const volumesOf = (value: unknown, names?: readonly string[]): ReadonlyMap<string, number> => {
  const meant = v.parse(volumes, value).Volumes.filter(({Name}) => names?.includes(Name) ?? true);
  return new Map(meant.map(({Name, CreatedAt}) => [printableLine(Name), Date.parse(CreatedAt) || 0]));
};

const image = v.object({Id: v.string(), RepoDigests: listOf(v.string())});

/** `repository@sha256:…`, as the engine writes them, of the repository that the image was asked for by; its other names do not count. */
const digestsIn = (repoDigests: readonly string[], reference: string): readonly string[] => {
  const wanted = repositoryOf(reference);
  return repoDigests.flatMap(text => {
    const [name = '', digest = ''] = text.split('@');
    return repositoryOf(name) === wanted && isDigest(digest) ? [digest] : [];
  });
};

export const imageOf = (value: unknown, reference: string): LocalImage => {
  const {Id, RepoDigests} = v.parse(image, value);
  return {id: Id, digests: digestsIn(RepoDigests, reference)};
};

const distribution = v.object({Descriptor: v.object({digest: v.pipe(v.string(), v.check(isDigest))})});

/** Digest of what a reference means at its registry now. */
export const remoteDigestOf = (value: unknown): string => v.parse(distribution, value).Descriptor.digest;
