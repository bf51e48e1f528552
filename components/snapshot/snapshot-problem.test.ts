import { expect, test } from 'vitest';
import { MachineError } from '@/lib/machine/errors';
import { SnapshotError } from '@/lib/snapshot/errors';
import { problemOf, problemOfAnswer } from './snapshot-problem';
import { TransferError } from './transfer/transfer-error';

test.each([
  ['snapshot-unknown', 404, 'There is no snapshot here', false],
  ['snapshot-expired', 410, 'This snapshot has expired', false],
  ['snapshot-used-up', 410, 'This snapshot has been opened as often as it may', false],
  ['opening-unknown', 401, 'Opening it took too long', true],
  ['offline', 0, 'The server cannot be reached', true],
  ['unreadable', 404, 'There is no snapshot here', false],
])('%s is told', (code, status, title, canRetry) => {
  expect(problemOfAnswer(code, 'server', status)).toMatchObject({ title, canRetry });
});

test('what the server says beyond that is passed on', () => {
  const problem = problemOf(new TransferError('store-unavailable', 'In a moment.', 503));
  expect(problem).toMatchObject({ text: 'In a moment.', canRetry: true });
});

test.each([
  ['wrong-key', 'The key in this link does not fit', false],
  ['damaged', 'This snapshot is damaged', true],
  ['newer-version', 'This snapshot is of a newer Warren', false],
  ['other-base', 'This snapshot needs another image', true],
  ['not-a-snapshot', 'This is not a snapshot', false],
] as const)('a snapshot that is %s is told', (code, title, canRetry) => {
  expect(problemOf(new SnapshotError(code, 'Why.'))).toMatchObject({ title, canRetry });
});

test('a browser without room is told as such', () => {
  const problem = problemOf(new MachineError('storage-full', 'There is no room.'));
  expect(problem).toEqual({
    title: 'This browser has no room for it',
    text: 'There is no room.',
    canRetry: true,
  });
});

test('what nobody foresaw is still told', () => {
  expect(problemOf('odd')).toMatchObject({ text: 'odd', canRetry: true });
});
