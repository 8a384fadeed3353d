/** All preflight checks, in the order they are shown. A new one is one record in one of these lists. */
import type {Check} from './check.ts';
import {engineChecks} from './checks/engine.ts';
import {hostChecks} from './checks/host.ts';
import {networkChecks} from './checks/networks.ts';
import {portChecks} from './checks/ports.ts';
import {projectChecks} from './checks/project.ts';
import {resourceChecks} from './checks/resources.ts';
import {variantChecks} from './checks/variants.ts';

export const checks: readonly Check[] = [
  ...engineChecks,
  ...hostChecks,
  ...resourceChecks,
  ...portChecks,
  ...networkChecks,
  ...projectChecks,
  ...variantChecks,
];
