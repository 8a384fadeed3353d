import {findingLines} from '../display/findings.ts';
import {jsonText} from '../display/json.ts';
import {ExitCode} from '../errors.ts';
import type {Finding} from '../plan/findings.ts';
import {answersOf, type Command} from './context.ts';
import {withHost} from './plan.ts';
import {checkLimitMs, hostFindings, ignoredChecks, preflight} from './preflight.ts';
import {prepare} from './prepare.ts';

const asJson = ({id, title, level, what, next, offers = [], ignored}: Finding) => ({
  id,
  title,
  level,
  what,
  next,
  offers,
  ignored: ignored === true,
});

/** Preflight checks of this host against the selection; exit 3 when one forbids a rollout. */
export const doctorCommand: Command = async context => {
  const answers = await answersOf(context);
  const ignored = ignoredChecks(context.flags);
  return withHost(
    context,
    async host => {
      const prepared = await prepare(host, {catalog: context.catalog, directory: context.directory, answers});
      const [findings, found] = await Promise.all([
        preflight(host, context.catalog, prepared, {ignored, thorough: true}),
        hostFindings(host, context.directory),
      ]);
      if (context.flags.json) context.out(`${jsonText({host: found, findings: findings.map(asJson)})}\n`);
      else context.print(findingLines(findings, context.theme.figures.next));
      return findings.some(({level}) => level === 'blocking') ? ExitCode.refused : ExitCode.done;
    },
    {limitMs: checkLimitMs},
  );
};
