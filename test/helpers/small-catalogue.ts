/** A catalogue of invented things, as text: everything the format knows occurs once, and a test can change any file of it. */
import type {Catalog} from '../../source/catalog/catalog.ts';
import {type CatalogSources, parseCatalog} from '../../source/catalog/parse.ts';
import type {Answers} from '../../source/plan/answers.ts';
import type {Problem} from '../../source/plan/problem.ts';
import {defaultAnswers, type HostValues, select} from '../../source/plan/select.ts';
import type {Selection} from '../../source/plan/selection.ts';

const platform = `project: house
phases:
  - {id: first, title: Ground floor, why: Everybody comes in here.}
  - {id: second, title: Rooms, why: They are behind the door.}
  - {id: third, title: Extras, why: They come last.}
overlays:
  - {id: front, number: 11}
  - {id: rooms, number: 12, name: rooms}
  - {id: local, number: 90, name: local}
networks:
  - {id: hall, subnet: 172.30.0.0/24, purpose: Where people come in}
  - {id: cellar, subnet: 172.31.10.0/24, purpose: Where nobody comes, internal: true}
tiers:
  - {id: small, title: Small, summary: A door, cpus: 1, memory: 1GiB, disk: 5GB, components: {door: standalone}}
  - id: large
    title: Large
    summary: A door and light
    cpus: 2.5
    memory: 1.5GiB
    disk: 1TB
    hosts: 3
    components: {door: standalone, lamp: cluster}
environments:
  - {id: dev, title: Development, summary: For trying things out}
  - {id: prod, title: Production, summary: For real}
inputs:
  - {id: domain, title: Domain, help: Everything has a name below it., type: domain, env: DOMAIN, default: house.localhost, example: example.com, early: true}
`;

const door = `title: Door
summary: The way in
phase: first
overlay: front
licence: MIT
homepage: https://door.example
required: true
inputs:
  - {id: http_port, title: HTTP port, help: Port of the door., type: port, env: HTTP_PORT, default: "80"}
  - id: lock
    title: Lock
    help: How the door is closed.
    type: choice
    env: LOCK
    early: true
    choices:
      - id: key
        title: Key
        summary: Fits everywhere
        domains: public
        fragment: lock-key.yaml
        env: {URL_SCHEME: https, URL: "https://\${DOMAIN}"}
        files:
          - {from: lock-key.conf, to: lock.conf, fill: [KEY_EMAIL]}
      - id: chain
        title: Chain
        summary: Made here
        fragment: lock-chain.yaml
        env: {URL_SCHEME: https}
        secrets:
          - {id: house_ca, kind: authority, title: House authority}
          - {id: door_tls, kind: certificate, authority: house_ca, hosts: ["\${DOMAIN}", "*.\${DOMAIN}"]}
        notice: Visitors have to know the chain.
      - id: "off"
        title: Open
        summary: For trying things out
        environments: [dev]
        env: {URL_SCHEME: http}
        notice: Everybody can come in.
  - {id: key_email, title: E-mail of the key maker, help: Who is asked for a new key., type: email, env: KEY_EMAIL, example: ops@example.com, when: {lock: [key]}}
  - {id: host, title: Name of the door, help: The door answers to it., type: host, env: DOOR_HOST, default: "door.\${DOMAIN}"}
secrets:
  - {id: door_password, length: 24}
  - {id: door_users, kind: htpasswd, user: admin, password: door_password}
files:
  - {from: door.conf, fill: [DOOR_HOST]}
  - {from: bell/ring.sh, executable: true}
links:
  - {title: Door bell, url: "\${URL_SCHEME}://\${DOOR_HOST}/bell", user: admin, secret: door_password}
variants:
  standalone: {title: One door, summary: A single door}
`;

const doorStandalone = `# The door itself.
services:
  # Opens and closes.
  door:
    image: door:1.2
    ports:
      # The front.
      - "\${HTTP_PORT:-80}:80"
    networks:
      - hall
    volumes:
      - ./config/door/door.conf:/etc/door.conf:ro
      - ./config/door/bell:/bell:ro
    secrets: [door_users]
    healthcheck: {test: [CMD, knock], interval: 10s, timeout: 5s, retries: 3, start_period: 30s, start_interval: 1s}
networks:
  hall: {}
secrets:
  door_users:
    file: ./secrets/door_users
`;

const lamp = `title: Lamp
summary: Light
phase: second
overlay: rooms
licence: MIT
homepage: https://lamp.example
recommended: true
recommends: [mirror]
inputs:
  - {id: colour, title: Colour, help: Of the light., type: text, env: LAMP_COLOUR, default: warm white}
variants:
  standalone: {title: One lamp, summary: A single lamp, requires: [battery]}
  cluster: {title: Three lamps, summary: One may break, requires: [battery], conflicts: [candle]}
`;

const lampStandalone = `# Light for all rooms.
services:
  lamp:
    image: lamp:2.0
    depends_on:
      battery: {condition: service_healthy}
    environment:
      COLOUR: \${LAMP_COLOUR:-warm white}
    networks: [hall, cellar]
    labels:
      door.route: lamp
    deploy:
      resources:
        limits: {cpus: "0.5", memory: 64M}
networks:
  hall: {}
  cellar: {}
`;

