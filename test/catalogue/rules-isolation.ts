import {array, pairs, type Rule, texts} from './rule.ts';

const forbidden = (id: string, title: string, key: string, wrong: (value: unknown) => boolean, examples: readonly unknown[]): Rule => ({
  id,
  title,
  check: ({service}) => (key in service && wrong(service[key]) ? `${key}: ${JSON.stringify(service[key])}` : undefined),
  violations: examples.map(value => ({[key]: value})),
});

const isHost = (value: unknown) => /^(host|container:)/.test(String(value));
const isAnything = () => true;

/** What a service may be given back after everything was dropped, and why. */
const capabilities: Readonly<Record<string, readonly string[]>> = {
  'object-store-folder': ['CHOWN'],
  'traefik-acme-folder': ['CHOWN'],
};

const onlyKnownCapabilities: Rule = {
  id: 'S03',
  title: 'all capabilities are dropped, and only known ones are given back',
  check: ({name, service}) => {
    if (!texts(service.cap_drop).includes('ALL')) return 'cap_drop lacks ALL';
    const unknown = texts(service.cap_add).filter(capability => !(capabilities[name] ?? []).includes(capability));
    return unknown.length > 0 ? `cap_add: ${unknown.join(', ')}` : undefined;
  },
  violations: [{cap_drop: undefined}, {cap_drop: ['NET_RAW']}, {cap_add: ['SYS_ADMIN']}, {cap_add: ['CHOWN']}],
};

const noNewPrivileges: Rule = {
  id: 'S02',
  title: 'no program gains privileges',
  check: ({service}) =>
    texts(service.security_opt).some(option => /^no-new-privileges([:=]true)?$/.test(option)) ? undefined : 'no-new-privileges is not set',
  violations: [{security_opt: undefined}, {security_opt: ['no-new-privileges:false']}, {security_opt: []}],
  lookAlikes: [{security_opt: ['no-new-privileges=true']}, {security_opt: ['no-new-privileges']}],
};

const profilesOn: Rule = {
  id: 'S04',
  title: 'seccomp, AppArmor and SELinux stay on',
  check: ({service}) => texts(service.security_opt).find(option => /(unconfined|label[:=]disable)$/.test(option)),
  violations: ['seccomp:unconfined', 'seccomp=unconfined', 'apparmor:unconfined', 'label:disable'].map(option => ({
    security_opt: ['no-new-privileges:true', option],
  })),
  lookAlikes: [{security_opt: ['no-new-privileges:true', 'apparmor:docker-default']}],
};

const readOnlyRoot: Rule = {
  id: 'S05',
  title: 'the root file system is read-only',
  check: ({service}) => (service.read_only === true ? undefined : 'read_only is not set'),
  violations: [{read_only: undefined}, {read_only: false}],
};

const plainUser: Rule = {
  id: 'S06',
  title: 'runs as a numbered user who is not root',
  check: ({service}) => (/^[1-9]\d*(:\S+)?$/.test(String(service.user ?? '')) ? undefined : `user: ${String(service.user)}`),
  violations: [{user: undefined}, {user: '0'}, {user: '0:0'}, {user: 'root'}, {user: 'postgres'}, {user: '0:1000'}],
  lookAlikes: [{user: '1000:0'}, {user: 1000}],
};

const cautiousTmpfs: Rule = {
  id: 'S14',
  title: 'nothing in a tmpfs can be executed, run as its owner or be a device',
  check: ({service}) => {
    const short = (Array.isArray(service.tmpfs) ? texts(service.tmpfs) : [service.tmpfs ?? []].flat().map(String)).find(
      mount => !['noexec', 'nosuid', 'nodev'].every(option => mount.split(':').slice(1).join(':').split(',').includes(option)),
    );
    const long = array(service.volumes).find(volume => (volume as {type?: unknown}).type === 'tmpfs');
    return short ?? (long ? 'a volume of type tmpfs can not say noexec' : undefined);
  },
  violations: [{tmpfs: ['/tmp']}, {tmpfs: '/tmp'}, {tmpfs: ['/tmp:exec,nosuid,nodev']}, {volumes: [{type: 'tmpfs', target: '/tmp'}]}],
  lookAlikes: [{tmpfs: ['/tmp:noexec,nosuid,nodev,size=1m']}],
};

const noPlainCredentials: Rule = {
  id: 'S39',
  title: 'no credential is written into environment, command, health check or labels',
  check: ({service}) => {
    const named = pairs(service.environment).find(
      ([name, value]) => /(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY)/i.test(name) && !/_FILE$/i.test(name) && value !== '',
    );
    return named && `environment: ${named[0]}`;
  },
  violations: [{environment: {DB_PASSWORD: 'hunter2'}}, {environment: ['DB_PASSWORD=hunter2']}, {environment: {ADMIN_TOKEN: 'abc'}}],
  lookAlikes: [{environment: {DB_PASSWORD_FILE: '/run/secrets/db'}}],
};

const noCredentialsInAddresses: Rule = {
  id: 'S40',
  title: 'no credential is part of an address',
  check: ({service}) => {
    const everything = JSON.stringify([service.environment, service.command, service.entrypoint, service.healthcheck, service.labels]);
    return /[a-z]+:\/\/[^/\s"@]+:[^/\s"@]+@/.exec(everything)?.[0];
  },
  violations: [{environment: {DSN: 'postgres://me:hunter2@db/x'}}, {command: ['--dsn=postgres://me:hunter2@db/x']}],
  lookAlikes: [{environment: {URL: 'https://me.example:8443/a@b'}}],
};

export const isolationRules: readonly Rule[] = [
  forbidden('S01', 'never privileged', 'privileged', value => value !== false, [true, 'true']),
  noNewPrivileges,
  onlyKnownCapabilities,
  profilesOn,
  readOnlyRoot,
  plainUser,
  forbidden('S07', "never in the host's network", 'network_mode', isHost, ['host', 'container:other']),
  forbidden('S08', "never among the host's processes", 'pid', isAnything, ['host', 'container:other']),
  forbidden('S09', "never in the host's shared memory", 'ipc', isHost, ['host', 'container:other']),
  forbidden('S10', "never with the host's name", 'uts', isAnything, ['host']),
  forbidden('S11', "never with the host's users", 'userns_mode', isAnything, ['host']),
  forbidden('S11', "never in the host's control groups", 'cgroup', isHost, ['host']),
  forbidden('S12', 'no control group of its own choice', 'cgroup_parent', isAnything, ['/custom']),
  forbidden('S13', 'no devices', 'devices', isAnything, [['/dev/kmsg:/dev/kmsg'], [{source: '/dev/sda', target: '/dev/sda'}]]),
  forbidden('S13', 'no rules for devices', 'device_cgroup_rules', isAnything, [['c 1:3 mr']]),
  cautiousTmpfs,
  noPlainCredentials,
  noCredentialsInAddresses,
];
