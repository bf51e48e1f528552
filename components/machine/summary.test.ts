import { expect, test } from 'vitest';
import { summarizeMachine, summarizeRemote, summarizeTunnel } from './summary';

test('loading tells bytes once the size is known', () => {
  const loading = { stage: 'loading', loadedBytes: 0, totalBytes: 0 } as const;
  expect(summarizeMachine(loading).detail).toBeUndefined();
  const halfway = { ...loading, loadedBytes: 4_200_000, totalBytes: 12e6 };
  expect(summarizeMachine(halfway).detail).toBe('4.2 MB of 12.0 MB');
});

test('a ready machine names its version, here and in another tab', () => {
  const version = 'PostgreSQL 17.11';
  const here = summarizeMachine({ stage: 'ready', version, memoryMb: 256, since: 0 });
  const there = summarizeRemote({ stage: 'open', since: 0 }, true, version);
  for (const summary of [here, there]) {
    expect(summary.tone).toBe('ok');
    expect(summary.text).toMatch(/PostgreSQL 17.*ready/);
  }
});

test('a page by link tells what it waits for, in order', () => {
  const texts = [
    summarizeRemote({ stage: 'connecting', attempt: 1 }, false, undefined),
    summarizeRemote({ stage: 'open', since: 0 }, false, undefined),
    summarizeRemote({ stage: 'open', since: 0 }, true, undefined),
  ].map((summary) => summary.text);
  expect(texts).toEqual([
    'Connecting to the server',
    'Waiting for the tab that runs the database',
    'Asking PostgreSQL',
  ]);
});

test('the wait for a reconnection counts down to one second, never to zero', () => {
  const waiting = { stage: 'waiting', retryAt: 10_000, attempt: 3 } as const;
  expect(summarizeTunnel(waiting, 7_500).text).toBe('reconnecting in 3 s');
  expect(summarizeTunnel(waiting, 9_999).text).toBe('reconnecting in 1 s');
  expect(summarizeTunnel(waiting, 0).text).toBe('reconnecting');
});