const battery = `title: Battery
summary: Keeps the lamp alight
phase: third
overlay: rooms
licence: MIT
homepage: https://battery.example
hidden: true
variants:
  standalone: {title: One battery, summary: A single battery}
`;

const batteryStandalone = `services:
  battery:
    image: battery:3.1
    networks: [cellar]
    volumes: [charge:/charge]
    healthcheck: {test: [CMD, measure], interval: 5s, timeout: 2s, retries: 2, start_period: 10s, start_interval: 1s}
networks:
  cellar: {}
volumes:
  # Never thrown away.
  charge:
`;

const candle = `title: Candle
summary: Light without a battery
phase: second
overlay: rooms
licence: MIT
homepage: https://candle.example
variants:
  standalone: {title: One candle, summary: A single candle}
`;

const mirror = `title: Mirror
summary: Shows what there is light for
phase: third
overlay: rooms
licence: MIT
homepage: https://mirror.example
requires_one_of: [lamp, candle]
variants:
  standalone: {title: One mirror, summary: A single mirror}
`;

const plain = (name: string) => `services:
  ${name}:
    image: ${name}:1.0
    networks: [cellar]
networks:
  cellar: {}
`;

export const smallSources: Readonly<Record<string, string>> = {
  'assets/door/bell/ring.sh': `#!/bin/sh\necho "\${DOOR_HOST} \${NAME}"\n`,
  'assets/door/door.conf': `name = \${DOOR_HOST}\nother = \${HTTP_PORT}\n`,
  'assets/door/lock-key.conf': `ask = \${KEY_EMAIL}\n`,
  'compose/battery/component.yaml': battery,
  'compose/battery/standalone.yaml': batteryStandalone,
  'compose/candle/component.yaml': candle,
  'compose/candle/standalone.yaml': plain('candle'),
  'compose/door/component.yaml': door,
  'compose/door/lock-chain.yaml':
    'services:\n  door:\n    secrets: [door_tls.crt, door_tls.key]\nsecrets:\n  door_tls.crt: {file: ./secrets/door_tls.crt}\n  door_tls.key: {file: ./secrets/door_tls.key}\n',
  'compose/door/lock-key.yaml':
    '# A key for everybody.\nservices:\n  door:\n    ports:\n      # For those with a key.\n      - "443:443"\n    volumes:\n      - ./config/door/lock.conf:/etc/lock.conf:ro\n',
  'compose/door/standalone.yaml': doorStandalone,
  'compose/door/with-lamp.yaml':
    '# Where the light is.\nservices:\n  door:\n    networks: [cellar]\n    environment:\n      # Switched on from here.\n      LAMP: http://lamp\nnetworks:\n  cellar: {}\n',
  'compose/lamp/cluster.yaml': plain('lamp-one'),
  'compose/lamp/component.yaml': lamp,
  'compose/lamp/standalone.yaml': lampStandalone,
  'compose/mirror/component.yaml': mirror,
  'compose/mirror/standalone.yaml': plain('mirror'),
  'compose/platform.yaml': platform,
};

/** Files by path; a change is another text, what a text becomes, or `undefined` for no such file. */
export type Changes = Readonly<Record<string, string | undefined | ((text: string) => string)>>;

/** Replaces what must be there, once or more. */
export const replaced = (before: string, after: string) => (text: string) => {
  if (!text.includes(before)) throw new Error(`"${before}" is not in the file`);
  return text.replaceAll(before, after);
};

export const changedSources = (changes: Changes = {}): CatalogSources => {
  const files = new Map(Object.entries(smallSources));
  for (const [path, change] of Object.entries(changes)) {
    const text = typeof change === 'function' ? change(files.get(path) ?? '') : change;
    if (text === undefined) files.delete(path);
    else files.set(path, text);
  }
  return files;
};

export const problemLines = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({where, what, next}) => `${where}: ${what} ${next}`);

export const smallCatalog = (changes: Changes = {}): Catalog => {
  const result = parseCatalog(changedSources(changes));
  if (!result.ok) throw new Error(problemLines(result.problems).join('\n'));
  return result.value;
};

/** What is wrong with the changed catalogue, a line each. */
export const catalogProblems = (changes: Changes): readonly string[] => {
  const result = parseCatalog(changedSources(changes));
  return result.ok ? [] : problemLines(result.problems);
};

export const smallAnswers = (catalog: Catalog, more: Partial<Answers> = {}): Answers => ({...defaultAnswers(catalog), ...more});

export const selected = (catalog: Catalog, more: Partial<Answers> = {}, host?: HostValues): Selection => {
  const result = select(catalog, smallAnswers(catalog, more), host);
  if (!result.ok) throw new Error(problemLines(result.problems).join('\n'));
  return result.value;
};

/** What is wrong with answers, a line each. */
export const selectionProblems = (catalog: Catalog, more: Partial<Answers>): readonly string[] => {
  const result = select(catalog, smallAnswers(catalog, more));
  return result.ok ? [] : problemLines(result.problems);
};
