/** Somebody who comes to the published ports, as a browser does. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {startProgram} from './cli.ts';
import type {Platform} from './platform.ts';

export interface Answer {
  readonly status: number;
  /** By their names in small letters; of several with the same name, the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Visitor {
  /** One answer, without following it. Trusts the platform's own authority and no other; `more` are options of curl. */
  ask(url: string, ...more: readonly string[]): Promise<Answer>;
  leave(): Promise<void>;
}

/** All names lead to this host. Cookies are kept. Fails with what curl says when there is no answer. */
export const visitorOf = async ({engine, env, workspace}: Platform): Promise<Visitor> => {
  const folder = await mkdtemp(join(tmpdir(), 'infra-wizard-visitor-'));
  const jar = join(folder, 'cookies');
  const ask = async (url: string, ...more: readonly string[]): Promise<Answer> => {
    const port = new URL(url).port || (url.startsWith('https') ? '443' : '80');
    const trust = url.startsWith('https') ? ['--cacert', join(workspace, 'secrets/platform_ca.crt')] : [];
    const options = [
      '-sS',
      '-i',
      '--path-as-is',
      '--http1.1',
      '--max-time',
      '30',
      '--resolve',
      `*:${port}:127.0.0.1`,
      '-c',
      jar,
      '-b',
      jar,
    ];
    const {code, stdout, stderr} = await startProgram(['curl', ...options, ...trust, ...more, url], {env, inside: engine.inside}).finished;
    if (code !== 0) throw new Error(`${url}: ${stderr}`);
    const [head = '', ...body] = stdout.split('\r\n\r\n');
    const [first = '', ...lines] = head.split('\r\n');
    const headers = lines.map(line => line.split(/:\s*(.*)/s)).map(([name = '', value = '']) => [name.toLowerCase(), value] as const);
    return {status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: body.join('\r\n\r\n')};
  };
  return {ask, leave: () => rm(folder, {recursive: true, force: true})};
};
