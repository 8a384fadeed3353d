/** A component that is deployed in another variant keeps its data in other volumes, and both answer to the same names. */
import {type Check, failed, fine, weak} from '../check.ts';
import type {ReplacedVariant} from '../facts.ts';

const list = (names: readonly string[]) => names.join(', ');

const describe = ({title, before, after, services, volumes, removed}: ReplacedVariant): string => {
  const old = `${title} is deployed as "${before}" (${list(services)}) and selected as "${after}"`;
  const data = volumes.length === 0 ? '' : `: no data moves, it stays in ${list(volumes)}, and "${after}" starts empty`;
  const both = removed
    ? ''
    : `. ${list(services)} would go on running under the same network name: applications reach now one, now the other`;
  return `${old}${data}${both}`;
};

const advice = ({component, variant, title, volumes}: ReplacedVariant): readonly string[] => [
  `Keep what is deployed: --with ${component}:${variant}, or choose that variant in the wizard.`,
  ...(volumes.length === 0 ? [] : [`Or move the data yourself: make a dump of ${title} now, and restore it once the new variant runs.`]),
  `Or take ${title} down first: leave it out once (--without ${component} --remove, or unpick it in the wizard), then pick it again in the other variant${volumes.length === 0 ? '.' : `; its data stays in ${list(volumes)}.`}`,
];

const variantStays: Check = {
  id: 'D76',
  title: 'Data stays with its variant',
  level: 'blocking',
  applies: ({engine, replaced}) => engine.kind === 'ready' && replaced.length > 0,
  run: ({replaced}) => {
    const graver = replaced.filter(({volumes}) => volumes.length > 0);
    const what = replaced.map(describe).join('; ');
    if (graver.length > 0)
      return failed(
        what,
        ...graver.flatMap(advice),
        'With --ignore D76 --remove the old services are removed and the new variant starts empty.',
      );
    if (replaced.some(({removed}) => !removed)) return weak(what, 'Have the old services removed: --remove.');
    return fine(what);
  },
};

export const variantChecks: readonly Check[] = [variantStays];
