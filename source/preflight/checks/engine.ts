/** Docker itself: is it there, may we use it, is it new enough. */
import {type Check, failed, fine, weak} from '../check.ts';
import {installSteps} from '../install.ts';
import {atLeast, oldestCompose, oldestEngine, soundCompose, soundEngine} from '../versions.ts';

const engineReachable: Check = {
  id: 'D21',
  title: 'Docker Engine answers',
  level: 'blocking',
  binding: true,
  applies: ({engine}) => engine.kind !== 'denied',
  run: ({engine, host}) => {
    if (engine.kind === 'ready') return fine(`Docker Engine ${engine.engine.info.version} on ${engine.engine.info.host}`);
    if (engine.kind === 'denied') return fine('');
    const remedies = engine.remedies ?? ['If it is installed, start it: sudo systemctl enable --now docker', ...installSteps(host)];
    return failed(`No Docker Engine answers: ${engine.reason}`, ...remedies);
  },
};

const dockerRights: Check = {
  id: 'D18',
  title: 'Right to use Docker',
  level: 'blocking',
  binding: true,
  applies: ({engine}) => engine.kind !== 'absent',
  run: ({engine, host}) => {
    if (engine.kind === 'ready') return fine(`${host.user ?? 'This user'} may use Docker, which is as good as root on this host`);
    return failed(
      `Docker is there, but ${host.user ?? 'this user'} may not use it`,
      `Join the group that may: sudo usermod -aG docker ${host.user ?? '"$USER"'}; then log out and in again. Members of it are as good as root.`,
      'Or run this with sudo.',
    );
  },
};

const engineVersion: Check = {
  id: 'D22',
  title: 'Docker Engine is new enough',
  level: 'blocking',
  applies: ({engine}) => engine.kind === 'ready',
  run: ({engine, host}) => {
    const version = engine.kind === 'ready' ? engine.engine.info.version : '';
    if (!atLeast(version, oldestEngine)) {
      return failed(`Docker Engine ${version} is too old: ${oldestEngine} or newer is needed`, ...installSteps(host));
    }
    return atLeast(version, soundEngine)
      ? fine(`${version}, and ${oldestEngine} or newer is needed`)
      : weak(
          `${version}: before ${soundEngine}, ports published on 127.0.0.1 can be reached by neighbours in the same network`,
          ...installSteps(host),
        );
  },
};

const composeVersion: Check = {
  id: 'D24',
  title: 'Docker Compose is there and new enough',
  level: 'blocking',
  applies: () => true,
  run: ({compose, host, engine}) => {
    if (compose === undefined) {
      const steps = engine.kind === 'absent' ? ['It comes with the packages of the engine.'] : installSteps(host);
      return {...failed('docker compose is missing', ...steps), binding: true};
    }
    if (atLeast(compose, soundCompose)) return fine(`${compose}, and ${oldestCompose} or newer is needed`);
    if (atLeast(compose, oldestCompose)) {
      return weak(
        `${compose}: before ${soundCompose}, a file included from elsewhere could write anywhere (CVE-2025-62725)`,
        ...installSteps(host),
      );
    }
    return failed(`Docker Compose ${compose} is too old: ${oldestCompose} or newer is needed`, ...installSteps(host));
  },
};

const snapDocker: Check = {
  id: 'D26',
  title: 'Docker is not from a snap',
  level: 'blocking',
  applies: ({host, engine}) => engine.kind === 'ready' || host.snapDocker,
  run: ({host, engine}) => {
    const root = engine.kind === 'ready' ? engine.engine.info.rootDirectory : '';
    return host.snapDocker || root.startsWith('/var/snap/')
      ? failed(
          'Docker comes from a snap, which cannot mount most folders of this host',
          'Save what its volumes hold, then remove it: sudo snap remove docker',
          ...installSteps(host),
        )
      : fine('Docker is an ordinary installation');
  },
};

const lowPorts = (ports: readonly {readonly port: number}[], first: number) => [
  ...new Set(ports.map(({port}) => port).filter(port => port < first)),
];

const rootlessPorts: Check = {
  id: 'D27',
  title: 'Rootless Docker may publish the ports',
  level: 'blocking',
  applies: ({engine}) => engine.kind === 'ready' && engine.engine.info.rootless,
  run: ({ports, host, local}) => {
    const low = lowPorts(ports, local ? host.unprivilegedPorts : 1024);
    if (low.length === 0) return weak('Docker runs without root rights: data lies in your home, and memory limits need cgroup delegation');
    return failed(
      `Docker runs without root rights and may not publish ${low.join(', ')}`,
      `Allow it: echo net.ipv4.ip_unprivileged_port_start=${Math.min(...low)} | sudo tee /etc/sysctl.d/90-ports.conf && sudo sysctl --system`,
      'Or choose ports of 1024 and above.',
    );
  },
};

export const engineChecks: readonly Check[] = [engineReachable, dockerRights, engineVersion, composeVersion, snapDocker, rootlessPorts];
