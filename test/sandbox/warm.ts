/** Before all tests: what the sandbox downloads and builds once, so that no test has to be as patient as the network. */
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {cacheRoot} from './cache.ts';
import {Debian, hostSuite} from './debian.ts';
import {engineFiles} from './engine-files.ts';
import {sandboxSupport, startSandbox} from './sandbox.ts';

export const setup = async (): Promise<void> => {
  if (process.env.SANDBOX === 'off' || existsSync(join(cacheRoot(), 'engine'))) return;
  const suite = await hostSuite();
  if (suite === undefined || !(await sandboxSupport()).ok) return;
  await engineFiles(new Debian(cacheRoot()), suite);
  await (await startSandbox()).stop();
};
