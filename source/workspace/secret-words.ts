/** Does a text look like a secret? Profiles are made to be shared, so what looks like one never gets in. Pure. */

/** Formats whose issuers document them, and the heads of private keys and password hashes. */
const known: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_\w{20,}/,
  /\bglpat-[\w-]{16,}/,
  /\bdckr_pat_[\w-]{16,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/,
  /\$(?:2[aby]|5|6|argon2\w*)\$/,
  /:\/\/[^/\s:@]*:[^/\s@]+@/,
];

/** A run of letters and digits in both cases, long enough to have been generated and not typed. */
const looksRandom = (text: string) =>
  (text.match(/[A-Za-z0-9+/_=]{20,}/g) ?? []).some(
    run => /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run) && new Set(run).size >= 12,
  );

const hexadecimal = /(?:^|[^0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?:[^0-9a-f]|$)/;

/** True for keys, tokens, hashes, generated passwords, and addresses with a password in them. */
export const looksSecret = (value: string): boolean =>
  known.some(pattern => pattern.test(value)) || hexadecimal.test(value) || looksRandom(value);

/** True for names of settings that would hold one. */
export const namesSecret = (name: string): boolean =>
  /(?:^|[-_])(?:password|passwd|passphrase|secret|token|credentials?|api-?key|private-?key)$/i.test(name);
