/** Real programs in place of the sandbox's stand-ins: test/sandbox/README.md says where to get them, and how they are named. */
import type {EngineSupport} from './engine-for-tests.ts';

/** Why a suite that needs them is not run here; undefined when it is. */
export const missingPrograms = (support: EngineSupport, ...variables: readonly string[]): string | undefined => {
  if (support.kind === 'none') return support.reason;
  if (support.kind === 'existing') return 'SANDBOX=off has no application for tests';
  const unset = variables.filter(name => !process.env[name]);
  return unset.length > 0 ? `${unset.join(', ')} not set, and the stand-in can not do this` : undefined;
};
