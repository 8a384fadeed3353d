/** How the system is set up: what makes services slow, refuses them at night, or surprises later. Warnings. */
import {type Check, failed, fine, type Outcome} from '../check.ts';
import type {PreflightContext} from '../facts.ts';
import type {SystemFacts} from '../system.ts';

/** Undefined: says nothing about this host. */
const ofSystem = (id: string, title: string, run: (system: SystemFacts, context: PreflightContext) => Outcome | undefined): Check => ({
  id,
  title,
  level: 'warning',
  applies: context => context.local && context.host.system !== undefined && run(context.host.system, context) !== undefined,
  run: context => (context.host.system && run(context.host.system, context)) ?? fine(''),
});

const sysctl = (setting: string) => `Set it: echo ${setting} | sudo tee /etc/sysctl.d/90-infra.conf && sudo sysctl --system`;

/** Less is what a kernel puts aside in idle hours. Bytes. */
const muchSwap = 512 * 2 ** 20;

const swap = ofSystem('D10', 'Swap', ({swap: {total, free}}) => {
  const used = total - free;
  if (total === 0) return fine('None: a service that exceeds its limit is ended at once');
  const megabytes = Math.round(used / 2 ** 20);
  return used < muchSwap
    ? fine(`${megabytes} MiB in use`)
    : failed(
        `${megabytes} MiB in use: memory is short already, and databases that are swapped out miss their time limits`,
        'See what uses memory: ps aux --sort=-rss | head',
        'Let the kernel swap less: echo vm.swappiness=1 | sudo tee /etc/sysctl.d/90-swap.conf && sudo sysctl --system',
      );
});

const appArmor = ofSystem('D11', 'AppArmor', ({appArmor: state}) => {
  if (state === 'off') return undefined;
  return state === 'on'
    ? fine('On, with its tools')
    : failed('On in the kernel, but apparmor_parser is missing: containers may be refused', 'Install it: sudo apt-get install -y apparmor');
});

const seLinux = ofSystem('D12', 'SELinux', ({seLinux: state}, {directory}) => {
  if (state === 'off') return undefined;
  return state === 'permissive'
    ? fine('Permissive')
    : failed(
        'Enforcing: containers may not read the files of the workspace before they carry the right label',
        `Label the folder once it is written: sudo chcon -Rt container_file_t ${directory}`,
      );
});

const clock = ofSystem('D13', 'Clock', ({clock: state}) => {
  if (state === undefined) return undefined;
  if (state !== 'alone') return fine(state === 'synchronised' ? 'Synchronised' : 'Kept right by a time service');
  return failed(
    'No time service runs: certificates, tokens and clusters fail once the clock is wrong',
    'Start one: sudo timedatectl set-ntp true (package systemd-timesyncd), or install chrony.',
  );
});

const forwarding = ofSystem('D14', 'Forwarding of packets', ({ipForward}, {engine}) => {
  // The engine switches it on when it starts.
  if (ipForward === undefined || engine.kind !== 'ready' || engine.engine.info.rootless) return undefined;
  return ipForward ? fine('On') : failed('Off: containers reach nobody, and nobody them', sysctl('net.ipv4.ip_forward=1'));
});

/** What one service may need: runtimes and log shippers watch files. */
const watchersPerService = 8;
const fewestKeys = 10_000;
/** Of the connections that can be remembered. */
const fullTable = 0.8;

const kernelLimits = ofSystem(
  'D15',
  'Limits of the kernel',
  ({inotifyInstances = Infinity, rootKeys = Infinity, connections}, {services}) => {
    const problems: (readonly [what: string, next: string])[] = [];
    if (inotifyInstances < services.length * watchersPerService) {
      const what = `${inotifyInstances} watchers of files (fs.inotify.max_user_instances) are few for ${services.length} services`;
      problems.push([what, sysctl('fs.inotify.max_user_instances=512')]);
    }
    if (rootKeys < fewestKeys) {
      problems.push([
        `${rootKeys} keys (kernel.keys.root_maxkeys) are few, since each container needs one`,
        sysctl('kernel.keys.root_maxkeys=1000000'),
      ]);
    }
    if (connections && connections.count > connections.most * fullTable) {
      const what = `${connections.count} of ${connections.most} connections are in use (nf_conntrack_max): new ones are dropped soon`;
      problems.push([what, sysctl(`net.netfilter.nf_conntrack_max=${connections.most * 2}`)]);
    }
    if (problems.length === 0) return fine('Wide enough');
    return failed(problems.map(([what]) => what).join('; '), ...problems.map(([, next]) => next));
  },
);

const fewestFiles = 65_536;

const openFiles = ofSystem('D16', 'Open files of the engine', ({engineFiles}, {engine}) => {
  if (engineFiles === undefined || engine.kind !== 'ready') return undefined;
  return engineFiles >= fewestFiles
    ? fine('Enough')
    : failed(
        `The engine may open ${engineFiles} files, and ${fewestFiles} or more are needed for databases`,
        'Raise it: sudo systemctl edit docker, with LimitNOFILE=infinity below [Service]; then: sudo systemctl restart docker',
      );
});

/** The smallest packets that Docker's networks are made for, unless told otherwise. */
const usualMtu = 1500;

const packetSize = ofSystem('D57', 'Size of packets', ({uplink}) => {
  if (!uplink) return undefined;
  return uplink.mtu >= usualMtu
    ? fine(`${uplink.mtu} on ${uplink.via}`)
    : failed(
        `${uplink.via} carries packets of ${uplink.mtu} bytes, and Docker's networks are made for ${usualMtu}: large answers may never arrive`,
        `Add to each network of the overlay that is yours (90-): driver_opts: {com.docker.network.driver.mtu: "${uplink.mtu}"}`,
      );
});

export const systemChecks: readonly Check[] = [swap, appArmor, seLinux, clock, forwarding, kernelLimits, openFiles, packetSize];
