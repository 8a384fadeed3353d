import {describe, expect, test} from 'vitest';
import {audienceOf, consequenceLines, downloadText, firewallTexts, memoryText} from '../../source/display/consequences.ts';
import type {Consequences, Download, MemoryUse, OpenPort} from '../../source/plan/consequences.ts';

const gibibyte = 2 ** 30;
const port = (address: string | undefined, more: Partial<OpenPort> = {}): OpenPort => ({
  address,
  port: 443,
  protocol: 'tcp',
  service: 'door',
  ...more,
});
const consequences = (more: Partial<Consequences> = {}): Consequences => ({
  basics: [],
  ports: [],
  hostNetwork: [],
  aroundFirewall: true,
  links: [],
  notices: [],
  download: [],
  memory: {limit: 0, unlimited: 0, host: undefined, services: []},
  ...more,
});

test.each([
  [undefined, 'from everywhere'],
  ['', 'from everywhere'],
  ['0.0.0.0', 'from everywhere'],
  ['::', 'from everywhere'],
  ['127.0.0.1', 'loopback only'],
  ['127.8.0.1', 'loopback only'],
  ['::1', 'loopback only'],
  ['10.0.0.5', 'at 10.0.0.5 only'],
])('a port at %j is open %s', (address, audience) => {
  expect(audienceOf({address})).toBe(audience);
});

describe('what the firewall of the host has to say', () => {
  test('nothing is opened', () => {
    expect(firewallTexts(consequences())).toEqual(['Nothing is opened: no service publishes a port of this host.']);
  });

  test('published ports go around it', () => {
    expect(firewallTexts(consequences({ports: [port(undefined)]}))).toEqual([
      expect.stringMatching(/before ufw or firewalld is asked.*DOCKER-USER/),
    ]);
  });

  test('without root rights it is asked', () => {
    expect(firewallTexts(consequences({ports: [port(undefined)], aroundFirewall: false}))).toEqual([
      expect.stringContaining('hold for these ports'),
    ]);
  });

  test.each([
    ['ports of the loopback interface', consequences({ports: [port('127.0.0.1')]})],
    ["services in the host's network", consequences({hostNetwork: [{service: 'door'}]})],
  ])('nothing about %s', (_, given) => {
    expect(firewallTexts(given)).toEqual([]);
  });
});

const image = (size: number | undefined): Download => ({image: 'door:1', size});

test.each<[string, readonly Download[]]>([
  ['Nothing to download: every image is here.', []],
  ['1 image to download, of unknown size.', [image(undefined)]],
  ['2 images to download, of unknown size.', [image(undefined), image(undefined)]],
  ['About 50 MB to download.', [image(50e6)]],
  ['About 1.9 GB to download (1 image of unknown size not counted).', [image(1.4e9), image(0.5e9), image(undefined)]],
  ['About 50 MB to download (2 images of unknown size not counted).', [image(50e6), image(undefined), image(undefined)]],
])('%s', (text, images) => {
  expect(downloadText(images)).toBe(text);
});

test.each<[string, Partial<MemoryUse>]>([
  ['Services may use up to 6.2 GiB of memory; this host has 7.6 GiB.', {limit: 6.2 * gibibyte, host: 7.6 * gibibyte}],
  ['Services may use up to 9 GiB of memory, more than the 7.6 GiB of this host.', {limit: 9 * gibibyte, host: 7.6 * gibibyte}],
  ['Services may use up to 1 GiB of memory.', {limit: gibibyte}],
  ['Services may use up to 1 GiB of memory. 1 service without a limit comes on top.', {limit: gibibyte, unlimited: 1}],
  ['Services may use up to 1 GiB of memory. 2 services without a limit come on top.', {limit: gibibyte, unlimited: 2}],
  ['No service has a memory limit. This host has 7.6 GiB.', {unlimited: 2, host: 7.6 * gibibyte}],
  ['No service has a memory limit.', {}],
])('%s', (text, memory) => {
  expect(memoryText({limit: 0, unlimited: 0, host: undefined, services: [], ...memory})).toBe(text);
});

test('the whole consequences as lines, with nothing from outside raw in it', () => {
  const lines = consequenceLines(
    consequences({
      ports: [
        port(undefined),
        port('127.0.0.1', {port: 53, protocol: 'udp'}),
        port(undefined, {port: 70, unfixed: true, service: 'o\u001b[2Jwn'}),
      ],
      hostNetwork: [{service: 'probe'}],
      links: [
        {title: 'Bell', url: 'https://door.example.com/', login: 'admin, password in secrets/door'},
        {title: 'Door', url: 'https://door.example.com/door', login: undefined},
      ],
      download: [image(50e6)],
      memory: {limit: gibibyte, unlimited: 0, host: 4 * gibibyte, services: []},
    }),
  );
  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    Open ports
      443/tcp               from everywhere  door
      53/udp                loopback only    door
      free port for 70/tcp  from everywhere  own
      probe shares the network of this host: whatever it listens on is open, as far as the host's own firewall lets it.
      Docker lets published ports through before ufw or firewalld is asked: closing them there has no effect. To limit who reaches them, use rules in the chain DOCKER-USER, or your provider's firewall.
    Addresses
      Bell  https://door.example.com/      admin, password in secrets/door
      Door  https://door.example.com/door
    Download and memory
      About 50 MB to download.
      Services may use up to 1 GiB of memory; this host has 4 GiB.
    "
  `);
});
