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
import {decisionOptions, type Question, quitOptions, type RolloutView} from '../rollout/state.ts';
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

const hintsOf = ({phase, question, stop}: RolloutView, forward: string): readonly Hint[] => {
  if (question)
    return [
      {keys: 'up/down', does: 'choose'},
      {keys: 'Enter', does: 'take it'},
      {keys: 'PgUp PgDn', does: 'scroll'},
      {keys: '?', does: 'help'},
    ];
  const scroll = {keys: 'up/down', does: 'scroll'};
  if (phase === 'finished') return [{keys: 'Enter', does: forward}, scroll, {keys: 'q', does: 'quit'}];
  return [
    scroll,
    {keys: 'f', does: 'follow'},
    {keys: 'i', does: 'layers'},
    {keys: '?', does: 'help'},
    {keys: 'Ctrl+C', does: stop === 'no' ? 'stop' : 'leave at once'},
  ];
};

const questionTitle = (question: Question) => (question.kind === 'quit' ? 'Stop the rollout?' : 'What now?');

const QuestionPanel = ({question, width}: {readonly question: Question; readonly width: number}) => (
  <Box flexDirection="column" flexShrink={0}>
    <Rows rows={[blank, line(questionTitle(question), 'strong')]} width={width} />
    <Select options={question.kind === 'quit' ? quitOptions : decisionOptions(question.failures)} cursor={question.select.cursor} />
  </Box>
);

const questionHeight = (question: Question | undefined) => {
  if (!question) return 0;
  return 2 + (question.kind === 'quit' ? quitOptions : decisionOptions(question.failures)).length;
};

/** Images being pulled, services as they start, phases; on failure all that is needed to decide. */
export const Rollout = ({size, title, open, titles, links, forward, onLeave}: RolloutProps) => {
  const {figures} = useTheme();
  const {state, ending, machine} = useRollout(open);
  const {state: view, press} = machine;
  const now = useNow(ending === undefined);
  const {intro, head, rows, activeRow} = rolloutPage({
    state,
    view,
    ending,
    links,
    roomy: layoutOf(size, '').roomy,
    rows: {width: listWidth(layoutOf(size, '')), figures, now: ending ? state.now : now, titles, layers: view.layers},
  });
  const layout = view.help ? helpLayout(size) : layoutOf(size, intro);
  const height = view.help ? layout.height : Math.max(1, layout.height - questionHeight(view.question) - head.length);
  const scrolled = view.help ? helpRows(rolloutHelp, layout.width, figures) : rows;
  const following = view.help ? 0 : windowAround(rows.length, height, activeRow).from;
  useKeys(key => press(key, {page: height, limit: lastScroll(scrolled.length, height), from: following}));
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
