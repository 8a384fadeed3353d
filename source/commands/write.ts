import {ExitCode} from '../errors.ts';
import {answersOf, type Command} from './context.ts';
import {editedAnswer} from './edited.ts';
import {executeWrite} from './execute.ts';
import {givenSecrets} from './given-secrets.ts';
import {withHost} from './plan.ts';
import {prepare} from './prepare.ts';
import {showLines} from './show.ts';

/** Writes the workspace; needs no Docker. */
export const writeCommand: Command = async context => {
  const answers = await answersOf(context);
  const secrets = await givenSecrets(context, answers);
  const edited = editedAnswer(context.flags.edited);
  return withHost(context, async host => {
    const prepared = await prepare(host, {catalog: context.catalog, directory: context.directory, answers, edited});
    await showLines(context, executeWrite(prepared, secrets));
    context.out(`${context.directory}\n`);
    return ExitCode.done;
  });
};
