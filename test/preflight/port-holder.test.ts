import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {readListeners} from '../../source/preflight/listeners.ts';
import {listenerHolder} from '../../source/preflight/port-holder.ts';

/** A `/proc` where process 812 listens on port 80, and nobody else does anything. */
const procWith = (files: Readonly<Record<string, string>>): string => {
  const proc = mkdtempSync(join(tmpdir(), 'infra-wizard-proc-'));
  onTestFinished(() => rmSync(proc, {recursive: true, force: true}));
  mkdirSync(join(proc, 'net'));
  mkdirSync(join(proc, '812', 'fd'), {recursive: true});
  writeFileSync(
    join(proc, 'net', 'tcp'),
    '  sl  local_address\n   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 20001 1 0\n',
  );
  symlinkSync('socket:[20001]', join(proc, '812', 'fd', '6'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(proc, '812', name), text);
  return proc;
};

const holderOf = async (files: Readonly<Record<string, string>>) =>
  listenerHolder({address: '0.0.0.0', port: 80, protocol: 'tcp'}, await readListeners(procWith(files)));

test('a program of a unit is stopped by the name of the unit, which may not be its own', async () => {
  expect(await holderOf({comm: 'postgres\n', cgroup: '0::/system.slice/system-postgresql.slice/postgresql@15-main.service\n'})).toEqual({
    who: 'postgres (process 812)',
    next: ['If it is not needed, stop it: sudo systemctl stop postgresql@15-main.service'],
  });
});

test('a name with a backslash is quoted for the shell', async () => {
  expect((await holderOf({comm: 'node\n', cgroup: '0::/system.slice/web\\x2dshop.service\n'}))?.next).toEqual([
    "If it is not needed, stop it: sudo systemctl stop 'web\\x2dshop.service'",
  ]);
});

test.each(['0::/user.slice/user-1000.slice/session-2.scope\n', '0::/\n', undefined])(
  'without a unit (%j) the process is ended',
  async cgroup => {
    expect(await holderOf({comm: 'python3\n', ...(cgroup !== undefined && {cgroup})})).toEqual({
      who: 'python3 (process 812)',
      next: ['If it is not needed, end it: sudo kill 812'],
    });
  },
);
