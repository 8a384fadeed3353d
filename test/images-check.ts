/**
 * Asks the registry of every image of the catalogue for its manifest, through the Docker Engine that is there, and prints digest and
 * platforms. Exits with 1 when one can not be had. Pulls nothing.
 */
import {parseArgs} from 'node:util';
import {table} from '../source/display/tables.ts';
import {credentialsFor} from '../source/engine/credentials.ts';
import {findEndpoint} from '../source/engine/find-endpoint.ts';
import {catalogImages} from '../source/plan/catalog-rows.ts';
import {theCatalog} from './catalogue/support.ts';
import {askRegistry} from './helpers/ask-registry.ts';

const {positionals} = parseArgs({allowPositionals: true});
const images = positionals.length > 0 ? positionals : catalogImages(await theCatalog());
const {kind, host} = await findEndpoint(process.env);
if (kind !== 'unix') {
  console.error(`The engine at ${host} is asked through a Unix socket only. Run this on its own host.`);
  process.exit(2);
}
const answers = [];
for (const image of images) {
  const login = await credentialsFor(image, {env: process.env});
  answers.push(await askRegistry(host.slice('unix://'.length), image, login));
}
const columns = ['IMAGE', 'DIGEST', 'PLATFORMS'].map(title => ({title}));
const cells = answers.map(answer =>
  'digest' in answer ? [answer.image, answer.digest, answer.platforms.join(' ')] : [answer.image, answer.problem],
);
console.log(table(columns, cells).join('\n'));
if (answers.some(answer => 'problem' in answer)) process.exitCode = 1;
