/** Saves profiles of a name and a number, one after the other. Arguments: folder, name, how many. */
import {openProfiles} from '../../../source/workspace/profiles.ts';

const [directory = '', name = '', count = '0'] = process.argv.slice(2);
const profiles = await openProfiles({directory});
for (let index = 0; index < Number(count); index += 1) {
  await profiles.save(`${name}${index}`, {tier: 'minimal', environment: 'dev', strategy: 'incremental', components: {}, settings: {}});
}
