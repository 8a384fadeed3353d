/** What the exit code of a container's process means. Pure. */

/** Of shells and of Docker itself: https://docs.docker.com/engine/containers/run/#exit-status */
const known: ReadonlyMap<number, string> = new Map([
  [125, 'Docker could not run the container.'],
  [126, 'The command was found and may not be executed: it is no program, or lacks the permission.'],
  [127, 'The command was not found: the entrypoint or command names what is not in the image.'],
  [130, 'It was interrupted (SIGINT).'],
  [134, 'It gave up by itself (SIGABRT).'],
  [137, 'It was killed (SIGKILL): by somebody, or because it did not end in time when it was asked to.'],
  [139, 'It crashed: it used memory that is not its own (SIGSEGV).'],
  [143, 'It was asked to end (SIGTERM).'],
]);

/** One sentence; undefined where the number means only what the program means by it. */
export const exitMeaning = (code: number): string | undefined => {
  if (code > 128 && code <= 128 + 64) return known.get(code) ?? `It was ended by signal ${code - 128}.`;
  return known.get(code);
};
