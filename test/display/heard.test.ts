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
  expect(statusSentences(snapshot).slice(0, 4)).toEqual([
    'gateway: running, healthy, up 1d 02h, CPU 1.5 percent of a core, memory 96 MiB of 256 MiB, at https://gateway.infra.localhost.',
    'login: running, unhealthy, up 1d 02h, CPU 97.2 percent of a core, memory 490 MiB of 512 MiB, restarted 3 times, at https://auth.infra.localhost.',
    'login-db: running, healthy, up 1d 02h, CPU 1.5 percent of a core, memory 96 MiB of 256 MiB.',
    'login-init: exited (0).',
  ]);
});

test('an engine that is away is said first', () => {
  expect(statusSentences({...snapshot, connected: false})[0]).toBe('The engine cannot be reached: these are the last known states.');
  expect(statusSentences({...snapshot, services: []})).toEqual(['Nothing of infra-dev runs here.']);
});

test('watching says what changed, and nothing while only figures move', () => {
  expect(statusNews(snapshot, changed('gateway', {cpu: 88, memory: 1}))).toEqual([]);
  expect(statusNews(snapshot, changed('worker', {state: 'running', exitCode: undefined}))).toEqual(['worker: running.']);
  expect(statusNews(snapshot, {...snapshot, services: services.slice(0, -1)})).toEqual(['worker: gone.']);
  expect(statusNews({...snapshot, connected: false}, snapshot)).toEqual(['The engine answers again.']);
});
