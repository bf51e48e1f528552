import { expect, test } from 'vitest';
import { decodeLinks, type OwnLink } from './own-links';
import { isSnapshotId, snapshotLink } from './snapshot-link';

const link: OwnLink = {
  id: 'snapshotid01',
  playground: 'abcdefghijkl',
  key: 'k'.repeat(43),
  title: 'Orders',
  expiresAt: 1000,
};

test('links are read until they are over', () => {
  const text = JSON.stringify([link]);
  expect(decodeLinks(text, 999)).toEqual([link]);
  expect(decodeLinks(text, 1000)).toEqual([]);
});

test.each([null, '{', '{}', '"x"', 'null'])('%s holds no links', (text) => {
  expect(decodeLinks(text, 0)).toEqual([]);
});

test('what is not ours loses no other', () => {
  const odd = [null, 7, { ...link, key: 1 }, { ...link, expiresAt: 'never' }, link];
  expect(decodeLinks(JSON.stringify(odd), 0)).toEqual([link]);
});

test('a link has its key behind the #', () => {
  expect(snapshotLink('http://localhost:3000/', 'snapshotid01', 'KEY')).toBe(
    'http://localhost:3000/s/snapshotid01#KEY',
  );
});

test('an id names a snapshot and nothing else', () => {
  expect(isSnapshotId('snapshotid01')).toBe(true);
  for (const odd of ['', 'short', '../../api/x', 'a'.repeat(13), 'UPPERCASE12', 'abcdefgh\n']) {
    expect(isSnapshotId(odd)).toBe(false);
  }
});
