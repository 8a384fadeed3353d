/** The `.env` beside the overlays, in compose's own dialect. Pure. */
import {ownBorder} from './own-variables.ts';
import type {Selection} from './selection.ts';

const plain = /^[A-Za-z0-9_./:@%+,*=-]*$/;

/** Single quotes are literal in compose's dialect, but a backslash before the last one keeps it from closing; double quotes know \\, \" and \$. */
export const quoteDotenv = (value: string): string => {
  if (plain.test(value)) return value;
  if (!value.includes("'") && !value.endsWith('\\')) return `'${value}'`;
  return `"${value.replace(/[\\"$]/g, '\\$&').replaceAll('\n', '\\n')}"`;
};

const entry = (name: string, value: string) => `${name}=${quoteDotenv(value)}`;

/** `overlays`: file names in merge order, the operator's own last. */
export const renderDotenv = (selection: Selection, overlays: readonly string[]): string => {
  const {COMPOSE_PROJECT_NAME: project = selection.project, ...values} = Object.fromEntries(selection.values);
  return [
    '# Written by infra-wizard. With this, plain `docker compose` in this folder means the whole platform. Holds no secret.',
    entry('COMPOSE_PROJECT_NAME', project),
    entry('COMPOSE_PATH_SEPARATOR', ':'),
    entry('COMPOSE_FILE', overlays.join(':')),
    '',
    ...Object.entries(values).map(([name, value]) => entry(name, value)),
    '',
    ownBorder,
    '',
  ].join('\n');
};
