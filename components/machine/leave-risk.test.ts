import { expect, test } from 'vitest';
import { leaveRisk } from './leave-risk';

const saved = { kind: 'saved', savedAt: 1, writtenBytes: 1, storedBytes: 1 } as const;
const KEPT = { ...saved, unsavedSince: undefined };

test('a machine that is kept whole may be left', () => {
  expect(leaveRisk({ kept: KEPT, wasUsed: true, hasGuests: false })).toBe('none');
});

test('work that is not saved is asked about, whoever did it', () => {
  const kept = { ...saved, unsavedSince: 2 };
  expect(leaveRisk({ kept, wasUsed: false, hasGuests: false })).toBe('unsaved');
});

test('one that is not kept is asked about once it was used', () => {
  const kept = { kind: 'off', why: '' } as const;
  expect(leaveRisk({ kept, wasUsed: false, hasGuests: false })).toBe('none');
  expect(leaveRisk({ kept, wasUsed: true, hasGuests: false })).toBe('unsaved');
  const saving = { kind: 'saving', savedAt: 1 } as const;
  expect(leaveRisk({ kept: saving, wasUsed: true, hasGuests: false })).toBe('unsaved');
});

test('guests are not cut off without a question', () => {
  expect(leaveRisk({ kept: KEPT, wasUsed: true, hasGuests: true })).toBe('guests');
});
