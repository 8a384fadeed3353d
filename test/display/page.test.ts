import {expect, test} from 'vitest';
import {reportHtml, reportMark} from '../../source/display/page/page.ts';
import {report, service} from './page-fixture.ts';

/** What a reader sees: text without markup, one blank between pieces. */
const textOf = (html: string) =>
  html
    .replace(/<style>[^<]*<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

test('it says what runs where, in which version, at which address, and how it is', () => {
  const text = textOf(reportHtml(report()));
  expect(text).toContain('dev on vps-1, house.localhost. Docker Engine 29.0.0. As of 2026-11-20 10:00 UTC.');
  expect(text).toContain('All 2 services are well.');
  expect(text).toContain('door Door healthy');
  expect(text).toContain('door:1.2 sha256:aaaaaaaaaaaa 512 MiB 0.0.0.0:443-&gt;443/tcp https://house.localhost');
  expect(text).toContain('proxy 172.30.0.0/24 open to the outside door, lamp');
  expect(text).toContain('dbnet 172.31.10.0/24 internal: no way in or out door');
});

test.each([
  [service('a', {health: 'unhealthy'}), 'bad', 'unhealthy'],
  [service('a', {health: 'starting'}), 'wait', 'starting'],
  [service('a', {health: undefined}), 'good', 'running'],
  [service('a', {isJob: true, state: 'exited', exitCode: 0}), 'good', 'done'],
  [service('a', {isJob: true, state: 'exited', exitCode: 3}), 'bad', 'ended with 3'],
  [service('a', {state: 'exited', exitCode: 137}), 'bad', 'exited (137)'],
  [service('a', {state: 'paused'}), 'bad', 'paused'],
])('a state is a word that needs no colour: %#', (one, tone, word) => {
  expect(reportHtml(report({phases: [{title: 'Core', services: [one]}]}))).toContain(`<span class="${tone}">${word}</span>`);
});

test('the picture has a line for each network in use and a dot for each service on it', () => {
  const html = reportHtml(report());
  expect(html.match(/<g class="network /g)).toHaveLength(2);
  expect([...html.matchAll(/<circle [^>]*><title>([^<]*)</g)].map(([, title]) => title)).toEqual([
    'door is on proxy',
    'door is on dbnet',
    'lamp is on proxy',
  ]);
});

test('names from outside are text, whatever they hold', () => {
  const evil = `<img src=x onerror=alert(1)>"'\u001b]0;title\u0007&`;
  const html = reportHtml(
    report({
      summary: evil,
      host: evil,
      networks: [{id: evil, subnets: [evil], internal: false}],
      phases: [
        {title: evil, services: [service(evil, {image: evil, ports: [evil], url: `javascript:alert('${evil}')`, networks: [evil]})]},
      ],
      links: [{title: evil, url: 'javascript:alert(1)'}],
    }),
  );
  expect(html).not.toContain('<img');
  expect(html).not.toContain('\u001b');
  expect(html).not.toMatch(/href="(?!https?:)/);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

test('it opens offline: it fetches nothing, runs nothing, and says so to the browser', () => {
  const html = reportHtml(report());
  expect(html).not.toMatch(/<(script|link|img|iframe|object)|\bsrc=|@import|url\(/);
  expect(html).toContain(`default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;`);
  expect(html).toContain(reportMark);
});

test('without containers it is a page all the same', () => {
  const text = textOf(reportHtml(report({phases: [], networks: [], links: [], summary: 'Nothing of house-dev runs here.', isWell: false})));
  expect(text).toContain('Nothing of house-dev runs here.');
});
