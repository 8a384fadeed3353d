import {formatBytes, formatMemory} from '../../display/format.ts';
import type {HostFindings} from '../../plan/findings.ts';
import {Body} from '../components/body.tsx';
import {deployedRows} from '../components/deployed-rows.ts';
import {Frame} from '../components/frame.tsx';
import {missingRows} from '../components/missing-rows.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, proseWidth, type Size} from '../layout.ts';
import {blank, type Line, line, paragraph, segment} from '../text/line.ts';
import {wrap} from '../text/width.ts';
import type {Figures} from '../theme.ts';
import type {SizeRemark} from '../wizard/remark.ts';
import type {Loadable, WizardState} from '../wizard/state.ts';

const intro = 'Sets up a Docker platform here. Nothing changes before you see the plan.';

const hints = [
  {keys: 'Enter', does: 'continue'},
  {keys: 'p', does: 'profiles'},
  {keys: 'c', does: 'checks'},
  {keys: '?', does: 'help'},
  {keys: 'q', does: 'quit'},
  {keys: 'up/down', does: 'scroll'},
];

const fact = (title: string, value: string | undefined, figures: Figures): Line =>
  value === undefined
    ? [segment(`${figures.warning} `, 'warning'), segment(title.padEnd(12), 'muted'), segment('not found', 'warning')]
    : [segment(`${figures.done} `, 'good'), segment(title.padEnd(12), 'muted'), segment(value)];

const engineText = ({engine}: HostFindings) =>
  engine &&
  `${engine.version}${engine.rootless ? ', rootless' : ''}, ${engine.store === 'containerd' ? 'containerd image store' : 'classic image store'}`;

const hardware = ({cpus, memory, diskFree}: HostFindings) => {
  const disk = diskFree === undefined ? [] : [`${formatBytes(diskFree)} disk free`];
  return [`${cpus} ${cpus === 1 ? 'CPU' : 'CPUs'}`, `${formatMemory(memory)} memory`, ...disk].join(', ');
};

const facts = (host: HostFindings, figures: Figures): readonly Line[] => [
  fact('Host', host.host, figures),
  fact('System', host.distribution, figures),
  fact('Hardware', hardware(host), figures),
  fact('Docker', engineText(host), figures),
  fact('Compose', host.compose, figures),
];

const goesOn = 'The wizard goes on all the same: it writes the overlays, which start with docker compose up -d once this is there.';

const missing = ({missing: problems}: HostFindings, width: number, figures: Figures): readonly Line[] =>
  problems.length === 0 ? [] : [blank, ...missingRows(problems, width, figures), blank, ...paragraph(goesOn, width)];

const factIndent = 14;

/** The last of the facts; longer than the others, so that it may need more rows. */
const sizeRows = (fitness: SizeRemark | undefined, width: number, figures: Figures): readonly Line[] => {
  if (!fitness) return [];
  const [mark, tone] = fitness.fits ? ([figures.done, 'good'] as const) : ([figures.warning, 'warning'] as const);
  const text = fitness.fits ? 'plain' : 'warning';
  return wrap(fitness.text, width - factIndent).map((row, index) =>
    index === 0
      ? [segment(`${mark} `, tone), segment('Size'.padEnd(factIndent - 2), 'muted'), segment(row, text)]
      : [segment(' '.repeat(factIndent)), segment(row, text)],
  );
};

/** Where the rows of the welcome go. */
export const welcomeLayout = (size: Size) => layoutOf(size, intro);

/** Saved answers that can not be asked about any more. */
const droppedRows = (dropped: readonly string[], width: number): readonly Line[] =>
  dropped.length === 0
    ? []
    : [
        blank,
        ...paragraph(`Left out of the saved answers, because this version does not know them: ${dropped.join(', ')}.`, width, 'warning'),
      ];

const hostRows = (host: Loadable<HostFindings>, fitness: SizeRemark | undefined, width: number, figures: Figures): readonly Line[] => {
  if (host.status === 'loading') return [line(`Looking at this host ${figures.ellipsis}`, 'muted')];
  if (host.status === 'failed') return [line(`This host could not be looked at: ${host.trouble.what}`, 'warning')];
  const {deployed} = host.value;
  const before = deployed ? [blank, ...deployedRows(deployed, width, figures)] : [];
  return [...facts(host.value, figures), ...sizeRows(fitness, width, figures), ...before, ...missing(host.value, width, figures)];
};

/** What was found on this host, as far as it is known by now. */
export const welcomeRows = (
  {host, dropped, notice}: Pick<WizardState, 'host' | 'dropped' | 'notice'>,
  width: number,
  figures: Figures,
  fitness: SizeRemark | undefined,
): readonly Line[] => [
  ...(notice ? [...paragraph(notice, width, 'accent'), blank] : []),
  ...hostRows(host, fitness, width, figures),
  ...droppedRows(dropped, width),
];

export interface WelcomeProps {
  readonly size: Size;
  readonly title: string;
  readonly state: Pick<WizardState, 'host' | 'dropped' | 'notice' | 'cursors'>;
  /** What the host is large enough for. @default not known yet */
  readonly fitness?: SizeRemark | undefined;
}

export const Welcome = ({size, title, state, fitness}: WelcomeProps) => {
  const {figures} = useTheme();
  const layout = welcomeLayout(size);
  return (
    <Frame size={size} title={title} intro={intro} hints={hints}>
      <Body layout={layout} rows={welcomeRows(state, proseWidth(layout), figures, fitness)} scroll={state.cursors.welcome} />
    </Frame>
  );
};
