/** `npm run images:check`, against a registry that has the catalogue's images. */
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {catalogImages} from '../../source/plan/catalog-rows.ts';
import {theCatalog} from '../catalogue/support.ts';
import {startProgram} from '../helpers/cli.ts';
import {engineSupport, startEngineForTests, type TestEngine, titled} from '../helpers/engine-for-tests.ts';

const support = await engineSupport();
const tool = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

describe.runIf(support.kind !== 'none')(titled('asking for every image', support), () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngineForTests(support);
  });
  afterAll(() => engine?.stop());

  const check = (...images: readonly string[]) =>
    startProgram([tool('node_modules/.bin/tsx'), tool('test/images-check.ts'), ...images], {env: engine.env}).finished;

  test('prints its digest and its platforms', async () => {
    const {code, stdout, stderr} = await check();
    expect(code, stdout + stderr).toBe(0);
    const lines = stdout.trim().split('\n').slice(1);
    expect(lines.map(line => line.split(/ +/)[0])).toEqual(catalogImages(await theCatalog()));
    for (const line of lines) expect(line).toMatch(/ sha256:[0-9a-f]{64} +linux\//);
  });

  test('says which one is not to be had, and fails', async () => {
    const {code, stdout} = await check('traefik:v3.7.13', 'nobody/has-this:1.0');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^traefik:v3\.7\.13 +sha256:[0-9a-f]{64}/m);
    expect(stdout).toMatch(/^nobody\/has-this:1\.0 +40[34] /m);
  });
});
