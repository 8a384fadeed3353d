/** The security rules that every service of the catalogue is held to, and the exceptions, each with its reason. */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {parse} from 'yaml';
import type {Rule} from './rule.ts';
import {isolationRules} from './rules-isolation.ts';
import {mountRules} from './rules-mounts.ts';
import {networkRules} from './rules-network.ts';
import {runningRules} from './rules-running.ts';

export const rules: readonly Rule[] = [...isolationRules, ...mountRules, ...networkRules, ...runningRules];

const folder = new URL('exceptions/', import.meta.url);

/** Rule ids by service, a file for each component. The compose file says the same beside the setting. */
export const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.assign(
  {},
  ...readdirSync(fileURLToPath(folder)).map(name => parse(readFileSync(new URL(name, folder), 'utf8'))),
);
