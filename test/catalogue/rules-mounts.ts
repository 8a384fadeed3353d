import {array, isTree, type Rule, type Service} from './rule.ts';

interface Mount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  readonly propagation: string;
  readonly isBind: boolean;
}

const shortMount = (text: string): Mount => {
  // A variable's default may hold a colon of its own: ${SOCKET:-/run/x}.
  const [source = '', target = '', options = ''] = text
    .replace(/:-/g, '\0')
    .split(':')
    .map(part => part.replaceAll('\0', ':-'));
  const flags = options.split(',');
  return {
    source,
    target,
    readOnly: flags.includes('ro'),
    propagation: flags.find(flag => /^r?(shared|slave|private)$/.test(flag)) ?? '',
    isBind: /^[./~$]/.test(source),
  };
};

const mountsOf = (service: Service): readonly Mount[] =>
  array(service.volumes).map(volume =>
    isTree(volume)
      ? {
          source: String(volume.source ?? ''),
          target: String(volume.target ?? ''),
          readOnly: volume.read_only === true,
          propagation: String((volume.bind as {propagation?: string} | undefined)?.propagation ?? ''),
          isBind: volume.type === 'bind',
        }
      : shortMount(String(volume)),
  );

export const namedVolumes = (service: Service): readonly string[] =>
  mountsOf(service)
    .filter(({isBind}) => !isBind)
    .map(({source}) => source);

const isEngineSocket = ({source, target}: Mount) => /docker\.sock|DOCKER_SOCKET|containerd\.sock|podman\.sock/.test(`${source} ${target}`);

const bind = (source: string, target: string, more: object = {}) => ({type: 'bind', source, target, read_only: true, ...more});

export const mountRules: readonly Rule[] = [
  {
    id: 'S15',
    title: "the engine's socket is in the socket proxy and nowhere else",
    check: ({name, service}) =>
      !name.endsWith('socket-proxy') && mountsOf(service).some(isEngineSocket) ? 'mounts the socket' : undefined,
    violations: [
      {volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro']},
      {volumes: ['/run/docker.sock:/tmp/x']},
      {volumes: [bind(`\${DOCKER_SOCKET}`, '/x')]},
    ],
    lookAlikes: [{volumes: ['./config/app/docker.md:/docs/docker.md:ro']}],
  },
  {
    id: 'S16',
    title: 'no path of the host, except the socket',
    check: ({service}) => mountsOf(service).find(mount => mount.isBind && !mount.source.startsWith('./') && !isEngineSocket(mount))?.source,
    violations: [
      {volumes: ['/etc:/host/etc:ro']},
      {volumes: ['/:/host:ro']},
      {volumes: ['~/x:/x:ro']},
      {volumes: ['../x:/x:ro']},
      {volumes: [bind('/proc', '/host/proc')]},
    ],
    lookAlikes: [{volumes: ['data:/etc']}, {volumes: ['./config/app/etc:/etc/app:ro']}],
  },
  {
    id: 'S17',
    title: 'mounts do not spread to or from the host',
    check: ({service}) => mountsOf(service).find(({propagation}) => /shared|slave/.test(propagation))?.propagation,
    violations: [{volumes: ['./config/a:/a:ro,rslave']}, {volumes: [bind('./config/a', '/a', {bind: {propagation: 'rshared'}})]}],
    lookAlikes: [{volumes: ['./config/a:/a:ro,rprivate']}, {volumes: ['shared:/shared']}],
  },
  {
    id: 'S18',
    title: 'configuration is mounted read-only',
    check: ({service}) => mountsOf(service).find(({isBind, readOnly}) => isBind && !readOnly)?.source,
    violations: [{volumes: ['./config/a:/a']}, {volumes: ['./config/a:/a:rw']}, {volumes: [bind('./config/a', '/a', {read_only: false})]}],
    lookAlikes: [{volumes: ['data:/a']}, {volumes: [bind('./config/a', '/a')]}],
  },
  {
    id: 'S41',
    title: 'secrets come as files of their own, never as an ordinary mount',
    check: ({service}) => mountsOf(service).find(({source}) => /(^|\/)secrets(\/|$)/.test(source))?.source,
    violations: [{volumes: ['./secrets:/secrets:ro']}, {volumes: [bind('./secrets/x', '/run/secrets/x')]}],
    lookAlikes: [{secrets: ['x']}],
  },
];
