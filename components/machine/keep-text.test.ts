import { describe, expect, test } from 'vitest';
import { continuedText, momentText, summarizeKept } from './keep-text';

const NOON = new Date(2026, 2, 3, 12, 31, 5).getTime();
const saved = { kind: 'saved', savedAt: NOON, writtenBytes: 1, storedBytes: 2 } as const;

describe('how well the machine is kept', () => {
  test('all of it', () => {
    expect(summarizeKept({ ...saved, unsavedSince: undefined }, NOON + 5000)).toEqual({
      tone: 'ok',
      text: 'Saved 12:31:05',
      risk: 'A crash now would lose nothing.',
    });
  });

  test('but for what was done since, which a crash would lose', () => {
    const summary = summarizeKept({ ...saved, unsavedSince: NOON + 1000 }, NOON + 41_000);
    expect(summary.text + summary.since).toBe('Saved 12:31:05, 40 s of work since');
    expect(summary.risk).toMatch(/^A crash now would lose 40 s of work\./);
  });

  test('while it is being saved, by what it would come back to', () => {
    const first = summarizeKept({ kind: 'saving', savedAt: undefined }, NOON);
    expect(first).toMatchObject({
      text: 'Saving…',
      risk: expect.stringContaining('lose the data'),
    });
    const next = summarizeKept({ kind: 'saving', savedAt: NOON }, NOON);
    expect(next.risk).toBe('A crash now would bring the machine back as it was at 12:31:05.');
  });

  test('not at all, and why', () => {
    const why = 'This browser keeps nothing for this page.';
    const summary = summarizeKept({ kind: 'off', why }, NOON);
    expect(summary.text + summary.since).toBe(`Not kept: ${why}`);
    expect(summary.risk).toContain('closing the tab');
  });

  test('no longer, and what there is instead', () => {
    const failed = { kind: 'failed', code: 'storage-full', message: 'Full.' } as const;
    const summary = summarizeKept({ ...failed, savedAt: NOON }, NOON);
    expect(summary).toMatchObject({ tone: 'bad', text: 'Not saved', since: ' since 12:31:05' });
    expect(summary.risk).toMatch(/^Full\. A crash now would bring/);
    expect(summarizeKept({ ...failed, savedAt: undefined }, NOON).since).toBeUndefined();
  });
});

test('a moment of another day names the day', () => {
  expect(momentText(NOON, NOON + 3_600_000)).toBe('12:31:05');
  expect(momentText(NOON, NOON + 86_400_000)).toBe('3 Mar 2026, 12:31:05');
  expect(momentText(NOON, 0)).toBe('12:31:05');
});

test('a machine that went on tells from when', () => {
  expect(continuedText({ savedAt: NOON, from: 'kept' }, undefined, NOON)).toBe(
    'Continued where it was at 12:31:05.',
  );
  expect(continuedText({ savedAt: NOON, from: 'start' }, undefined, NOON)).toContain('start');
});

test('a machine that came in a snapshot tells so, until another start is chosen', () => {
  const start = { savedAt: NOON, from: 'start' } as const;
  expect(continuedText(start, { by: 'link', at: NOON }, NOON)).toBe(
    'Opened as it was in the snapshot, which was made at 12:31:05.',
  );
  expect(continuedText(start, { by: 'file', at: NOON }, NOON)).toContain('in the file');
  expect(continuedText(start, { by: 'link', at: NOON - 1 }, NOON)).toContain('its start');
  expect(continuedText({ ...start, from: 'kept' }, { by: 'link', at: NOON }, NOON)).toContain(
    'Continued',
  );
});
