/** The system below: Linux, its kernel, its processor, its control groups. */
import {type Check, failed, fine, type Outcome, weak} from '../check.ts';
import type {PreflightContext} from '../facts.ts';
import type {SystemFacts} from '../system.ts';
import {atLeast} from '../versions.ts';

/** A check of this host, which says nothing about an engine elsewhere. */
const ofSystem = (
  check: Omit<Check, 'applies' | 'run'>,
  run: (system: SystemFacts, context: PreflightContext) => Outcome | undefined,
): Check => ({
  ...check,
  applies: context => context.local && context.host.system !== undefined && run(context.host.system, context) !== undefined,
  run: context => (context.host.system && run(context.host.system, context)) ?? fine(''),
});

const operatingSystem: Check = {
  id: 'D01',
  title: 'Operating system',
  level: 'blocking',
  applies: ({local}) => local,
  run: ({host}) => {
    if (host.platform === 'linux') return host.wsl ? weak('Linux within Windows: right for trying out, not for a server') : fine('Linux');
    if (host.platform === 'darwin') return weak('macOS, where Docker runs in a virtual machine: right for trying out, not for a server');
    return failed(`There is no Docker Engine for ${host.platform}`, 'Use a Linux server, or WSL 2 on Windows.');
  },
};

const distribution: Check = {
  id: 'D03',
  title: 'Distribution',
  level: 'warning',
  applies: ({local, host}) => local && host.platform === 'linux',
  run: ({host}) =>
    host.distribution === undefined
      ? failed('It does not say what it is (/etc/os-release)', 'Expect that installation instructions may not fit this system.')
      : fine(host.distribution),
};

const oldestKernel = '4.18';
const soundKernel = '5.4';

const kernel: Check = {
  id: 'D05',
  title: 'Kernel',
  level: 'blocking',
  applies: ({local, host}) => local && host.platform === 'linux',
  run: ({host: {kernel: version}}) => {
    const remedy = 'Update the system, or use a newer release of it.';
    if (!atLeast(version, oldestKernel)) return failed(`${version} is too old: ${oldestKernel} or newer is needed`, remedy);
    return atLeast(version, soundKernel)
      ? fine(version)
      : weak(`${version}: nobody tests with kernels before ${soundKernel} any more`, remedy);
  },
};

/** x86-64-v2: what Red Hat's images and those built on them are compiled for since their release 9. */
const processorFlags = ['cx16', 'lahf_lm', 'popcnt', 'sse4_1', 'sse4_2', 'ssse3'];

const processor = ofSystem({id: 'D06', title: 'Processor', level: 'warning'}, ({cpuFlags}, {host}) => {
  if (host.architecture !== 'x64' || cpuFlags.length === 0) return undefined;
  const missing = processorFlags.filter(flag => !cpuFlags.includes(flag));
  if (missing.length === 0) return fine('It has what x86-64-v2 asks for');
  return failed(
    `It lacks ${missing.join(', ')}, which many images need (x86-64-v2): they end at once with a message about the CPU`,
    'In a virtual machine, choose the processor type "host".',
  );
});

const shared = new Set(['openvz', 'lxc', 'lxc-libvirt']);

const machine = ofSystem({id: 'D07', title: 'A machine of its own', level: 'warning'}, ({virtualization}) =>
  virtualization !== undefined && shared.has(virtualization)
    ? failed(
        `This server is a container itself (${virtualization}) and shares its kernel with others: Docker works in few of them`,
        'Choose a server with a kernel of its own (KVM), or ask the provider to allow nested containers.',
      )
    : fine('The kernel is its own'),
);

/** Without these the engine or every container fails; after the list "generally necessary" of Docker's own check. */
const kernelNeeds = [
  ...['NAMESPACES', 'NET_NS', 'PID_NS', 'IPC_NS', 'UTS_NS', 'CGROUPS', 'CGROUP_CPUACCT', 'CGROUP_DEVICE', 'CGROUP_FREEZER'],
  ...['CGROUP_SCHED', 'CPUSETS', 'MEMCG', 'CGROUP_PIDS', 'KEYS', 'VETH', 'BRIDGE', 'OVERLAY_FS', 'POSIX_MQUEUE', 'SECCOMP_FILTER'],
  ...['NETFILTER_XT_MATCH_ADDRTYPE', 'NETFILTER_XT_MATCH_CONNTRACK', 'NF_NAT'],
];

const kernelOptions = ofSystem({id: 'D08', title: 'Options of the kernel', level: 'blocking'}, ({kernelOptions: options}, {engine}) => {
  if (!options) return undefined;
  const missing = kernelNeeds.filter(name => !options.has(name));
  if (missing.length === 0) return fine('It has what Docker needs');
  const what = `It was built without ${missing.join(', ')}`;
  const remedy = "Use the kernel of the distribution instead of the provider's.";
  // An engine that runs has found its way around what is missing.
  return engine.kind === 'ready' ? weak(what, remedy) : failed(`${what}, which Docker needs`, remedy);
});

const controllers = ['cpu', 'cpuset', 'memory', 'pids'];

const hostLimits = (system: SystemFacts | undefined) => {
  if (!system?.cgroup) return undefined;
  const {version, controllers: present} = system.cgroup;
  return {version: String(version), missing: controllers.filter(name => !present.includes(name))};
};

/** The engine knows best; without one, the host. */
const limitsOf = ({engine, host, local}: PreflightContext) => {
  const settings = engine.kind === 'ready' ? engine.engine.info.settings : undefined;
  if (settings && settings.cgroupVersion !== '') return {version: settings.cgroupVersion, missing: settings.missingLimits};
  return engine.kind === 'ready' || !local ? undefined : hostLimits(host.system);
};

const controlGroups: Check = {
  id: 'D09',
  title: 'Limits of containers',
  level: 'blocking',
  applies: context => limitsOf(context) !== undefined,
  run: context => {
    const {version = '', missing = []} = limitsOf(context) ?? {};
    if (missing.length > 0) {
      return failed(
        `This kernel cannot limit ${missing.join(', ')}: one service could take everything from the others`,
        'Boot with systemd.unified_cgroup_hierarchy=1 cgroup_enable=memory on the kernel command line.',
        'A rootless engine needs delegation: https://docs.docker.com/engine/security/rootless/tips/#limiting-resources',
      );
    }
    if (version === '1') {
      return weak(
        'Kept by the first version of control groups, which Docker is about to give up',
        'Update the system, or boot with systemd.unified_cgroup_hierarchy=1.',
      );
    }
    return fine('Kept by the second version of control groups');
  },
};

export const kernelChecks: readonly Check[] = [operatingSystem, distribution, kernel, processor, machine, kernelOptions, controlGroups];
