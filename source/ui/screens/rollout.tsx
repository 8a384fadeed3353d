import {Box} from 'ink';
import {useEffect, useEffectEvent} from 'react';
import {Body} from '../components/body.tsx';
import {Frame} from '../components/frame.tsx';
import {Help, helpLayout, helpRows} from '../components/help.tsx';
import type {Hint} from '../components/key-hints.ts';
import {Rows} from '../components/rows.tsx';
import {Select} from '../components/select/select.tsx';
import {lastScroll, windowAround} from '../components/viewport/viewport-state.ts';
import {useKeys} from '../hooks/use-keys.tsx';
import {useNow} from '../hooks/use-now.ts';
import {type OpenRollout, useRollout} from '../hooks/use-rollout.ts';
import {useTheme} from '../hooks/use-theme.ts';
import {layoutOf, listWidth, type Size} from '../layout.ts';
import type {Outcome} from '../outcome.ts';
import {rolloutHelp} from '../rollout/help.ts';
import {type Links, rolloutOutcome} from '../rollout/outcome.ts';
import {rolloutPage} from '../rollout/page.ts';
import {optionsOf, type Question, type RolloutView} from '../rollout/state.ts';
import {blank, line} from '../text/line.ts';
import {troubleOf} from '../trouble.ts';

export interface RolloutProps {
  readonly size: Size;
  readonly title: string;
  readonly open: OpenRollout;
  /** Titles of the phases by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** What answers once it is done. */
  readonly links: Links;
  /** What Enter does once it is over, for example `status`. */
  readonly forward: string;
  readonly onLeave: (outcome: Outcome, how: 'forward' | 'quit') => void;
}

const hintsOf = ({phase, question, stop, scroll: scrolled}: RolloutView, forward: string): readonly Hint[] => {
  const help = {keys: '?', does: 'help'};
  const interrupt = {keys: 'Ctrl+C', does: stop === 'no' ? 'stop' : 'leave at once'};
  if (question)
    return [
      {keys: 'up/down', does: 'choose'},
      {keys: 'Enter', does: 'take it'},
      {keys: 'PgUp PgDn', does: 'scroll'},
      help,
      question.kind === 'failures' ? interrupt : {keys: 'Esc', does: 'leave it'},
    ];
  const scroll = {keys: 'up/down', does: 'scroll'};
  if (phase === 'finished') return [{keys: 'Enter', does: forward}, scroll, help, {keys: 'q', does: 'quit'}];
  return [
    scroll,
    ...(scrolled === undefined ? [] : [{keys: 'f', does: 'follow'}]),
    help,
    interrupt,
    {keys: 'i', does: 'layers'},
    {keys: 'e', does: 'all phases'},
  ];
};

const questionTitles: Readonly<Record<Question['kind'], string>> = {
  quit: 'Stop the rollout?',
  failures: 'What now?',
  'roll-back': 'Go back?',
};

const QuestionPanel = ({question, width}: {readonly question: Question; readonly width: number}) => (
  <Box flexDirection="column" flexShrink={0}>
    <Rows rows={[blank, line(questionTitles[question.kind], 'strong')]} width={width} />
    <Select options={optionsOf(question)} cursor={question.select.cursor} />
  </Box>
);

const questionHeight = (question: Question | undefined) => {
  return question ? 2 + optionsOf(question).length : 0;
};

/** Images being pulled, services as they start, phases; on failure all that is needed to decide. */
export const Rollout = ({size, title, open, titles, links, forward, onLeave}: RolloutProps) => {
  const {figures} = useTheme();
  const {state, ending, machine} = useRollout(open);
  const {state: view, press} = machine;
  const now = useNow(ending === undefined);
  const plain = layoutOf(size, '');
  const {intro, head, rows, activeRow, scrollable} = rolloutPage({
    heightBelow: below => layoutOf(size, below).height - questionHeight(view.question),
    state,
    view,
    ending,
    links,
    roomy: plain.roomy,
    rows: {width: listWidth(plain), figures, now: ending ? state.now : now, titles, layers: view.layers, folds: view.folds},
  });
  const layout = view.help ? helpLayout(size) : layoutOf(size, intro);
  const height = view.help ? layout.height : Math.max(1, layout.height - questionHeight(view.question) - head.length);
  const scrolled = view.help ? helpRows(rolloutHelp, layout.width, figures) : rows;
  const following = view.help ? 0 : windowAround(rows.length, height, activeRow).from;
  useKeys(key => press(key, {page: height, limit: lastScroll(view.help ? scrolled.length : scrollable, height), from: following}));
  const leave = useEffectEvent(() => onLeave(rolloutOutcome(state, ending, links), view.leaving === 'forward' ? 'forward' : 'quit'));
  const isLeaving = view.leaving !== 'no' || view.stop === 'now';
  useEffect(() => {
    if (isLeaving) leave();
  }, [isLeaving]);
  if (ending && ending.error !== undefined && !troubleOf(ending.error)) throw ending.error;
  if (view.help) return <Help size={size} topics={rolloutHelp} scroll={view.scroll ?? 0} />;
  return (
    <Frame size={size} title={title} intro={intro} hints={hintsOf(view, forward)}>
      <Rows rows={head} width={layout.width} />
      <Body
        layout={{width: layout.width, height}}
        rows={rows}
        {...(view.scroll === undefined ? {cursor: activeRow} : {scroll: view.scroll})}
      />
      {view.question ? <QuestionPanel question={view.question} width={layout.width} /> : null}
    </Frame>
  );
};
