import { describe, expect, it } from 'vitest';
import { duplexPair } from '../mux/pair';
import { settle } from '../mux/testing';
import { ExecProcess } from './exec';
import { encodeRecord } from './records';

const WINDOW_BYTES = 1_000;
const STDOUT = 1;
const EXIT = 4;

/** A program's stream whose other end writes records of 500 bytes. */
function program(stdout: (chunk: Uint8Array) => void | Promise<void>) {
  const [page, guest] = duplexPair(WINDOW_BYTES);
  const process = new ExecProcess(page, { stdout });
  let reset: unknown;
  guest.attach({
    data: () => {},
    end: () => {},
    reset: (reason) => {
      reset = reason;
    },
    drain: () => {},
  });
  return {
    process,
    write: (bytes: number) => guest.write(encodeRecord(STDOUT, new Uint8Array(bytes))),
    exit: () => guest.write(encodeRecord(EXIT, Uint8Array.of(0))),
    resetBy: () => reset,
  };
}

describe('C3: a listener that returns a promise holds the program back', () => {
  it('takes no more than a window until the promise resolves', async () => {
    let taken = 0;
    let resume = () => {};
    const { write } = program((chunk) => {
      taken += chunk.length;
      return new Promise((resolve) => {
        resume = resolve;
      });
    });
    write(5_000);
    await settle();
    expect(taken).toBeLessThanOrEqual(WINDOW_BYTES);
    const before = taken;
    resume();
    await settle();
    expect(taken).toBeGreaterThan(before);
    expect(taken).toBeLessThanOrEqual(2 * WINDOW_BYTES);
  });

  it('flows by itself where the listener returns nothing', async () => {
    let taken = 0;
    const { write, exit, process } = program((chunk) => {
      taken += chunk.length;
    });
    write(5_000);
    exit();
    expect(await process.exited).toEqual({ ended: 'exit', exitCode: 0 });
    expect(taken).toBe(5_000);
  });

  it('a promise that rejects kills the program', async () => {
    const { write, process, resetBy } = program(() => Promise.reject(new Error('full')));
    write(10);
    expect(await process.exited).toMatchObject({ ended: 'reset' });
    await settle();
    expect(resetBy()).toMatchObject({ code: 'ok' });
  });
});
