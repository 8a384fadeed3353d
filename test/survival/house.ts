/** A small platform for many runs: two phases, a job between them, a volume, a secret, a mounted file, and a component that comes and goes. */
import {cp, mkdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {binary} from '../helpers/cli.ts';

export interface House {
  /** Name of the project, without its environment. */
  readonly name: string;
  /** Third number of its subnet, so that two stand on one engine. */
  readonly subnet: number;
  /** What the lamp runs from: an image with a shell, larger than the others, so that its pull takes a while. */
  readonly lampImage: string;
}

const platform = ({name, subnet}: House) => `project: ${name}
phases:
  - {id: ground, title: Ground floor, why: Everybody comes in here.}
  - {id: rooms, title: Rooms, why: They are behind the gate.}
overlays:
  - {id: front, number: 11}
  - {id: rooms, number: 12, name: rooms}
  - {id: light, number: 13, name: light}
  - {id: local, number: 90, name: local}
networks:
  - {id: hall, subnet: 10.211.${subnet}.0/24, purpose: Where people come in}
tiers:
  - {id: small, title: Small, summary: All of it, cpus: 1, memory: 64MiB, disk: 1GB, components: {gate: standalone, store: standalone}}
environments:
  - {id: dev, title: Development, summary: For trying things out}
inputs:
  - {id: domain, title: Domain, help: Of everything., type: domain, env: DOMAIN, default: house.localhost, example: example.com, early: true}
`;

const head = (title: string, phase: string, overlay: string) =>
  `title: ${title}\nsummary: ${title} of the house\nphase: ${phase}\noverlay: ${overlay}\nlicence: MIT\nhomepage: https://house.example\n`;

const settings = `    networks: [hall]
    restart: unless-stopped
    stop_grace_period: 1s
`;

const check = '    healthcheck: {test: [CMD, "true"], interval: 30s, timeout: 10s, retries: 3, start_period: 30s, start_interval: 300ms}\n';

const gate = `services:
  gate:
    image: sandbox/sleeper:1
${settings}${check}networks:
  hall: {}
`;

const store = `services:
  store:
    image: sandbox/sleeper:1
    environment:
      COLOUR: \${STORE_COLOUR}
    volumes:
      - ./config/store/store.conf:/etc/store.conf:ro
      - goods:/goods
    secrets: [store_key]
    depends_on:
      gate: {condition: service_healthy}
${settings}${check}  store-setup:
    image: sandbox/exits:1
    environment: {EXIT_CODE: "0"}
    networks: [hall]
    restart: "no"
    depends_on:
      store: {condition: service_healthy}
networks:
  hall: {}
volumes:
  # What the marker of a test lies in.
  goods:
secrets:
  store_key:
    file: ./secrets/store_key
`;

const lamp = (image: string) => `services:
  lamp:
    image: ${image}
    entrypoint: [sh, -c, "trap exit TERM; while :; do sleep 1; done"]
    depends_on:
      store-setup: {condition: service_completed_successfully}
${settings}${check}networks:
  hall: {}
`;

const filesOf = (house: House): Readonly<Record<string, string>> => ({
  'compose/platform.yaml': platform(house),
  'compose/gate/component.yaml': `${head('Gate', 'ground', 'front')}required: true\nvariants:\n  standalone: {title: One gate, summary: The way in}\n`,
  'compose/gate/standalone.yaml': gate,
  'compose/store/component.yaml': `${head('Store', 'rooms', 'rooms')}recommended: true
inputs:
  - {id: colour, title: Colour, help: Of the walls., type: text, env: STORE_COLOUR, default: white}
secrets:
  - {id: store_key}
files:
  - {from: store.conf, fill: [STORE_COLOUR]}
variants:
  standalone: {title: One store, summary: Keeps goods}
`,
  'compose/store/standalone.yaml': store,
  'compose/lamp/component.yaml': `${head('Lamp', 'rooms', 'light')}variants:\n  standalone: {title: One lamp, summary: Light}\n`,
  'compose/lamp/standalone.yaml': lamp(house.lampImage),
  'assets/store/store.conf': `${'# a line that makes the file longer than a block\n'.repeat(200)}colour = \${STORE_COLOUR}\n`,
});

/** The operator's own service, in the overlay that is never touched. */
export const ownOverlay = {
  path: '90-docker-compose.Infra.dev.local.yml',
  content: `services:\n  own:\n    image: sandbox/sleeper:1\n    stop_grace_period: 1s\n    networks: [hall]\n${check}networks:\n  hall: {}\n`,
} as const;

/** What is asked for in one run. */
export interface Wish {
  readonly colour: 'red' | 'blue';
  readonly lamp: boolean;
}

export const wishes: readonly [Wish, ...Wish[]] = [
  {colour: 'red', lamp: false},
  {colour: 'blue', lamp: false},
  {colour: 'red', lamp: true},
  {colour: 'blue', lamp: true},
];

export const flagsOf = ({colour, lamp: lit}: Wish): readonly string[] => [
  '--set',
  `store.colour=${colour}`,
  lit ? '--with' : '--without',
  'lamp',
];

/** Service to state, as `docker inspect` shows them when all is as wished. */
export const goalOf = ({lamp: lit}: Wish): Readonly<Record<string, string>> => ({
  gate: 'running healthy',
  ...(lit ? {lamp: 'running healthy'} : {}),
  own: 'running healthy',
  store: 'running healthy',
  'store-setup': 'exited 0',
});

/** The built program with this catalogue in place of its own. Returns what to start. */
export const buildHouse = async (house: House, folder: string): Promise<string> => {
  await cp(dirname(binary), join(folder, 'dist'), {recursive: true});
  for (const [path, content] of Object.entries(filesOf(house))) {
    await mkdir(dirname(join(folder, path)), {recursive: true});
    await writeFile(join(folder, path), content);
  }
  return join(folder, 'dist', 'infra-wizard.cjs');
};
