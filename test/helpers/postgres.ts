/** The PostgreSQL of a platform, asked as an application asks it, and its cluster, asked as an operator does. */
import {join} from 'node:path';
import * as v from 'valibot';
import type {Finished} from './cli.ts';
import type {Platform} from './platform.ts';

export const servers = ['postgres-1', 'postgres-2', 'postgres-3'] as const;
export const etcd = ['postgres-etcd-1', 'postgres-etcd-2', 'postgres-etcd-3'] as const;

/** Services of the cluster when everything is right, as `summary` shows them. */
export const clusterGoal: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...servers, ...etcd, 'postgres-haproxy'].map(service => [service, 'running healthy'])),
  'postgres-etcd-folders': 'exited 0',
  ...Object.fromEntries(etcd.map(service => [`${service}-join`, 'exited 0'])),
};

export const nameOf = (service: string) => `infra-dev-${service}-1`;

/** Long enough for a slow machine; what is waited for usually takes a few seconds. */
export const patience = {timeout: 90_000, interval: 500};

const membersSchema = v.array(v.object({Member: v.string(), Role: v.string(), State: v.string()}));

export interface Postgres {
  /** `docker …`, which has to succeed. */
  docker(...args: readonly string[]): Promise<string>;
  /** Arguments of docker for a container of an application: on the network of databases, with the superuser's password in a file. */
  client(...args: readonly string[]): readonly string[];
  /** One statement over the network. */
  query(port: number, sql: string): Promise<Finished>;
  /** Server to role and state, as Patroni on any server that answers has them. */
  roles(): Promise<Readonly<Record<string, string>>>;
  leader(): Promise<string>;
}

/** Roles when all is well under this leader. */
export const rolesUnder = (leading: string): Readonly<Record<string, string>> =>
  Object.fromEntries(servers.map(server => [server, server === leading ? 'Leader running' : 'Quorum Standby streaming']));

export const postgresOf = (platform: Platform): Postgres => {
  const client = (...args: readonly string[]): readonly string[] => [
    ...['run', '--network', 'infra-dev_dbnet', '--volume', `${join(platform.workspace, 'secrets/postgres_password')}:/run/password:ro`],
    ...['--user', '999:999', '--entrypoint', 'bash', ...args],
  ];
  const members = async () => {
    for (const service of servers) {
      const {code, stdout} = await platform.docker('exec', nameOf(service), 'patronictl', 'list', '--format', 'json');
      if (code === 0) return v.parse(membersSchema, JSON.parse(stdout));
    }
    return [];
  };
  return {
    client,
    docker: async (...args) => {
      const {code, stdout, stderr} = await platform.docker(...args);
      if (code !== 0) throw new Error(`docker ${args.join(' ')} ended with ${code}: ${stderr}`);
      return stdout;
    },
    query: (port, sql) =>
      platform.docker(
        ...client('--rm', 'postgres:17.11', '-c', 'PGPASSWORD=$(</run/password) exec psql -h postgres -U postgres -p "$0" -tAc "$1"'),
        String(port),
        sql,
      ),
    roles: async () => Object.fromEntries((await members()).map(({Member, Role, State}) => [Member, `${Role} ${State}`])),
    leader: async () => (await members()).find(({Role}) => Role === 'Leader')?.Member ?? 'nobody',
  };
};
