/** What a dashboard costs that asks for everything each second: the list, every container, and its statistics. Argument: the engine's socket. */
import {setTimeout} from 'node:timers/promises';
import {connect} from '../../../source/engine/client.ts';

const engine = connect({kind: 'unix', host: `unix://${process.argv[2]}`, from: 'default'});
for (;;) {
  const begin = performance.now();
  const containers = await engine.containers('infra-dev');
  await Promise.all(containers.map(({id}) => engine.stats(id)));
  await setTimeout(Math.max(0, 1000 - (performance.now() - begin)));
}
