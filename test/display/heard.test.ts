/** What runs, as a screen reader says it. */
import {expect, test} from 'vitest';
import {statusNews, statusSentences} from '../../source/display/status.ts';
import type {ServiceStatus} from '../../source/plan/service-status.ts';
import {services, snapshot} from '../ui/fixtures.ts';

const changed = (name: string, change: Partial<ServiceStatus>) => ({
  ...snapshot,
  services: services.map(service => (service.name === name ? {...service, ...change} : service)),
});

test('a sentence a service says only what there is to say', () => {
  expect(statusSentences(snapshot).slice(0, 5)).toEqual([
    '2 of 5 services are not well: worker has stopped with code 1, login is unhealthy.',
    'gateway: running, healthy, up 1d 02h, CPU 1.5 percent of a core, memory 96 MiB of 256 MiB, at https://gateway.infra.localhost.',
    'login: running, unhealthy, up 1d 02h, CPU 97.2 percent of a core, memory 490 MiB of 512 MiB, restarted 3 times, at https://auth.infra.localhost.',
    'login-db: running, healthy, up 1d 02h, CPU 1.5 percent of a core, memory 96 MiB of 256 MiB.',
    'login-init: exited (0).',
  ]);
});

test('an engine that is away is said first', () => {
  expect(statusSentences({...snapshot, connected: false})[0]).toBe('The engine does not answer; what is shown is from before.');
  expect(statusSentences({...snapshot, services: []})).toEqual(['Nothing of infra-dev runs here.']);
});

test('watching says what changed, and nothing while only figures move', () => {
  expect(statusNews(snapshot, changed('gateway', {cpu: 88, memory: 1}))).toEqual([]);
  const drift = {kind: 'changed', cause: 'its settings changed'} as const;
  const rates = {received: 0, sent: 12_000_000, read: 0, written: 0};
  expect(statusNews(snapshot, changed('login-init', {drift, rates}))).toEqual([
    'login-init: exited (0), network 0 B/s in and 12 MB/s out, disk 0 B/s read and 0 B/s written, differs from its overlay (its settings changed).',
  ]);
  const well = {...snapshot, services: services.slice(0, 1)};
  expect(statusNews(well, {...well, services: [{...services[0], health: 'unhealthy'} as ServiceStatus]}).at(-1)).toBe(
    '1 of 1 service is not well: gateway is unhealthy.',
  );
  expect(statusNews(snapshot, changed('worker', {state: 'running', exitCode: undefined}))).toEqual(['worker: running.']);
  expect(statusNews(snapshot, {...snapshot, services: services.slice(0, -1)})).toEqual(['worker: gone.']);
  expect(statusNews({...snapshot, connected: false}, snapshot)).toEqual([
    'The engine answers again.',
    '2 of 5 services are not well: worker has stopped with code 1, login is unhealthy.',
  ]);
});
