/** The security rules that every service of the catalogue is held to, and the exceptions, each with its reason. */
import type {Rule} from './rule.ts';
import {isolationRules} from './rules-isolation.ts';
import {mountRules} from './rules-mounts.ts';
import {networkRules} from './rules-network.ts';
import {runningRules} from './rules-running.ts';

export const rules: readonly Rule[] = [...isolationRules, ...mountRules, ...networkRules, ...runningRules];

/** Rule ids by service. The compose file says the same beside the setting. */
export const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  keycloak: {S05: 'builds itself into its own folder each time it starts'},
  'traefik-acme-folder': {S06: 'hands a folder over to another user, which is what root is for; it ends at once'},
};
