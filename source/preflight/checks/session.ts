/** How this program was called, and what it may meet on the way. */
import {type Check, failed, fine, type Outcome} from '../check.ts';
import type {PreflightContext} from '../facts.ts';
import type {SessionFacts} from '../surroundings.ts';

const ofSession = (
  check: Omit<Check, 'applies' | 'run'>,
  run: (session: SessionFacts, context: PreflightContext) => Outcome | undefined,
): Check => {
  const outcomeOf = (context: PreflightContext) => context.session && run(context.session, context);
  return {...check, applies: context => outcomeOf(context) !== undefined, run: context => outcomeOf(context) ?? fine('')};
};

const foreignHome = ofSession({id: 'D20', title: 'Home folder', level: 'warning'}, ({foreignHome: home}) =>
  home
    ? failed(
        `This runs as root with ${home.path}, the home of ${home.user}: files in there would belong to root afterwards`,
        'Use sudo -H, or run it as root from the start.',
      )
    : fine('It belongs to the user who runs this'),
);

const remoteEngine = ofSession({id: 'D37', title: 'The engine is on another host', level: 'warning'}, ({remote}) =>
  remote === undefined
    ? undefined
    : failed(
        `Everything goes to ${remote}: the files of the workspace are here, and its containers look for them there`,
        'Run this on that host instead, or unset DOCKER_HOST and DOCKER_CONTEXT.',
      ),
);

const proxy = ofSession({id: 'D54', title: 'Proxy', level: 'warning'}, ({hasProxy}, {engine}) => {
  const settings = engine.kind === 'ready' ? engine.engine.info.settings : undefined;
  if (!hasProxy || !settings) return undefined;
  return settings.hasProxy
    ? fine('This shell and the engine use one')
    : failed(
        'This shell uses a proxy and the engine does not: it may not be able to fetch images',
        'Tell the engine: https://docs.docker.com/engine/daemon/proxy/',
      );
});

const hostName: Check = {
  id: 'D56',
  title: 'Name of the host',
  level: 'warning',
  applies: ({local}) => local,
  run: ({host: {host}}) =>
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(host)
      ? fine(host)
      : failed(`"${host}" is no name that programs accept (RFC 1123)`, 'Choose another: sudo hostnamectl set-hostname NAME'),
};

const locale = ofSession({id: 'D69', title: 'Characters', level: 'warning'}, ({locale: name}) =>
  name === '' || /utf-?8/i.test(name)
    ? fine(name === '' ? 'As the terminal has them' : name)
    : failed(`The locale ${name} is not UTF-8: plain figures are shown instead of lines and marks`, 'Set one: export LANG=C.UTF-8'),
);

const lock = ofSession({id: 'D71', title: 'No other run is under way', level: 'blocking', binding: true}, ({lockedBy}) =>
  lockedBy === undefined
    ? fine('Nobody works on this workspace')
    : failed(`The workspace is in use: ${lockedBy}`, 'Wait until it is done. A run that was killed holds nothing.'),
);

export const sessionChecks: readonly Check[] = [foreignHome, remoteEngine, proxy, hostName, locale, lock];
