import { expect, test } from 'vitest';
import { BETWEEN_SAVES_MS, LONGEST_UNSAVED_MS, nextSave, QUIET_MS } from './schedule';

const AT = 1_000_000;

test('a quiet machine is saved', () => {
  expect(nextSave({ unsavedSince: AT, lastWork: AT + 50, savedAt: 0 })).toBe(AT + 50 + QUIET_MS);
});

test('one that is never quiet is saved all the same', () => {
  const lastWork = AT + LONGEST_UNSAVED_MS - 1;
  expect(nextSave({ unsavedSince: AT, lastWork, savedAt: 0 })).toBe(AT + LONGEST_UNSAVED_MS);
});

test('not again at once', () => {
  expect(nextSave({ unsavedSince: AT, lastWork: AT, savedAt: AT - 1 })).toBe(
    AT - 1 + BETWEEN_SAVES_MS,
  );
});
