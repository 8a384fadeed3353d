import {expect, test} from 'vitest';
import {normaliseReference, registryOf} from '../../source/engine/reference.ts';

test.each([
  ['redis', 'docker.io', 'docker.io/library/redis:latest'],
  ['redis:8', 'docker.io', 'docker.io/library/redis:8'],
  ['docker.io/redis:8', 'docker.io', 'docker.io/library/redis:8'],
  ['index.docker.io/library/redis:8', 'docker.io', 'docker.io/library/redis:8'],
  ['grafana/loki:3.5.0', 'docker.io', 'docker.io/grafana/loki:3.5.0'],
  ['quay.io/keycloak/keycloak:26.4', 'quay.io', 'quay.io/keycloak/keycloak:26.4'],
  ['localhost/app', 'localhost', 'localhost/app:latest'],
  ['registry:5000/app', 'registry:5000', 'registry:5000/app:latest'],
  ['[::1]:5000/app:1', '[::1]:5000', '[::1]:5000/app:1'],
  ['UPPER/app:1', 'UPPER', 'UPPER/app:1'],
  ['redis@sha256:abc', 'docker.io', 'docker.io/library/redis@sha256:abc'],
  ['ghcr.io/a/b:1@sha256:abc', 'ghcr.io', 'ghcr.io/a/b:1@sha256:abc'],
])('%s is on %s, in full %s', (reference, registry, full) => {
  expect([registryOf(reference), normaliseReference(reference)]).toEqual([registry, full]);
});
