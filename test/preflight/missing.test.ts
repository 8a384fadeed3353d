import {expect, test} from 'vitest';
import {installSteps} from '../../source/preflight/install.ts';
import {missingForRollout} from '../../source/preflight/missing.ts';
import {host, ready, readyWith} from './context.ts';

const on = (...family: string[]) => installSteps({...host, family});

test.each([
  ['Debian', ['debian'], 'download.docker.com/linux/debian/gpg'],
  ['Ubuntu', ['ubuntu', 'debian'], 'download.docker.com/linux/ubuntu/gpg'],
  ['Mint, which is like Ubuntu', ['linuxmint', 'ubuntu', 'debian'], 'download.docker.com/linux/ubuntu/gpg'],
  ['Raspberry Pi OS', ['raspbian', 'debian'], 'download.docker.com/linux/debian/gpg'],
  ['Fedora', ['fedora'], 'sudo dnf config-manager addrepo --from-repofile https://download.docker.com/linux/fedora/docker-ce.repo'],
  ['RHEL', ['rhel', 'fedora'], '--add-repo https://download.docker.com/linux/rhel/docker-ce.repo'],
  ['CentOS Stream', ['centos', 'rhel', 'fedora'], '--add-repo https://download.docker.com/linux/centos/docker-ce.repo'],
  ['Rocky', ['rocky', 'rhel', 'centos', 'fedora'], '--add-repo https://download.docker.com/linux/centos/docker-ce.repo'],
  ['AlmaLinux', ['almalinux', 'rhel', 'centos', 'fedora'], '--add-repo https://download.docker.com/linux/centos/docker-ce.repo'],
  ['Alpine', ['alpine'], 'sudo apk add docker docker-cli-compose'],
  ['Arch', ['arch'], 'sudo pacman -S --needed docker docker-compose'],
  ['Manjaro', ['manjaro', 'arch'], 'sudo pacman -S --needed docker docker-compose'],
  ['openSUSE Tumbleweed', ['opensuse-tumbleweed', 'opensuse', 'suse'], 'sudo zypper install docker docker-compose'],
  ['openSUSE Leap', ['opensuse-leap'], 'sudo zypper install docker docker-compose'],
  ['something else', ['plan9'], 'https://docs.docker.com/engine/install/'],
  ['nothing known', [], 'https://docs.docker.com/engine/install/'],
])('on %s', (_, family, expected) => {
  expect(on(...family).join('\n')).toContain(expected);
});

test('an inherited name is no distribution', () => {
  expect(on('constructor', '__proto__')).toHaveLength(1);
});

test('macOS and WSL are sent to Docker Desktop', () => {
  expect(installSteps({...host, platform: 'darwin'})[0]).toContain('mac-install');
  expect(installSteps({...host, wsl: true})[0]).toContain('wsl');
  expect(installSteps({...host, platform: 'freebsd'})).toEqual(['Use Linux, macOS or WSL 2.']);
});

test('nothing is missing where engine and compose are there', () => {
  expect(missingForRollout(host, ready(), '2.40.3')).toEqual([]);
});

test('each thing that is missing is said once', () => {
  const whats = (...given: Parameters<typeof missingForRollout>) => missingForRollout(...given).map(({what}) => what);
  const absent = {kind: 'absent', reason: 'there is no socket'} as const;
  expect(whats(host, absent, undefined)).toEqual(['Docker Engine and docker compose are missing: there is no socket']);
  expect(whats(host, absent, '2.40.3')).toEqual(['No Docker Engine answers: there is no socket']);
  expect(whats(host, ready(), undefined)).toEqual(['docker compose is missing']);
  expect(whats(host, {kind: 'denied', reason: 'EACCES'}, '2.40.3')).toEqual(['Docker is there, but ops may not use it']);
  expect(whats(host, readyWith({version: '20.10.24'}), '1.29.2')).toEqual([
    'Docker Engine 20.10.24 is older than 25',
    'Docker Compose 1.29.2 is older than 2.29',
  ]);
});

test('the steps for Debian are commands that can be pasted', () => {
  const [problem] = missingForRollout(host, ready(), undefined);
  expect(problem?.where).toBe('Debian GNU/Linux 12 (bookworm)');
  expect(problem?.next.split('\n').every(line => /^(?:sudo|\. \/etc\/os-release) /.test(line))).toBe(true);
  expect(problem?.next).toContain('docker-compose-plugin');
});
