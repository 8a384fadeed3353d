/** Which paths may be written below a workspace. Pure. */

/** The wizard's own folder inside a workspace; git ignores it. */
export const stateFolder = '.infra-wizard';

/** One generated value a file; git ignores it. */
export const secretsFolder = 'secrets';

const controls = /[\u0000-\u001f\u007f]/;

/** Why a path relative to the workspace must not be written, or undefined when it may be. */
export const pathProblem = (path: string): string | undefined => {
  if (path === '') return 'it is empty';
  if (controls.test(path)) return 'it holds control characters';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it is absolute';
  if (path.includes('\\')) return 'it holds a backslash';
  const segments = path.split('/');
  if (segments.some(segment => segment === '' || segment === '.' || segment === '..')) return 'it has empty or relative parts';
  if (segments[0] === stateFolder) return `${stateFolder} is the wizard's own`;
  return undefined;
};
