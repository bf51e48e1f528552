import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SERVER = path.join(ROOT, '.build/server/main.mjs');
const LOG = path.join(ROOT, '.build/reports/e2e-server.log');

/** A new database on a busy machine. */
const READY_WITHIN_MS = 60_000;
/** Longer than the server's own patience with its connections. */
const ENDED_WITHIN_MS = 20_000;

/** Whatever the machine's own settings are, the tests meet the defaults. */
const ENVIRONMENT = {
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PORT: '0',
  PG_PORT: '0',
  PUBLIC_URL: '',
  DATABASE_URL: '',
} as const;

/**
 * Runs the built server for a whole Playwright run: free ports, an empty folder for its data. Tells its address
 * in WARREN_URL, and takes everything away at the end.
 */
export default async function serve(): Promise<() => Promise<void>> {
  const data = mkdtempSync(path.join(tmpdir(), 'warren-e2e-data-'));
  // As root the database runs as a user of its own, who has to get through.
  chmodSync(data, 0o755);
  mkdirSync(path.dirname(LOG), { recursive: true });
  const server = spawn(process.execPath, [SERVER], {
    cwd: ROOT,
    env: { ...process.env, ...ENVIRONMENT, DATA_DIR: path.join(data, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    process.env.WARREN_URL = await address(server);
    process.env.WARREN_DATA_DIR = path.join(data, 'data');
  } catch (error) {
    await end(server, data);
    throw error;
  }
  return () => end(server, data);
}

/** Waits for the line that begins with `ready ` and reads the pages' address from it. */
async function address(server: ChildProcess): Promise<string> {
  const log = createWriteStream(LOG);
  const { stdout, stderr } = server;
  if (!stdout || !stderr) throw new Error('the server has no output');
  stdout.pipe(log);
  stderr.pipe(log);
  const late = setTimeout(() => server.kill('SIGKILL'), READY_WITHIN_MS);
  try {
    for await (const line of createInterface({ input: stdout })) {
      const url = /^ready .*?(https?:\/\/\S+)/.exec(line)?.[1];
      if (url) return url;
    }
  } finally {
    clearTimeout(late);
    // Read on, or the server's output would fill up and stop it.
    stdout.resume();
  }
  throw new Error(`the server ended, or was not ready in ${READY_WITHIN_MS} ms; its log is ${LOG}`);
}

async function end(server: ChildProcess, data: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    const late = setTimeout(() => server.kill('SIGKILL'), ENDED_WITHIN_MS);
    await ended;
    clearTimeout(late);
  }
  rmSync(data, { recursive: true, force: true });
}
