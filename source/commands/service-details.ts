/** What is shown about one service, again and again. Secrets stay on this side of it. */
import {setTimeout} from 'node:timers/promises';
import type {InspectedContainer} from '../engine/container-page.ts';
import type {Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/engine-error.ts';
import {UserError} from '../errors.ts';
import {commandWithoutSecrets, secretTexts, variablesOf, withoutSecrets} from '../plan/secret-environment.ts';
import type {HealthCheck, ServiceDetails} from '../plan/service-details.ts';
import {presentSecrets, readSecret} from '../workspace/given-secrets.ts';
import {containerOfRow} from './find-service.ts';

/** Health checks run every few seconds, and the engine tells of them only when the verdict changes. */
const interval = 2000;

/** A file that can not be read can not be compared; its variables are still hidden by their names. */
const readable = (reading: Promise<string | undefined>) =>
  reading.catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });

const knownSecrets = async (directory: string): Promise<readonly string[]> => {
  const names = (await presentSecrets(directory)).filter(name => !name.endsWith('.crt'));
  const contents = await Promise.all(names.map(name => readable(readSecret(directory, name))));
  return secretTexts(contents.flatMap(content => content ?? []));
};

const checked = (check: HealthCheck | undefined, secrets: readonly string[]): HealthCheck | undefined =>
  check && {
    ...check,
    command: commandWithoutSecrets(check.command, secrets),
    runs: check.runs.map(run => ({...run, output: withoutSecrets(run.output, secrets)})),
  };

interface Around {
  readonly secrets: readonly string[];
  readonly digest: string | undefined;
  /** Whether a network is internal, by its name. */
  readonly internal: ReadonlyMap<string, boolean>;
}

const detailsOf = ({environment, ...container}: InspectedContainer, {secrets, digest, internal}: Around): ServiceDetails => ({
  ...container,
  digest,
  command: commandWithoutSecrets(container.command, secrets),
  healthCheck: checked(container.healthCheck, secrets),
  environment: variablesOf(environment, secrets),
  networks: container.networks.map(network => ({...network, internal: internal.get(network.name)})),
});

const aroundOf = async (engine: Engine, image: string, directory: string): Promise<Around> => {
  const [images, networks, secrets] = await Promise.all([engine.images([image]), engine.networks(), knownSecrets(directory)]);
  return {secrets, digest: images.get(image)?.digests[0], internal: new Map(networks.map(({name, internal}) => [name, internal]))};
};

export interface DetailsInput {
  readonly engine: Engine;
  readonly project: string;
  /** Absolute path of the workspace. */
  readonly directory: string;
}

/** An engine that is away is asked again. */
const unlessAway = (error: unknown): undefined => {
  if (!(error instanceof EngineError)) throw error;
};

/** Yields at once and then whenever something is different, until aborted; nothing while there is no container. One that was replaced is found again. */
export async function* watchDetails(
  {engine, project, directory}: DetailsInput,
  row: string,
  signal: AbortSignal,
): AsyncGenerator<ServiceDetails, void> {
  let id: string | undefined;
  let around: Around | undefined;
  let before = '';
  while (!signal.aborted) {
    const page = id === undefined ? undefined : await engine.page(id).catch(unlessAway);
    if (page) {
      around ??= await aroundOf(engine, page.image, directory).catch(unlessAway);
      const details = detailsOf(page, around ?? {secrets: await knownSecrets(directory), digest: undefined, internal: new Map()});
      const now = JSON.stringify(details);
      if (now !== before) yield details;
      before = now;
    } else {
      const found = await containerOfRow(engine, project, row).catch(unlessAway);
      if (found && found.id !== id) {
        id = found.id;
        around = undefined;
        continue;
      }
    }
    await setTimeout(interval, undefined, {signal}).catch(() => undefined);
  }
}
