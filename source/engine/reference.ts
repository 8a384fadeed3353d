/** Names of images, as the docker CLI reads them. Pure. */

const dockerHub = 'docker.io';

/** The first part is a registry when it has a dot, a port or a capital letter, or is `localhost`; everything else is on Docker Hub. */
const split = (reference: string): {readonly registry: string; readonly path: string} => {
  const [first = '', ...rest] = reference.split('/');
  const isRegistry = rest.length > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
  if (!isRegistry) return {registry: dockerHub, path: reference};
  return {registry: first === 'index.docker.io' ? dockerHub : first, path: rest.join('/')};
};

/** Host of the registry: `redis:8` is on `docker.io`. */
export const registryOf = (reference: string): string => split(reference).registry;

/** In full: `redis` is `docker.io/library/redis:latest`. */
export const normaliseReference = (reference: string): string => {
  const {registry, path} = split(reference);
  const name = registry === dockerHub && !path.includes('/') ? `library/${path}` : path;
  const hasVersion = name.includes('@') || /:[^/]*$/.test(name);
  return `${registry}/${name}${hasVersion ? '' : ':latest'}`;
};

const version = /(?:@.*|:[^/:@]*)$/;

/** Without tag and digest, in full: `redis:8` is of `docker.io/library/redis`. */
export const repositoryOf = (reference: string): string => normaliseReference(reference.replace(/@.*$/, '')).replace(version, '');

/** The tag of a reference, `latest` when it names none. */
export const tagOf = (reference: string): string => /:([^/:]*)$/.exec(normaliseReference(reference.replace(/@.*$/, '')))?.[1] ?? 'latest';

export const isDigest = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);
