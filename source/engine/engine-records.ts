/** What else the engine describes -> our own types. Throw ValiError for what is something else. Pure. */
import * as v from 'valibot';
import type {EngineInfo, ObservedNetwork} from '../plan/observed.ts';
import {printableLine} from '../printable.ts';
import {labels, listOf, number, text} from './fields.ts';

const networks = v.array(
  v.object({
    Name: v.string(),
    Labels: labels,
    IPAM: v.fallback(v.object({Config: listOf(v.object({Subnet: text}))}), {Config: []}),
  }),
);

export const networksOf = (value: unknown): readonly ObservedNetwork[] =>
  v.parse(networks, value).map(({Name, Labels, IPAM}) => ({
    name: printableLine(Name),
    project: Labels.get('com.docker.compose.project'),
    subnets: IPAM.Config.map(({Subnet}) => printableLine(Subnet)).filter(Boolean),
  }));

const info = v.object({
  Name: text,
  OperatingSystem: text,
  Architecture: text,
  NCPU: number,
  MemTotal: number,
  DockerRootDir: text,
  DriverStatus: listOf(v.array(v.string())),
  SecurityOptions: listOf(v.string()),
});

const version = v.object({Version: v.string(), ApiVersion: text});

export const engineInfoOf = (infoValue: unknown, versionValue: unknown): EngineInfo => {
  const said = v.parse(info, infoValue);
  const {Version, ApiVersion} = v.parse(version, versionValue);
  const isContainerd = said.DriverStatus.some(([key, value]) => key === 'driver-type' && value === 'io.containerd.snapshotter.v1');
  return {
    version: printableLine(Version),
    apiVersion: printableLine(ApiVersion),
    store: isContainerd ? 'containerd' : 'graph',
    os: printableLine(said.OperatingSystem),
    architecture: printableLine(said.Architecture),
    cpus: said.NCPU,
    memory: said.MemTotal,
    rootDirectory: printableLine(said.DockerRootDir),
    rootless: said.SecurityOptions.some(option => option.startsWith('name=rootless')),
    host: printableLine(said.Name),
  };
};

const volumes = v.object({Volumes: listOf(v.object({Name: v.string()}))});
export const volumeNamesOf = (value: unknown): readonly string[] => v.parse(volumes, value).Volumes.map(({Name}) => printableLine(Name));

const image = v.object({Id: v.string()});
export const imageIdOf = (value: unknown): string => v.parse(image, value).Id;
