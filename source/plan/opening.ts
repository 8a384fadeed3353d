/** What can be done with the address of a service: shown in a browser, or handed to the terminal that the operator sits at. Pure. */

type Env = Readonly<Record<string, string | undefined>>;

/** Written out again, so that nothing in it is more than an address; undefined for anything but http and https. */
export const webAddress = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined;
  const {protocol, href} = new URL(text);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
};

/** Over SSH a desktop may well run here, and somebody else sits at it. */
export const hasDesktop = (env: Env, platform: string): boolean => {
  if (env.SSH_CONNECTION || env.SSH_TTY || env.SSH_CLIENT) return false;
  return platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
};

/** OSC 52: the terminal puts it into its clipboard, wherever it is. Most do; some ask first, and some want it allowed. */
export const clipboardSequence = (text: string): string => `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
