import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'warren-lock-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('withLock', () => {
  it('lets one work after another and tells who is waited for', async () => {
    const lock = path.join(folder, 'lock');
    const order: string[] = [];
    let release = () => {};
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = withLock(
      lock,
      () => {},
      async () => {
        begun();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        order.push('first');
      },
    );
    await hasBegun;
    const second = withLock(
      lock,
      (pid) => {
        order.push(`waits for ${pid === process.pid}`);
        release();
      },
      async () => {
        order.push('second');
      },
    );
    await Promise.all([first, second]);
    expect(order).toEqual(['waits for true', 'first', 'second']);
  });

  it('takes over from a process that is gone and frees the lock after a failure', async () => {
    const lock = path.join(folder, 'lock');
    // Above the kernel's largest process id.
    await writeFile(lock, '4194305');
    const failing = withLock(
      lock,
      () => {},
      () => Promise.reject(new Error('no')),
    );
    await expect(failing).rejects.toThrow('no');
    expect(
      await withLock(
        lock,
        () => {},
        async () => 'again',
      ),
    ).toBe('again');
  });
});
