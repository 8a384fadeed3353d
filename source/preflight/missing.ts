import type {Problem} from '../plan/problem.ts';
import type {EngineFacts, HostFacts} from './facts.ts';
import {installSteps} from './install.ts';
import {atLeast, oldestCompose, oldestEngine} from './versions.ts';

/** What a rollout needs and this host does not have, and how to get it on this distribution. Empty when nothing is missing. Pure. */
export const missingForRollout = (
  host: Pick<HostFacts, 'platform' | 'family' | 'wsl' | 'distribution' | 'user'>,
  engine: EngineFacts,
  compose: string | undefined,
): readonly Problem[] => {
  const where = host.distribution ?? 'this host';
  const install = installSteps(host).join('\n');
  const problems: Problem[] = [];
  if (engine.kind === 'absent') {
    const both = compose === undefined ? 'Docker Engine and docker compose are missing' : 'No Docker Engine answers';
    problems.push({where, what: `${both}: ${engine.reason}`, next: install});
  }
  if (engine.kind === 'denied') {
    problems.push({
      where,
      what: `Docker is there, but ${host.user ?? 'this user'} may not use it`,
      next: `sudo usermod -aG docker ${host.user ?? '"$USER"'}; then log out and in again (members of that group are as good as root)`,
    });
  }
  if (engine.kind === 'ready' && !atLeast(engine.engine.info.version, oldestEngine)) {
    problems.push({where, what: `Docker Engine ${engine.engine.info.version} is older than ${oldestEngine}`, next: install});
  }
  if (compose === undefined && engine.kind !== 'absent') problems.push({where, what: 'docker compose is missing', next: install});
  if (compose !== undefined && !atLeast(compose, oldestCompose))
    problems.push({where, what: `Docker Compose ${compose} is older than ${oldestCompose}`, next: install});
  return problems;
};
