import {formatMoment} from '../../display/format.ts';
import type {Deployed, DeployedPhase} from '../../plan/deployed.ts';
import {type Line, segment} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import type {Figures} from '../theme.ts';

const titleWidth = 12;

const row = (figure: string, title: string, text: string, width: number): readonly Line[] =>
  wrap(text, Math.max(8, width - titleWidth - 2)).map((part, index) => [
    segment(index === 0 ? `${figure} ` : ' '.repeat(figure.length + 1), 'good'),
    segment((index === 0 ? title : '').padEnd(titleWidth), 'muted'),
    segment(part),
  ]);

const phaseText = ({title, deployed, of, complete}: DeployedPhase) => {
  if (deployed === 0) return `${title} not yet`;
  if (complete) return `${title} complete`;
  return deployed < of ? `${title} ${deployed} of ${of}` : `${title} not healthy`;
};

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** What was set up from the workspace before: how much of it is there, phase by phase, and since when. */
export const deployedRows = ({project, phases, writtenAt, rolledOutAt}: Deployed, width: number, figures: Figures): readonly Line[] => {
  const there = sum(phases.map(({deployed}) => deployed));
  const all = sum(phases.map(({of}) => of));
  const times = [
    ...(writtenAt === undefined ? [] : [`written ${formatMoment(writtenAt)}`]),
    ...(rolledOutAt === undefined ? [] : [`rolled out ${formatMoment(rolledOutAt)}`]),
  ];
  return [
    ...row(there > 0 ? figures.done : figures.waiting, 'Deployed', `${project}: ${there} of ${all} components`, width),
    ...(there > 0 ? row(' ', 'Phases', phases.map(phaseText).join(', '), width) : []),
    ...(times.length > 0 ? row(' ', 'Last', times.join(', '), width) : []),
  ];
};
