/** All preflight checks, in the order they are shown. A new one is one record in one of these lists. */
import type {Check} from './check.ts';
import {engineChecks} from './checks/engine.ts';
import {engineSettingChecks} from './checks/engine-settings.ts';
import {hostChecks} from './checks/host.ts';
import {kernelChecks} from './checks/kernel.ts';
import {networkChecks} from './checks/networks.ts';
import {portChecks} from './checks/ports.ts';
import {projectChecks} from './checks/project.ts';
import {reachChecks} from './checks/reach.ts';
import {resourceChecks} from './checks/resources.ts';
import {sessionChecks} from './checks/session.ts';
import {storageChecks} from './checks/storage.ts';
import {systemChecks} from './checks/system.ts';

export const checks: readonly Check[] = [
  ...engineChecks,
  ...engineSettingChecks,
  ...hostChecks,
  ...kernelChecks,
  ...systemChecks,
  ...resourceChecks,
  ...storageChecks,
  ...portChecks,
  ...networkChecks,
  ...reachChecks,
  ...projectChecks,
  ...sessionChecks,
];
