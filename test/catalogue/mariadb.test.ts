/** MariaDB reads its settings, and members of its cluster decide who brings it up. */
import {execFile} from 'node:child_process';
import {mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {cached, cacheRoot} from '../sandbox/cache.ts';
import {Debian} from '../sandbox/debian.ts';
import {noTools} from '../sandbox/tools.ts';
import {readAsset, root} from './support.ts';

const run = promisify(execFile);

/** The server of Debian trixie, which has the release of the image, with that system's own libraries: the argv before its options. */
const mariadbd = async (): Promise<readonly string[]> => {
  const debian = new Debian(cacheRoot());
  const folder = await cached(debian.root, 'tools/mariadb-server-core-trixie', draft =>
    debian.unpack({suite: 'trixie', packages: ['mariadb-server-core'], dependencies: true}, draft),
  );
  const lib = join(folder, 'usr/lib');
  const triplet = (await readdir(lib)).find(entry => entry.endsWith('-linux-gnu')) ?? '';
  const loader = (await readdir(join(lib, triplet))).find(entry => /^ld-linux.*\.so\.\d$/.test(entry)) ?? '';
  return [join(lib, triplet, loader), '--library-path', join(lib, triplet), join(folder, 'usr/sbin/mariadbd')];
};

describe('settings', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mariadb-'));
  });
  afterAll(() => rm(folder, {recursive: true, force: true}));

  /** What the server makes of files of settings; it refuses those that it does not know. */
  const settingsOf = async (...files: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const path = join(folder, `${files.length}.cnf`);
    await writeFile(path, files.join('\n'));
    const [loader = '', ...argv] = await mariadbd();
    const {stdout} = await run(loader, [...argv, `--defaults-file=${path}`, '--verbose', '--help'], {maxBuffer: 16e6});
    const table = stdout.slice(stdout.indexOf('\n---'));
    return new Map([...table.matchAll(/^([a-z][a-z0-9-]+) +(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
  };

  test('are ones that MariaDB knows, for one server and for a member of the cluster', async context => {
    const reason = await noTools();
    if (reason !== undefined) return context.skip(reason);
    const [server, galera] = await Promise.all([readAsset('mariadb/server.cnf'), readAsset('mariadb/cluster/galera.cnf')]);
    const one = await settingsOf(server);
    expect(Object.fromEntries(['datadir', 'tmpdir', 'local-infile', 'max-connections'].map(name => [name, one.get(name)]))).toEqual({
      datadir: '/var/lib/mysql/data/',
      tmpdir: '/var/lib/mysql/tmp',
      'local-infile': 'FALSE',
      'max-connections': '200',
    });
    expect(Number(one.get('innodb-buffer-pool-size'))).toBe(512 * 2 ** 20);
    const member = await settingsOf(server, galera);
    expect(Number(member.get('innodb-buffer-pool-size'))).toBe(384 * 2 ** 20);
    expect([member.get('wsrep-sst-method'), member.get('binlog-format'), member.get('innodb-autoinc-lock-mode')]).toEqual([
      'mariabackup',
      'ROW',
      '2',
    ]);
    await expect(settingsOf(server, galera, '[mariadbd]\nwsrep_no_such_thing = 1')).rejects.toThrow('unknown variable');
  }, 300_000);
});

/** What a member says of itself: phase, cluster, last transaction, whether it stopped last, and its id in the last view. */
type Said = string;
const cluster = '9909d60a-e8d3-11f1-bf33-8fdaa94a91e7';
const holds = (seqno: number, safe = 0, id = '-'): Said => `waiting ${cluster} ${seqno} ${safe} ${id}`;
const empty: Said = 'waiting - -1 0 -';
const cutOff: Said = 'waiting ~ -1 0 -';

/** What each of three members decides that hear this of each other, after so many seconds. */
const decisions = async (said: readonly Said[], {after = 0, view = '-'} = {}): Promise<readonly string[]> =>
  Promise.all(
    said.map(async (own, index) => {
      if (!own.startsWith('waiting')) return '';
      const [, uuid, seqno, safe, id] = own.split(' ');
      const script = `
        . "$1"
        phase=waiting uuid='${uuid}' seqno=${seqno} safe=${safe} view_self=${id} view_members=${view} SECONDS=${after}
        ask() { case $1 in ${said.map((line, at) => `mariadb-${at + 1}) echo '${line}' ;;`).join(' ')} esac; }
        decide
        echo "$decision\${donor:+ by $donor}"`;
      const env = {...process.env, MARIADB_NODE: `mariadb-${index + 1}`};
      const {stdout} = await run('bash', ['-c', script, 'test', join(root, 'assets/mariadb/cluster/node.sh')], {env});
      return stdout.trim();
    }),
  );

describe('members of the cluster that start', () => {
  test.each<[string, readonly Said[], readonly string[]]>([
    ['the first makes a new cluster when nobody holds data', [empty, empty, empty], ['found', 'wait', 'wait']],
    ['nobody makes a new cluster while one has not answered', [empty, empty, 'absent'], ['wait', 'wait', '']],
    ['everybody joins one that serves, with data or without', [empty, holds(7), 'serving'], ['join by mariadb-3', 'join by mariadb-3', '']],
    [
      'those that join at the same moment ask who served before them',
      ['serving', holds(6), holds(7)],
      ['', 'join by mariadb-1', 'join by mariadb-1'],
    ],
    ['nobody goes ahead of one that runs apart from the cluster', [holds(9, 1), holds(8), `apart ${cluster} 2 0 -`], ['wait', 'wait', '']],
    [
      'one that runs apart from the cluster is not joined, another one is',
      [`apart ${cluster} 2 0 -`, 'serving', holds(7)],
      ['', '', 'join by mariadb-2'],
    ],
    ['nobody goes ahead while another still reads its data', [holds(7), holds(7), 'reading - -1 0 -'], ['wait', 'wait', '']],
    ['everybody waits for one that brings the cluster up', [holds(7), holds(6), `founding ${cluster} 7 1 -`], ['wait', 'wait', '']],
    ['the one that stopped last goes first', [holds(6), holds(6), holds(7, 1)], ['wait', 'wait', 'restore']],
    ['of two that stopped last the one with newer data goes first', [holds(6, 1), holds(9, 1), empty], ['wait', 'restore', 'wait']],
    ['after a crash of all the newest data goes first', [holds(5), holds(8), holds(8)], ['wait', 'restore', 'wait']],
    ['a member whose copy was cut off does not hold up the others', [cutOff, holds(8), cutOff], ['wait', 'restore', 'wait']],
    ['a member that lost its data makes nothing new, and is not decided over', [empty, holds(8), holds(8)], ['wait', 'wait', 'wait']],
    [
      'data of two clusters is left alone',
      [holds(5), `waiting ${cluster.replace('9909', '1111')} 9 1 -`, holds(5)],
      ['wait', 'wait', 'wait'],
    ],
    ['who was chosen goes first, whatever the others hold', [holds(5, 2), holds(9, 1), empty], ['restore', 'wait', 'wait']],
  ])('%s', async (_, said, expected) => {
    expect(await decisions(said)).toEqual(expected);
  });

  test('the last one to stop waits a moment for others that may know better, and then goes ahead alone', async () => {
    expect(await decisions([holds(7, 1), 'absent', 'absent'])).toEqual(['wait', '', '']);
    expect(await decisions([holds(7, 1), 'absent', 'absent'], {after: 10})).toEqual(['restore', '', '']);
  });

  test('those that crashed together do not need the one that was gone before', async () => {
    const two = [holds(7, 0, 'a'), holds(8, 0, 'b'), 'absent'];
    expect(await decisions(two, {view: 'a,b'})).toEqual(['wait', 'wait', '']);
    expect(await decisions(two, {after: 10, view: 'a,b'})).toEqual(['wait', 'restore', '']);
    expect(await decisions(two, {after: 99, view: 'a,b,c'})).toEqual(['wait', 'wait', '']);
    expect(await decisions(two, {after: 99})).toEqual(['wait', 'wait', '']);
  });
});

/** What comes of a member that says this of the cluster, look after look, while the others say that. */
const watched = async (
  looks: readonly string[],
  others: readonly [string, string] = ['joining', 'joining'],
): Promise<readonly string[]> => {
  const script = `
    . "$1"
    looked=0 heard=(${looks.map(look => `'${look}'`).join(' ')})
    sleep() { ((looked++ < \${#heard[@]})); }
    is_mariadb() { [[ \${heard[looked - 1]} != entrypoint ]]; }
    state() { echo "\${heard[looked - 1]}"; }
    waits() { [[ $1 == mariadb-2 && ${others[0]} == waiting || $1 == mariadb-3 && ${others[1]} == waiting ]]; }
    publish() { echo "$1"; }
    end_mariadb() { echo ended; }
    main`;
  const env = {...process.env, MARIADB_NODE: 'mariadb-1'};
  const {stdout} = await run('bash', ['-c', script, 'test', join(root, 'assets/mariadb/cluster/watch.sh')], {env});
  return stdout.split('\n').filter(Boolean);
};
const [step, out, lost] = ['Primary Synced', 'Disconnected Initialized', 'non-Primary Initialized'];
const long = (look: string) => Array<string>(20).fill(look);

describe('a member that runs', () => {
  test('is started again when it is out of the cluster, and stays so', async () => {
    expect(await watched([step, out, out, out])).toEqual(['apart', 'ended']);
    expect(await watched(Array(3).fill('Disconnected Inconsistent'))).toEqual(['apart', 'ended']);
    expect(await watched([out, out])).toEqual(['apart']);
    expect(await watched([out, out, step, out, out])).toEqual(['apart', 'member', 'apart']);
  });

  test('that lost sight of the others is started again when all of them wait for it, and not before', async () => {
    expect(await watched([step, lost, lost, lost], ['waiting', 'waiting'])).toEqual(['apart', 'ended']);
    expect(await watched([...long(lost), step], ['waiting', 'joining'])).toEqual(['apart', 'member']);
    expect(await watched([...long(lost), step], ['absent', 'waiting'])).toEqual(['apart', 'member']);
    expect(await watched([...long(lost), step])).toEqual(['apart', 'member']);
  });

  test.each([
    ['that is in step', 'Primary Synced'],
    ['that copies to another one', 'Primary Donor/Desynced'],
    ['that catches up', 'non-Primary Joining: receiving State Transfer'],
    ['that is being copied to, or is too busy to answer', ''],
    ['whose first start is not done yet', 'entrypoint'],
  ])('%s is left alone', async (_, look) => {
    expect(await watched(long(look), ['waiting', 'waiting'])).toEqual([]);
    expect(await watched([out, look, out, look, out, look])).not.toContain('ended');
  });
});
