import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { REOPENED_MS, stand } from './seat';

type Granted = (lock: object | null) => unknown;

/** One lock, as the browser keeps it among its tabs. */
class OneLock {
  private readonly waiting: Granted[] = [];

  constructor(private held: boolean) {}

  readonly request = (_name: string, ...rest: [Granted] | [object, Granted]): Promise<void> => {
    const granted = rest.at(-1) as Granted;
    const ifAvailable = rest.length > 1;
    if (!this.held) {
      this.held = true;
      granted({});
    } else if (ifAvailable) granted(null);
    else this.waiting.push(granted);
    return Promise.resolve();
  };

  /** The tab that holds it closes. */
  free(): void {
    this.held = false;
    const next = this.waiting.shift();
    if (!next) return;
    this.held = true;
    next({});
  }
}

function standWith(locks: OneLock | undefined): string[] {
  vi.stubGlobal('navigator', { locks });
  const told: string[] = [];
  stand('abcdefghijkl', {
    won: () => told.push('won'),
    lost: () => told.push('lost'),
    inherited: () => told.push('inherited'),
  });
  return told;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('the first tab hosts, and one without Web Locks', () => {
  expect(standWith(new OneLock(false))).toEqual(['won']);
  expect(standWith(undefined)).toEqual(['won']);
});

test('a second tab waits, and is asked when the first has closed', () => {
  const lock = new OneLock(true);
  const told = standWith(lock);
  expect(told).toEqual(['lost']);
  vi.advanceTimersByTime(REOPENED_MS);
  lock.free();
  expect(told).toEqual(['lost', 'inherited']);
});

test('a tab that is reopened in the instant its predecessor closes simply hosts', () => {
  const lock = new OneLock(true);
  const told = standWith(lock);
  vi.advanceTimersByTime(REOPENED_MS - 1);
  lock.free();
  expect(told).toEqual(['lost', 'won']);
});
