import { performance } from 'node:perf_hooks';

/** Without news a long step says this often that it is alive: logs stay short, and CI sees life. */
const HEARTBEAT_MS = 20_000;

/** A step failed for a reason that is told in full by its message; no stack trace is wanted. */
export class StepError extends Error {
  /** @override */
  name = 'StepError';
}

/**
 * Runs one named step; prints its name, what came of it and how long it took.
 * @template T
 * @param {string} name
 * @param {(tell: (result: string) => void) => Promise<T>} work `tell` names the result, else it is `done`
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const began = performance.now();
  const elapsed = () => duration(performance.now() - began);
  let result = 'done';
  const heartbeat = setInterval(() => say(`  ${elapsed()} so far`), HEARTBEAT_MS);
  say(`• ${name}`);
  try {
    return await work((text) => {
      result = text;
    });
  } catch (thrown) {
    result = 'failed';
    throw thrown;
  } finally {
    clearInterval(heartbeat);
    say(`  ${result} in ${elapsed()}`);
  }
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const whole = Math.round(milliseconds / 1000);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Runs an entry script to its end. A `StepError` is told without a stack trace, anything else with one.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (thrown) {
    console.error(thrown instanceof StepError ? thrown.message : thrown);
    process.exitCode = 1;
  }
}
