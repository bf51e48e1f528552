import { spawn } from 'node:child_process';
import { ROOT } from './environment.mjs';
import { StepError, say } from './progress.mjs';

/** How much of a failed program's output is shown: enough for a stack trace and what led to it. */
const SHOWN_OUTPUT_CHARS = 20_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/**
 * @typedef {object} RunOptions
 * @property {'shown' | 'kept'} [output] `shown` goes to our own output; `kept` is told only when it fails
 * @property {Record<string, string>} [env] added to our own environment
 * @property {string} [cwd]
 */

/**
 * Runs a program to its end and answers with its exit code and, when kept, its output.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function outcome(program, args, { output = 'shown', env = {}, cwd = ROOT } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: output === 'shown' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
    }
    child.once('error', (cause) => {
      running.delete(child);
      reject(new StepError(`${program} could not be started: ${cause.message}`));
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      if (signal) {
        const note = `${program} was ended by ${signal}`;
        if (output === 'shown') say(note);
        else text += `\n${note}`;
      }
      resolve({ code: code ?? 1, output: text });
    });
  });
}

/**
 * Runs a program that has to succeed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} its output, when kept
 */
export async function run(program, args, options = {}) {
  const { code, output } = await outcome(program, args, options);
  if (code !== 0) {
    const command = [program, ...args].join(' ');
    throw new StepError(
      `${command} ended with ${code}\n${output.slice(-SHOWN_OUTPUT_CHARS)}`.trimEnd(),
    );
  }
  return output;
}

/**
 * Waits for all works even when one fails, so that no program is left behind; rejects then with the first failure.
 * @param {readonly Promise<void>[]} works
 */
export async function together(works) {
  await Promise.allSettled(works);
  await Promise.all(works);
}

/**
 * Ends the programs we started.
 * @param {unknown} [signal] anything but a signal's name ends them as SIGTERM does
 */
export function endAll(signal) {
  for (const child of running) child.kill(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
}

/**
 * Takes the programs we started down with us when we are told to end.
 * @returns {() => void} gives the signals back to whoever comes next
 */
export function endTogether() {
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    endAll(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return () => {
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
  };
}
