/** How to get Docker Engine with its compose plugin, by distribution. The commands are those of https://docs.docker.com/engine/install/. Pure. */
import type {HostFacts} from './facts.ts';

/** What the instructions depend on. */
export type InstallFacts = Pick<HostFacts, 'platform' | 'family' | 'wsl' | 'distribution'>;

const packages = 'docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin';
const enable = 'sudo systemctl enable --now docker';

/** Docker's own repository, since that of Debian 12 has an engine that is too old and no compose plugin. */
const apt = (distribution: 'debian' | 'ubuntu'): readonly string[] => [
  `sudo apt-get update && sudo apt-get install -y ca-certificates curl && sudo install -m 0755 -d /etc/apt/keyrings && sudo curl -fsSL https://download.docker.com/linux/${distribution}/gpg -o /etc/apt/keyrings/docker.asc`,
  `. /etc/os-release && echo "deb [arch=$(dpkg --print-architecture) signed-by=/etc/apt/keyrings/docker.asc] https://download.docker.com/linux/${distribution} \${UBUNTU_CODENAME:-$VERSION_CODENAME} stable" | sudo tee /etc/apt/sources.list.d/docker.list`,
  `sudo apt-get update && sudo apt-get install -y ${packages}`,
];

const dnf = (repository: string): readonly string[] => [repository, `sudo dnf -y install ${packages}`, enable];

const addRepo = (name: string) =>
  `sudo dnf -y install dnf-plugins-core && sudo dnf config-manager --add-repo https://download.docker.com/linux/${name}/docker-ce.repo`;

/** By ID of os-release, or one it says to be like. */
const byFamily: Readonly<Record<string, readonly string[]>> = {
  ubuntu: apt('ubuntu'),
  debian: apt('debian'),
  fedora: dnf('sudo dnf config-manager addrepo --from-repofile https://download.docker.com/linux/fedora/docker-ce.repo'),
  rhel: dnf(addRepo('rhel')),
  centos: dnf(addRepo('centos')),
  alpine: ['sudo apk add docker docker-cli-compose', 'sudo rc-update add docker default && sudo service docker start'],
  arch: ['sudo pacman -S --needed docker docker-compose', enable],
  suse: ['sudo zypper install docker docker-compose', enable],
  opensuse: ['sudo zypper install docker docker-compose', enable],
};

const manual = 'Follow https://docs.docker.com/engine/install/ for this system: Engine 25 or newer with the compose plugin 2.29 or newer.';

/** RHEL's clones have no repository of their own and use that of CentOS, as Docker's installation script does. */
const clones = new Set(['rocky', 'almalinux', 'ol']);

const stepsOf = (family: readonly string[]): readonly string[] => {
  if (clones.has(family[0] ?? '')) return byFamily.centos ?? [];
  const known = family.map(id => id.replace(/^opensuse-.*/, 'opensuse')).find(id => Object.hasOwn(byFamily, id));
  return (known === undefined ? undefined : byFamily[known]) ?? [manual];
};

/** One step an entry, in order; shell commands as they are typed, or one sentence where there is no command. */
export const installSteps = ({platform, family, wsl}: InstallFacts): readonly string[] => {
  if (platform === 'darwin') return ['Install Docker Desktop: https://docs.docker.com/desktop/setup/install/mac-install/'];
  if (platform !== 'linux') return ['Use Linux, macOS or WSL 2.'];
  if (wsl) return ['Install Docker Desktop on Windows and switch on its WSL integration: https://docs.docker.com/desktop/features/wsl/'];
  return stepsOf(family);
};
