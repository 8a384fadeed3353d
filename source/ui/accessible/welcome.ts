/** The first words: what this is, how it is answered, and what this host is. Pure. */
import {formatBytes, formatMemory} from '../../display/format.ts';
import type {HostFindings} from '../../plan/findings.ts';
import {stepsOf} from '../components/missing-rows.ts';
import {asking, doing, moving, plural, saying, sentence, type Talk, troubleLines, waiting} from './turn.ts';

const intro: readonly string[] = [
  'infra-wizard, read line by line. It sets up a Docker platform here. Nothing changes before you have heard the plan and typed yes.',
  'Every question is answered with a number or a word, then Enter. At every question: question mark for help, b for back, q to quit.',
];

const engineSentence = ({engine, compose}: HostFindings): string => {
  const docker = engine ? `Docker ${engine.version}${engine.rootless ? ', rootless' : ''}` : 'Docker was not found';
  return `${docker}. ${compose ? `Compose ${compose}` : 'Compose was not found'}.`;
};

/** What was set up from the workspace before. */
const deployedSentences = ({deployed}: HostFindings): readonly string[] => {
  if (!deployed || deployed.components.length === 0) return [];
  const phases = deployed.phases.map(({title, deployed: there, of}) => `${title} ${there} of ${of}`);
  return [`Deployed already: ${deployed.project}, by phases ${phases.join(', ')}.`];
};

const facts = (host: HostFindings): readonly string[] => {
  const {cpus, memory, diskFree} = host;
  const disk = diskFree === undefined ? [] : [`${formatBytes(diskFree)} free on the disk`];
  const hardware = [plural(cpus, 'CPU', 'CPUs'), `${formatMemory(memory)} of memory`, ...disk].join(', ');
  return [`This host is ${host.host}${host.distribution ? `, ${host.distribution}` : ''}. It has ${hardware}.`, engineSentence(host)];
};

const missing = ({missing: problems}: HostFindings): readonly string[] =>
  problems.length === 0
    ? []
    : [
        ...problems.flatMap(problem => [sentence(problem.what), ...stepsOf(problem).map(step => `What to do: ${step}`)]),
        'The wizard goes on all the same: it writes the overlays, which start with docker compose up -d once this is there.',
      ];

export const welcomeTalk: Talk = {
  turn: ({state: {host, dropped, notice}, before}) => {
    const first = before ? [] : intro;
    if (host.status === 'loading') return waiting(...first, 'Looking at this host.');
    const found =
      host.status === 'ready'
        ? [...facts(host.value), ...deployedSentences(host.value), ...missing(host.value)]
        : ['This host could not be looked at.', ...troubleLines(host.trouble)];
    const left =
      dropped.length === 0 ? [] : [`Left out of the saved answers, because this version does not know them: ${dropped.join(', ')}.`];
    return asking(
      [...first, ...found, ...left, ...(notice ? [notice] : [])],
      'Enter to begin, p for saved profiles, c to check this host:',
    );
  },
  reply: answer => {
    if (answer === 'p') return doing({type: 'profiles', action: {type: 'open'}});
    if (answer === 'c') return doing({type: 'open-checks'});
    return answer === ''
      ? doing({type: 'forward'}, moving('first'))
      : saying('Enter goes on, p lists saved profiles, and c checks this host.');
  },
  help: [
    'p lists saved profiles, whose answers can be used.',
    'c checks this host: what stands in the way of a rollout, and what to do about it.',
  ],
};
