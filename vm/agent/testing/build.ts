import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCES = fileURLToPath(new URL('..', import.meta.url));

/**
 * Compiles the agent for this machine with the sanitizers, once for each state of its sources.
 * WARREN_AGENT names another binary to test instead, e.g. the image's own, which runs here too.
 */
export async function buildAgent(): Promise<string> {
  if (process.env.WARREN_AGENT) return process.env.WARREN_AGENT;
  const target = path.join(tmpdir(), `warren-agent-${await hashSources()}`);
  const binary = path.join(target, 'warren-agent');
  if (existsSync(binary)) return binary;

  const draft = await mkdtemp(`${target}.`);
  await run('make', ['-C', SOURCES, 'SANITIZE=1', `OUT=${path.join(draft, 'warren-agent')}`]);
  await chmod(draft, 0o755); // tests run it as nobody
  // Another process may have been faster; its build is the same.
  await rename(draft, target).catch(() => rm(draft, { recursive: true }));
  return binary;
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(SOURCES)).sort()) {
    if (!/\.[ch]$|^Makefile$/.test(name)) continue;
    hash.update(`${name}\n`).update(await readFile(path.join(SOURCES, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
