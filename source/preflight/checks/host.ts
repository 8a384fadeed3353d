/** The host: its architecture, the workspace's folder, its firewall. */
import {type Check, failed, fine, type Outcome} from '../check.ts';
import type {FolderFacts} from '../facts.ts';

/** As node and as Docker name them. */
const architectures: Readonly<Record<string, string>> = {x64: 'amd64', arm64: 'arm64', amd64: 'amd64', x86_64: 'amd64', aarch64: 'arm64'};

const architecture: Check = {
  id: 'D04',
  title: 'Architecture',
  level: 'blocking',
  applies: () => true,
  run: ({host, engine}) => {
    const name = engine.kind === 'ready' ? engine.engine.info.architecture : host.architecture;
    const known = architectures[name];
    return known !== undefined ? fine(known) : failed(`There are no images for ${name}`, 'Use a host with an amd64 or arm64 processor.');
  },
};

const insideContainer: Check = {
  id: 'D02',
  title: 'Not inside a container',
  level: 'warning',
  applies: () => true,
  run: ({host}) =>
    host.insideContainer
      ? failed(
          'This runs inside a container: paths of the workspace mean other folders to the engine outside',
          'Run it on the host itself, or mount the workspace at the same path inside and outside.',
        )
      : fine('This runs on the host itself'),
};

const folderOutcomes: Readonly<Record<FolderFacts['kind'], (folder: FolderFacts) => Outcome>> = {
  missing: ({path, writable}) =>
    writable
      ? fine(`${path} will be created`)
      : failed(`${path} cannot be created`, 'Choose a folder of your own with --dir.', `Or create it: sudo install -d -o "$USER" ${path}`),
  file: ({path}) => failed(`${path} is a file`, 'Move it away or choose another folder with --dir.'),
  link: ({path}) => failed(`${path} is a symbolic link`, 'Name the folder it leads to with --dir.'),
  other: ({path}) => failed(`${path} is not a folder`, 'Choose another folder with --dir.'),
  folder: ({path, writable, worldWritable}) => {
    if (!writable) {
      return failed(
        `${path} cannot be written`,
        'Choose a folder of your own with --dir.',
        `Or take it over: sudo chown -R "$USER" ${path}`,
      );
    }
    if (worldWritable) return failed(`${path} can be changed by everybody on this host`, `Close it: chmod o-w ${path}`);
    return fine(`${path} can be written`);
  },
};

const workspaceFolder: Check = {
  id: 'D19',
  title: 'Workspace folder',
  level: 'blocking',
  applies: () => true,
  run: ({host}) => {
    const {folder, uid} = host;
    const foreign = folder.kind === 'folder' && uid !== undefined && uid !== 0 && folder.owner !== uid;
    if (foreign && folder.writable) {
      return failed(`${folder.path} belongs to another user`, `Take it over: sudo chown -R "$USER" ${folder.path}`);
    }
    return folderOutcomes[folder.kind](folder);
  },
};

const loopback = (address: string | undefined) => address !== undefined && (address === '::1' || address.startsWith('127.'));

const firewall: Check = {
  id: 'D50',
  title: 'Firewall',
  level: 'warning',
  applies: ({host, local}) => local && host.firewall !== undefined,
  run: ({host, ports}) => {
    const open = ports.filter(({address}) => !loopback(address)).map(({port, protocol, service}) => `${port}/${protocol} (${service})`);
    if (open.length === 0) return fine(`${host.firewall} is active, and no port is published beyond this host`);
    return failed(
      `${host.firewall} is active and does not close what Docker publishes: ${open.join(', ')} can be reached from outside`,
      'To limit who may, use rules in the chain DOCKER-USER: https://docs.docker.com/engine/network/packet-filtering-firewalls/',
      "Or your provider's firewall, which is in front of this host.",
    );
  },
};

export const hostChecks: readonly Check[] = [architecture, insideContainer, workspaceFolder, firewall];
