import { expect, test } from 'vitest';
import { judgeLockfile } from './lockfile';

const manifest = { dependencies: { ws: '8.23.0' }, devDependencies: { tsx: '4.23.15-rc.1' } };
const ws = { integrity: 'sha512-AAAA' };

function lock(packages: Record<string, object>) {
  return { packages: { '': manifest, ...packages } };
}

test('a lockfile in step, without places, is clean', () => {
  expect(judgeLockfile(lock({ 'node_modules/ws': ws }), manifest)).toEqual([]);
});

test('a place and a missing hash are named', () => {
  const packages = { 'node_modules/ws': { ...ws, resolved: 'somewhere' }, 'node_modules/x': {} };
  expect(judgeLockfile(lock(packages), manifest)).toEqual([
    'node_modules/ws is locked to the place it came from',
    'node_modules/x is locked without a hash',
  ]);
});

test('a lockfile out of step is found in both directions', () => {
  expect(judgeLockfile(lock({}), { ...manifest, dependencies: { pg: '8.0.0' } })).toEqual([
    'pg is not locked as package.json wants it',
    'ws is not locked as package.json wants it',
  ]);
});

test.each(['^8.23.0', '8', 'latest', '~1.2.3'])('%s is no exact version', (version) => {
  const loose = { dependencies: { ws: version } };
  expect(judgeLockfile({ packages: { '': loose } }, loose)).toEqual([
    `ws has no exact version in package.json: ${version}`,
  ]);
});
