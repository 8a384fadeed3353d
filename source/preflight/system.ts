/** What Linux says about itself, as values. */

/** Settings of the engine's own file, those that matter here. */
export interface DaemonSettings {
  readonly iptables: boolean;
  readonly ip6tables: boolean;
  readonly ipForward: boolean;
  readonly userlandProxy: boolean;
  readonly insecureRegistries: readonly string[];
  /** Addresses of `hosts` that anybody may connect to without a certificate. */
  readonly openHosts: readonly string[];
}

/** `unreadable`: it is there, and we may not look. `broken`: it is no JSON, so that the engine would not start with it. */
export type DaemonFile =
  | {readonly kind: 'missing' | 'unreadable'}
  | {readonly kind: 'broken'; readonly path: string}
  | {readonly kind: 'read'; readonly path: string; readonly settings: DaemonSettings};

/** Undefined and empty where Linux does not say. */
export interface SystemFacts {
  /** As systemd names what this host itself runs in: `lxc`, `openvz`. Undefined for a machine of its own. */
  readonly virtualization: string | undefined;
  /** Options of the running kernel, by name without `CONFIG_`: `y` or `m`. */
  readonly kernelOptions: ReadonlyMap<string, string> | undefined;
  readonly cgroup: {readonly version: 1 | 2; readonly controllers: readonly string[]} | undefined;
  /** Bytes. */
  readonly swap: {readonly total: number; readonly free: number};
  /** Flags of the processor, on x86. */
  readonly cpuFlags: readonly string[];
  readonly appArmor: 'off' | 'on' | 'without-parser';
  readonly seLinux: 'off' | 'permissive' | 'enforcing';
  /** Undefined: nothing here says whether the clock is kept right. */
  readonly clock: 'synchronised' | 'served' | 'alone' | undefined;
  readonly ipForward: boolean | undefined;
  readonly inotifyInstances: number | undefined;
  readonly rootKeys: number | undefined;
  /** Connections that the packet filter remembers. */
  readonly connections: {readonly count: number; readonly most: number} | undefined;
  /** Files that the engine's process may open. */
  readonly engineFiles: number | undefined;
  /** The engine starts with the host. */
  readonly startsAtBoot: boolean | undefined;
  readonly daemon: DaemonFile;
  /** Interface of the default route. */
  readonly uplink: {readonly via: string; readonly mtu: number} | undefined;
}
