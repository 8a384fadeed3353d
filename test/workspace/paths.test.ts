import {expect, test} from 'vitest';
import {pathProblem} from '../../source/workspace/paths.ts';

test('ordinary relative paths may be written', () => {
  expect(['.env', '11-docker-compose.Infra.dev.yml', 'config/web/a b.toml', 'ü/..a', 'a/...'].map(pathProblem)).toEqual(
    Array.from({length: 5}, () => undefined),
  );
});

test('paths that lead elsewhere are refused with the reason', () => {
  const paths = ['', '/etc/passwd', 'C:/x', 'a\\b', '../x', 'a/../../x', 'a//b', './a', 'a/', 'a\0b', 'a\nb', '.infra-wizard/lock.json'];
  expect(Object.fromEntries(paths.map(path => [path, pathProblem(path)]))).toEqual({
    '': 'it is empty',
    '/etc/passwd': 'it is absolute',
    'C:/x': 'it is absolute',
    'a\\b': 'it holds a backslash',
    '../x': 'it has empty or relative parts',
    'a/../../x': 'it has empty or relative parts',
    'a//b': 'it has empty or relative parts',
    './a': 'it has empty or relative parts',
    'a/': 'it has empty or relative parts',
    'a\0b': 'it holds control characters',
    'a\nb': 'it holds control characters',
    '.infra-wizard/lock.json': ".infra-wizard is the wizard's own",
  });
});
