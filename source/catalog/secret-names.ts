import type {Secret} from './catalog.ts';

/** The files of `secrets/` that a secret becomes. */
export const filesOfSecret = (secret: Secret): readonly string[] =>
  secret.kind === 'random' || secret.kind === 'htpasswd' ? [secret.id] : [`${secret.id}.crt`, `${secret.id}.key`];
