import { expect, test } from 'vitest';
import { noticeOf } from './notice-of';
import type { TerminalReach } from './terminal-reach';

const REACHED: TerminalReach = {
  kind: 'open',
  open: () => {
    throw new Error('nobody opens anything');
  },
};
const WAITING: TerminalReach = { kind: 'waiting', reason: 'Waiting for the machine…' };

test('a terminal that is there has nothing to tell', () => {
  expect(noticeOf('psql', { kind: 'open' }, REACHED, false)).toBeUndefined();
  expect(noticeOf('psql', { kind: 'attaching' }, REACHED, false)).toBeUndefined();
});

test('the others say what happened, and what can be done', () => {
  expect(noticeOf('psql', { kind: 'open' }, REACHED, true)?.text).toMatch(/too much/);
  expect(noticeOf('psql', { kind: 'away' }, WAITING, false)).toEqual({ text: WAITING.reason });
  expect(noticeOf('psql', { kind: 'away' }, REACHED, false)?.text).toMatch(/again/);
  expect(noticeOf('psql', { kind: 'taken' }, REACHED, false)?.action).toBe('take-back');
  expect(noticeOf('psql', { kind: 'gone' }, REACHED, false)?.action).toBe('start-again');
  expect(noticeOf('psql', { kind: 'refused', text: 'No.' }, REACHED, false)).toEqual({
    text: 'No.',
    action: 'try-again',
  });
});

test('the end of a program comes with its exit code', () => {
  expect(noticeOf('psql', { kind: 'ended', exitCode: 2 }, REACHED, false)?.text).toBe(
    'psql has ended with exit code 2. Press Enter to close.',
  );
  expect(noticeOf('Shell', { kind: 'ended', exitCode: 129 }, REACHED, false)?.text).toBe(
    'Shell was ended by signal 1. Press Enter to close.',
  );
});
