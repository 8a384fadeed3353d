import type {ResourceEvent} from '../events.ts';
import type {Answers} from '../plan/answers.ts';
import {select} from '../plan/select.ts';
import type {WizardProps} from '../ui/app.tsx';
import type {RolloutRequest, WizardServices} from '../ui/services.ts';
import {presentSecrets, readSecret} from '../workspace/given-secrets.ts';
import {answersOf, type Context, isFresh, profilesOf} from './context.ts';
import {findDeployed} from './deployed.ts';
import {execute, executeWrite} from './execute.ts';
import {type Host, openHost, requireReady} from './host.ts';
import type {Leaving} from './leaving.ts';
import {checkLimitMs, hostFindings, ignoredChecks, preflight} from './preflight.ts';
import {type PrepareInput, prepare} from './prepare.ts';
import {refuseProblems} from './problems.ts';
import {profileServices} from './profile-services.ts';
import {reviewOf} from './review.ts';
import {statusInput} from './status-input.ts';
import {lateServices, statusServices, surroundingsOf} from './status-services.ts';
import {refuseBlocked} from './up.ts';

/** What the wizard needs of the world; the engine is looked for when it first asks, and again when it asks about the host again. */
const wizardServices = (context: Context, ending: Leaving): WizardServices & {close(): Promise<void>} => {
  const {catalog, directory} = context;
  const told = ignoredChecks(context.flags);
  const all = (ignored: readonly string[]) => [...new Set([...told, ...ignored])];
  let opened: Promise<Host> | undefined;
  let chosen: Answers | undefined;
  let watched: ReturnType<typeof statusServices> | undefined;
  const close = async () => {
    await watched?.idle();
    (await opened)?.close();
  };
  const host = () => {
    opened ??= openHost(context.env);
    return opened;
  };
  const prepared = async (answers: Answers, {remove = true, edited}: Pick<PrepareInput, 'remove' | 'edited'> = {}) =>
    prepare(await host(), {catalog, directory, answers, remove, edited});

  async function* rollOut({
    answers,
    secrets,
    edited,
    removed,
    signal,
    decide,
    ...asked
  }: RolloutRequest): AsyncGenerator<ResourceEvent, void> {
    chosen = answers;
    const ignored = all(asked.ignored);
    const ready = requireReady(await host());
    const plan = await prepared(answers, {remove: removed, edited});
    refuseBlocked(await preflight(ready, catalog, plan, {ignored}));
    yield* ending.while(execute(ready, plan, {signal: AbortSignal.any([signal, context.signal]), decide, ignored, secrets}));
  }

  const status = async () => {
    const answers = chosen ?? (await answersOf(context));
    const found = await host();
    const selection = refuseProblems('This selection is not possible.', select(catalog, answers));
    watched ??= statusServices({...statusInput({catalog, directory}, found, selection), ...surroundingsOf(context, found.env)});
    return watched;
  };

  return {
    inspectHost: async () => {
      await close();
      opened = undefined;
      watched = undefined;
      const found = await host();
      return {...(await hostFindings(found, directory)), deployed: await findDeployed(found, catalog, directory)};
    },
    // A host of its own: engine and compose are looked at anew, and nobody else's connection is closed.
    check: async (answers, ignored) => {
      const found = await openHost(context.env, {limitMs: checkLimitMs});
      try {
        const plan = await prepare(found, {catalog, directory, answers});
        return await preflight(found, catalog, plan, {ignored: all(ignored), thorough: true});
      } finally {
        found.close();
      }
    },
    review: async (answers, ignored) => {
      const found = await host();
      const plan = await prepared(answers);
      return reviewOf(found, catalog, plan, await preflight(found, catalog, plan, {ignored: all(ignored)}));
    },
    write: async (answers, secrets, edited) => {
      const written: string[] = [];
      const plan = await prepared(answers, {edited});
      const removed = new Set(plan.observed.files.filter(({state}) => state === 'unneeded').map(({path}) => path));
      for await (const {kind, id, status: outcome} of executeWrite(plan, secrets)) {
        const path = id.slice('file/'.length);
        if (kind === 'file' && outcome === 'done') written.push(removed.has(path) ? `${path} (removed)` : path);
      }
      return written;
    },
    secrets: {
      present: () => presentSecrets(directory),
      reveal: async id => (await readSecret(directory, id)) ?? '',
    },
    rollout: rollOut,
    saveProfile: async (name, answers) => void (await (await profilesOf(context)).save(name, answers)),
    profiles: profileServices(context),
    status: lateServices(status),
    close,
  };
};

/** What the wizard starts with; throws UserError (exit 2) for flags or a profile that do not fit. */
export const openWizard = async (
  context: Context,
  ending: Leaving,
): Promise<WizardProps & {readonly services: {close(): Promise<void>}}> => {
  const answers = await answersOf(context);
  const fresh = await isFresh(context);
  const {profile} = context.flags;
  const named = profile !== undefined && /^[a-z0-9][a-z0-9_-]*$/.test(profile);
  return {catalog: context.catalog, services: wizardServices(context, ending), answers, fresh, ...(named && {profileName: profile})};
};
