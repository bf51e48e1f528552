import { expect, test } from 'vitest';
import { decodePlaygrounds, encodePlaygrounds, type OwnedPlayground } from './codec';

const owned: OwnedPlayground = {
  id: 'abcdefghijkl',
  name: 'orders',
  createdAt: 1,
  openedAt: 2,
  owner: { id: 'ownerlnk', secret: 's'.repeat(22) },
  memoryMb: 512,
  shared: { editor: { id: 'editlink', secret: 'e'.repeat(22) }, viewer: undefined },
};

test('what was written is read again', () => {
  expect(decodePlaygrounds(encodePlaygrounds([owned]))).toEqual([owned]);
});

test('nothing, broken JSON and a later version read as no playgrounds', () => {
  expect(decodePlaygrounds(null)).toEqual([]);
  expect(decodePlaygrounds('{')).toEqual([]);
  expect(decodePlaygrounds('[]')).toEqual([]);
  expect(decodePlaygrounds('{"version":2,"playgrounds":[]}')).toEqual([]);
});

test('what waits for the first opening is read again, and nothing that is not ours', () => {
  const waiting: OwnedPlayground = {
    ...owned,
    fresh: { template: 'tour' },
    pendingDump: true,
    madeOf: { by: 'link', at: 1_700_000_000_000 },
  };
  expect(decodePlaygrounds(encodePlaygrounds([waiting]))).toEqual([waiting]);
  const strange = {
    ...owned,
    fresh: { template: '__proto__' },
    pendingDump: 1,
    madeOf: { by: 'post', at: 1 },
  };
  const text = JSON.stringify({ version: 1, playgrounds: [strange] });
  expect(decodePlaygrounds(text)).toEqual([owned]);
});

test('a bad entry loses no other', () => {
  const text = JSON.stringify({ version: 1, playgrounds: [null, { id: 'x' }, owned] });
  expect(decodePlaygrounds(text)).toEqual([owned]);
});
