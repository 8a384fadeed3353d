/** Texts of `/proc`, `/etc` and the kernel's configuration, as values. Pure. */
import type {Mount} from './facts.ts';
import type {DaemonSettings} from './system.ts';

/** Blanks in paths are written as octal numbers; see proc(5). */
const unescaped = (path: string) => path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** Lines of `/proc/self/mountinfo`. */
export const parseMounts = (text: string): readonly Mount[] =>
  text.split('\n').flatMap(row => {
    const [head = '', tail = ''] = row.split(' - ');
    const [, , , , point, options = ''] = head.split(' ');
    const [type, , more = ''] = tail.split(' ');
    return point === undefined || type === undefined || type === ''
      ? []
      : [{point: unescaped(point), type, options: [...new Set([...options.split(','), ...more.split(',')])]}];
  });

/** The mount that holds an absolute path: the longest that is above it, and of those the last, which hides the others. */
export const mountOf = (mounts: readonly Mount[], path: string): Mount | undefined =>
  mounts
    .filter(({point}) => point === '/' || path === point || path.startsWith(`${point}/`))
    .reduce<Mount | undefined>((best, mount) => (best && best.point.length > mount.point.length ? best : mount), undefined);

/** `CONFIG_NAME=y` and `=m`. */
export const parseKernelOptions = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^CONFIG_(\w+)=([ym])$/gm)].map(([, name = '', value = '']) => [name, value]));

const kibibytes = (text: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0) * 1024;

/** Of `/proc/meminfo`. */
export const parseSwap = (text: string): {readonly total: number; readonly free: number} => ({
  total: kibibytes(text, 'SwapTotal'),
  free: kibibytes(text, 'SwapFree'),
});

/** Of `/proc/cpuinfo`; empty on other processors than x86. */
export const parseCpuFlags = (text: string): readonly string[] => /^flags\s*:\s*(.*)$/m.exec(text)?.[1]?.split(' ') ?? [];

/** Controllers of the second hierarchy. */
export const parseControllers = (text: string): readonly string[] => text.trim().split(/\s+/).filter(Boolean);

/** Controllers that are on, of `/proc/cgroups`. */
export const parseOldControllers = (text: string): readonly string[] =>
  text.split('\n').flatMap(row => {
    const [name = '', , , enabled] = row.trim().split(/\s+/);
    return enabled === '1' && !name.startsWith('#') ? [name] : [];
  });

/** The higher one of `/proc/PID/limits`. */
export const parseOpenFiles = (text: string): number | undefined => {
  const most = /^Max open files\s+\S+\s+(\S+)/m.exec(text)?.[1];
  if (most === undefined) return undefined;
  return most === 'unlimited' ? Number.POSITIVE_INFINITY : Number(most);
};

/** Interface of the default route with the smallest metric, of `/proc/net/route`. */
export const parseUplink = (text: string): string | undefined =>
  text
    .split('\n')
    .slice(1)
    .map(row => row.trim().split(/\s+/))
    .filter(fields => fields[1] === '00000000' && fields[7] === '00000000')
    .toSorted((one, other) => Number(one[6]) - Number(other[6]))[0]?.[0];

const listOf = (value: unknown) => (Array.isArray(value) ? value.filter(item => typeof item === 'string') : []);

/** Of `/etc/docker/daemon.json`; undefined when it is no JSON object. What is left out has Docker's default. */
export const parseDaemonFile = (text: string): DaemonSettings | undefined => {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const settings = new Map(Object.entries(value));
    const isOn = (name: string) => settings.get(name) !== false;
    const open = settings.get('tlsverify') === true ? [] : listOf(settings.get('hosts'));
    return {
      iptables: isOn('iptables'),
      ip6tables: isOn('ip6tables'),
      ipForward: isOn('ip-forward'),
      userlandProxy: isOn('userland-proxy'),
      insecureRegistries: listOf(settings.get('insecure-registries')),
      openHosts: open.filter(host => host.startsWith('tcp://') && !/^tcp:\/\/(?:127\.|localhost|\[::1\])/.test(host)),
    };
  } catch {
    return undefined;
  }
};
