/** How the engine is set up. */
import type {EngineSettings} from '../../plan/observed.ts';
import {type Check, failed, fine, type Outcome, weak} from '../check.ts';
import type {PreflightContext} from '../facts.ts';
import type {DaemonSettings} from '../system.ts';
import {atLeast} from '../versions.ts';

const settingsOf = ({engine}: PreflightContext) => (engine.kind === 'ready' ? engine.engine.info.settings : undefined);

/** Undefined: says nothing about this engine. */
const ofEngine = (
  check: Omit<Check, 'applies' | 'run'>,
  run: (settings: EngineSettings, context: PreflightContext) => Outcome | undefined,
): Check => {
  const outcomeOf = (context: PreflightContext) => {
    const settings = settingsOf(context);
    return settings && run(settings, context);
  };
  return {...check, applies: context => outcomeOf(context) !== undefined, run: context => outcomeOf(context) ?? fine('')};
};

const isDocker = ofEngine({id: 'D74', title: 'The engine is Docker', level: 'blocking'}, ({product}, {engine}) => {
  if (/podman/i.test(product)) {
    return failed(
      'Podman answers in the place of Docker: it starts services in another order and has no live events of health',
      'Install Docker Engine beside it, and remove the package podman-docker.',
    );
  }
  const desktop = engine.kind === 'ready' && /docker desktop/i.test(engine.engine.info.os);
  return desktop ? weak('Docker Desktop: right for trying out, not for a server') : fine(product || 'Docker');
});

const oldDrivers = new Set(['vfs', 'devicemapper', 'aufs', 'overlay']);

const storageDriver = ofEngine({id: 'D28', title: 'Storage of images', level: 'blocking'}, ({storageDriver: driver, fileTypes}) => {
  if (driver === '') return undefined;
  if (oldDrivers.has(driver)) {
    return failed(
      `The storage driver ${driver} is ${driver === 'vfs' ? 'a makeshift that copies every image whole' : 'given up by Docker'}`,
      'Remove storage-driver from /etc/docker/daemon.json, so that overlay2 is taken. Images and containers have to be made anew.',
    );
  }
  if (!fileTypes) {
    return failed(
      `The file system below ${driver} does not keep the kind of its entries (xfs with ftype=0): files of images will be missing`,
      "Move the engine's folder to ext4, or to xfs that was made with ftype=1.",
    );
  }
  return fine(driver);
});

/** Ways out of a container: CVE-2025-31133, CVE-2025-52565, CVE-2025-52881. */
const soundRunc = (version: string) => atLeast(version, '1.3.3') || (atLeast(version, '1.2.8') && !atLeast(version, '1.3'));

const runtime = ofEngine({id: 'D31', title: 'Runtime of containers', level: 'warning'}, ({runc}) => {
  if (runc === undefined || runc === '') return undefined;
  return soundRunc(runc)
    ? fine(`runc ${runc}`)
    : failed(
        `runc ${runc} has known ways out of a container, closed in 1.2.8 and 1.3.3`,
        'Update it: sudo apt-get install --only-upgrade containerd.io, or what the distribution calls runc.',
      );
});

const userRemapping = ofEngine({id: 'D75', title: 'Users in containers', level: 'warning'}, ({remapsUsers}) =>
  remapsUsers
    ? failed(
        'The engine gives containers other user ids (userns-remap): they may not read the secrets of the workspace',
        'Remove userns-remap from /etc/docker/daemon.json.',
      )
    : fine('The same as outside'),
);

const daemonProblems = (settings: DaemonSettings): readonly (readonly [what: string, next: string])[] => [
  ...(settings.iptables ? [] : [['published ports lead nowhere (iptables: false)', 'Remove iptables from it.'] as const]),
  ...(settings.ip6tables
    ? []
    : [['containers with IPv6 are reachable from everywhere (ip6tables: false)', 'Remove ip6tables from it.'] as const]),
  ...(settings.ipForward ? [] : [['containers may reach nobody (ip-forward: false)', 'Remove ip-forward from it.'] as const]),
  ...(settings.userlandProxy
    ? []
    : [
        [
          'published ports do not answer on IPv6 (userland-proxy: false)',
          'Remove userland-proxy from it, unless IPv6 does not matter.',
        ] as const,
      ]),
  ...(settings.insecureRegistries.length > 0
    ? [[`images come without encryption from ${settings.insecureRegistries.join(', ')}`, 'Give these registries certificates.'] as const]
    : []),
];

const engineFile: Check = {
  id: 'D32',
  title: "The engine's own settings",
  level: 'warning',
  applies: ({local, host}) => local && (host.system?.daemon.kind === 'read' || host.system?.daemon.kind === 'broken'),
  run: ({host}) => {
    const file = host.system?.daemon;
    if (file?.kind === 'broken')
      return failed(`${file.path} is no JSON: the engine will not start with it again`, `Correct it, then: dockerd --validate`);
    if (file?.kind !== 'read') return fine('');
    const problems = daemonProblems(file.settings);
    if (problems.length === 0) return fine(`Nothing in ${file.path} stands in the way`);
    return failed(
      `${file.path} says: ${problems.map(([what]) => what).join('; ')}`,
      ...problems.map(([, next]) => next),
      'Then: sudo systemctl restart docker',
    );
  },
};

const enginePort = 2375;
const isLoopback = (address: string) => address === '::1' || address.startsWith('127.');

const openSocket: Check = {
  id: 'D33',
  title: 'The engine is not open to the network',
  level: 'blocking',
  applies: ({local, host}) => local && host.platform === 'linux',
  run: ({host}) => {
    const {daemon} = host.system ?? {};
    const told = daemon?.kind === 'read' ? daemon.settings.openHosts : [];
    const heard = host.listeners.filter(
      ({port, protocol, address, process}) =>
        port === enginePort && protocol === 'tcp' && !isLoopback(address) && (process === undefined || process.name === 'dockerd'),
    );
    const own = heard.filter(({process}) => process !== undefined);
    const [where] = [...told, ...own.map(({address}) => `${address}, port ${enginePort}`)];
    if (where === undefined && heard.length > 0) {
      return weak(
        `Somebody listens on port ${enginePort}, which is that of an engine without encryption or password`,
        `See who: sudo ss -lntp 'sport = :${enginePort}'`,
      );
    }
    if (where === undefined) return fine('It listens on its socket only');
    return failed(
      `It listens on ${where} without encryption or password: whoever gets there is root on this host`,
      'Remove that address from hosts in /etc/docker/daemon.json, or from -H in the unit: sudo systemctl edit docker --full',
      'From elsewhere use ssh: docker context create server --docker host=ssh://user@server',
    );
  },
};

const startsAtBoot: Check = {
  id: 'D34',
  title: 'The engine starts with the host',
  level: 'warning',
  applies: context =>
    context.local && context.host.system?.startsAtBoot !== undefined && settingsOf(context) !== undefined && !isRootless(context),
  run: ({host}) =>
    host.system?.startsAtBoot
      ? fine('It does')
      : failed('After a restart of this host nothing would run', 'Enable it: sudo systemctl enable docker'),
};

const isRootless = ({engine}: PreflightContext) => engine.kind === 'ready' && engine.engine.info.rootless;

export const engineSettingChecks: readonly Check[] = [
  isDocker,
  storageDriver,
  runtime,
  userRemapping,
  engineFile,
  openSocket,
  startsAtBoot,
];
