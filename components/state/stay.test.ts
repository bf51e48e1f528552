import { afterEach, expect, test, vi } from 'vitest';
import { stayFor } from './stay';

afterEach(() => vi.unstubAllGlobals());

test('the page asks while anything is under way, also something that fails', async () => {
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  const asks = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  let end = (_: number) => {};
  let fail = (_: Error) => {};
  const first = new Promise<number>((resolve) => {
    end = resolve;
  });
  const second = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const stays = [stayFor(first), stayFor(second).catch(() => 'failed')];
  expect(asks()).toBe(true);
  end(1);
  expect(await stays[0]).toBe(1);
  expect(asks()).toBe(true);
  fail(new Error('cut'));
  expect(await stays[1]).toBe('failed');
  expect(asks()).toBe(false);
});
