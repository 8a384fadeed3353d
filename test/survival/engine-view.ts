/** What the engine holds, read from its socket alone. */
import {unixRequest} from '../sandbox/unix-request.ts';

export interface SeenContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** `running healthy`, `running -`, `exited 0`. */
  readonly state: string;
  readonly startedAt: string;
  readonly env: readonly string[];
}

interface Inspected {
  readonly Id: string;
  readonly Name: string;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly StartedAt: string;
    readonly Health?: {readonly Status: string};
  };
  readonly Config: {readonly Env: readonly string[] | null; readonly Labels: Readonly<Record<string, string>>};
}

export interface EngineView {
  /** Containers of a compose project; one that vanishes meanwhile is not there. */
  containers(project: string): Promise<readonly SeenContainer[]>;
  /** `docker inspect` of anything; undefined when it is not there. */
  inspect(kind: 'containers' | 'networks' | 'volumes', name: string): Promise<unknown>;
  post(path: string, body?: unknown): Promise<void>;
  /** Removes a tag, though containers were made from it: the image has to be pulled again. */
  untag(image: string): Promise<void>;
}

const stateOf = ({Status, ExitCode, Health}: Inspected['State']) => `${Status} ${Status === 'exited' ? ExitCode : (Health?.Status ?? '-')}`;

const seen = ({Id, Name, State, Config}: Inspected): SeenContainer => ({
  id: Id,
  name: Name.replace(/^\//, ''),
  service: Config.Labels['com.docker.compose.service'] ?? '',
  state: stateOf(State),
  startedAt: State.StartedAt,
  env: Config.Env ?? [],
});

export const viewEngine = (socket: string): EngineView => {
  const inspect = async (kind: string, name: string): Promise<unknown> => {
    const {status, body} = await unixRequest(socket, 'GET', kind === 'containers' ? `/containers/${name}/json` : `/${kind}/${name}`);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`The engine says ${status} of ${kind} ${name}: ${body.trim()}`);
    return JSON.parse(body);
  };
  const containers = async (project: string) => {
    const filters = encodeURIComponent(JSON.stringify({label: [`com.docker.compose.project=${project}`]}));
    const {status, body} = await unixRequest(socket, 'GET', `/containers/json?all=1&filters=${filters}`);
    if (status !== 200) throw new Error(`The engine says ${status} of its containers: ${body.trim()}`);
    const ids: readonly {readonly Id: string}[] = JSON.parse(body);
    const found = await Promise.all(ids.map(({Id}) => inspect('containers', Id)));
    return found.flatMap(one => (one === undefined ? [] : [seen(one as Inspected)])).sort((a, b) => a.name.localeCompare(b.name));
  };
  const post = async (path: string, body?: unknown) => {
    const {status, body: answer} = await unixRequest(socket, 'POST', path, body === undefined ? undefined : JSON.stringify(body));
    if (status >= 300) throw new Error(`The engine says ${status} to ${path}: ${answer.trim()}`);
  };
  return {
    containers,
    inspect,
    post,
    untag: async image => void (await unixRequest(socket, 'DELETE', `/images/${image}?force=1&noprune=1`)),
  };
};
