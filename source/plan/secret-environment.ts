/** Which variables of a container are secrets. What is one leaves this file without its value. Pure. */
import type {Variable} from './service-details.ts';

/** Anywhere in a name: `MYSQL_ROOT_PASSWORD`, `PGPASSWORD`, `githubToken`. */
const secretParts = /passw(?:or)?d|passphrase|secret|token|credential|apikey|privatekey/;

/** As a word of a name only: `API_KEY`, `sessionKey`, and not `KEYMAP`. One variable too many hidden does no harm. */
const secretWords: ReadonlySet<string> = new Set([
  ...['pass', 'pwd', 'key', 'keys', 'salt', 'auth', 'cookie', 'jwt', 'dsn', 'pat', 'pin', 'cred', 'creds', 'private', 'passcode', 'seed'],
]);

/** The shell's own. */
const harmlessNames: ReadonlySet<string> = new Set(['PWD', 'OLDPWD']);

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);

const isSecretName = (name: string) =>
  !harmlessNames.has(name) && (secretParts.test(name.toLowerCase()) || wordsOf(name).some(word => secretWords.has(word)));

/** Says whether, not what. */
const isSwitch = (value: string) => /^(?:true|false|yes|no|on|off)?$/i.test(value);

/** A path to a secret is none. */
const isPath = (name: string) => /_FILE$/i.test(name);

/** `scheme://user:password@host`. */
const credentialsInUrl = /[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@/i;
/** `-Dlogin.password=…`, `password: …`, a private key, a bearer. */
const secretInText = /(?:pass(?:word|wd|phrase)?|secret|token|api[-_]?key|credentials?)["']?\s*[=:]\s*\S|-----BEGIN |\bbearer\s+\S/i;

const isSecretVariable = (name: string, value: string): boolean => {
  if (credentialsInUrl.test(value) || secretInText.test(value)) return true;
  return !isPath(name) && !isSwitch(value) && isSecretName(name);
};

/** Shorter words would hide half a page. */
const shortestSecret = 6;

/** Contents of secret files as they can stand elsewhere: whole, and line by line. The longest first, so that none hides a part of another. */
export const secretTexts = (contents: readonly string[]): readonly string[] =>
  [...new Set(contents.flatMap(content => [content.trim(), ...content.split('\n').map(line => line.trim())]))]
    .filter(text => text.length >= shortestSecret)
    .sort((one, other) => other.length - one.length);

const hiddenText = '(hidden)';

/** The text without what stands in secret files. */
export const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((left, secret) => left.replaceAll(secret, hiddenText), text);

/** `--requirepass WORD`, `--db-password WORD`: the word behind such an option, unless it is an option itself, a variable or a path. */
const isSecretOption = (word: string) => /^--?[a-z][\w-]*$/i.test(word) && (isSecretName(word) || /pass$/i.test(word));
const isLiteral = (word: string) => !/^(?:-|\$|\/|\.)/.test(word);

const written: readonly (readonly [RegExp, string])[] = [
  [/([a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:)[^\s/@$][^\s/@]*(?=@)/gi, `$1${hiddenText}`],
  [/((?:pass(?:word|wd|phrase)?|secret|token|api[-_]?key|credentials?)["']?\s*[=:]\s*["']?)[^\s"'$(/][^\s"']*/gi, `$1${hiddenText}`],
  [/(\bbearer\s+)[^\s"'$]+/gi, `$1${hiddenText}`],
];

/** The words of a command line without what stands in secret files, and without what is written in them as a password. */
export const commandWithoutSecrets = (words: readonly string[], secrets: readonly string[]): readonly string[] =>
  words.map((word, place) => {
    if (isSecretOption(words[place - 1] ?? '') && isLiteral(word)) return hiddenText;
    return written.reduce((left, [pattern, instead]) => left.replace(pattern, instead), withoutSecrets(word, secrets));
  });

/** `NAME=value` lines as the engine gives them, sorted by name. */
export const variablesOf = (environment: readonly string[], secrets: readonly string[]): readonly Variable[] =>
  environment
    .map(entry => {
      const at = entry.indexOf('=');
      const [name, value] = at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
      const isSecret = isSecretVariable(name, value) || secrets.some(secret => value.includes(secret));
      return {name, value: isSecret ? undefined : value};
    })
    .sort((one, other) => one.name.localeCompare(other.name));
