import type {Problem} from '../../plan/problem.ts';
import {Body} from '../components/body.tsx';
import {errorPanel, nextSteps} from '../components/error-panel.ts';
import {Frame} from '../components/frame.tsx';
import type {Hint} from '../components/key-hints.ts';
import {missingRows} from '../components/missing-rows.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, type Size} from '../layout.ts';
import {blank, type Line, line, segment} from '../text/line.ts';
import type {Figures} from '../theme.ts';
import type {Trouble} from '../trouble.ts';

export interface WrittenView {
  /** Undefined while the files are being written. */
  readonly paths: readonly string[] | undefined;
  /** Absolute path of the workspace. */
  readonly directory: string;
  /** What is still missing for a rollout. */
  readonly missing: readonly Problem[];
  readonly trouble: Trouble | undefined;
}

const introOf = ({paths, trouble}: WrittenView) => {
  if (trouble) return 'The files could not be written.';
  return paths ? 'The files are written. Nothing was started.' : 'Writing the files.';
};

/** Starts the platform by hand. */
export const startCommand = (directory: string): string => `cd ${directory} && docker compose up -d`;

/** The files, and what is left to do. */
export const writtenRows = (view: WrittenView, width: number, figures: Figures): readonly Line[] => {
  const {paths, directory, missing, trouble} = view;
  if (trouble) return errorPanel(trouble, width, figures);
  if (!paths) return [line(`Writing to ${directory} ${figures.ellipsis}`, 'muted')];
  const files = paths.map((path): Line => [segment(`  ${figures.done} `, 'good'), segment(path)]);
  return [
    ...(missing.length > 0 ? [...missingRows(missing, width, figures), blank] : []),
    line('Start the platform', 'strong'),
    ...nextSteps([startCommand(directory)], width, figures),
    blank,
    line(paths.length > 0 ? `Written to ${directory}` : `Every file in ${directory} was as it should be`, 'strong'),
    ...files,
  ];
};

/** Where the rows of the list go. */
export const writtenLayout = (size: Size, view: WrittenView) => layoutOf(size, introOf(view));

export interface WrittenProps {
  readonly size: Size;
  readonly title: string;
  readonly view: WrittenView;
  readonly scroll: number;
}

export const Written = ({size, title, view, scroll}: WrittenProps) => {
  const {figures} = useTheme();
  const layout = writtenLayout(size, view);
  const hints: readonly Hint[] = view.paths
    ? [
        {keys: 'Enter', does: 'finish'},
        {keys: 'up/down', does: 'scroll'},
        {keys: '?', does: 'help'},
        {keys: 'q', does: 'quit'},
      ]
    : [{keys: view.trouble ? 'Enter' : 'Ctrl+C', does: view.trouble ? 'finish' : 'quit'}];
  return (
    <Frame size={size} title={title} intro={introOf(view)} hints={hints}>
      <Body layout={layout} rows={writtenRows(view, layout.width, figures)} scroll={scroll} />
    </Frame>
  );
};
