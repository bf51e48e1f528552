import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ClientConfig } from 'pg';
import type { Credentials } from '../../lib/machine/types';
import { within } from '../workload/within';
import type { Cleanup } from './cleanup';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SERVER = '.build/server/main.mjs';

/** initdb, migrations and Next, on a busy machine. */
const START_LIMIT_MS = 60_000;
/** The server gives itself 10 s. */
const STOP_LIMIT_MS = 12_000;

/** Something the bench needs was not built. */
export class NotBuiltError extends Error {
  override name = 'NotBuiltError';
}

/** What a server is wanted for: it needs to be built. */
export type ServerUse = 'pages' | 'relay';

const BUILT: Readonly<Record<ServerUse, readonly string[]>> = {
  pages: [SERVER, '.next/BUILD_ID', 'public/machine', 'public/vm/manifest.json'],
  relay: [SERVER],
};

/** Checks that `npm run up` has built what is used. */
export function requireBuild(use: ServerUse): void {
  const missing = BUILT[use].filter((file) => !existsSync(path.join(ROOT, file)));
  if (missing.length === 0) return;
  throw new NotBuiltError(
    `Not built: ${missing.join(', ')}. Run npm run up once, then again npm run bench.`,
  );
}

/** Warren's server in a process of its own, on free ports of 127.0.0.1, with data that go with it. */
export class WarrenServer {
  readonly url: string;
  readonly pgPort: number;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, url: string, pgPort: number) {
    this.#process = child;
    this.url = url;
    this.pgPort = pgPort;
  }

  static async start(use: ServerUse, cleanup: Cleanup): Promise<WarrenServer> {
    requireBuild(use);
    const dataDir = await mkdtemp(path.join(tmpdir(), 'warren-bench-data-'));
    const child = spawn(process.execPath, [SERVER], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: '0',
        PG_PORT: '0',
        DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
        // The bench plays the part of a reverse proxy, so that it may come from many addresses.
        TRUST_PROXY: '1',
        WARREN_NO_PAGES: use === 'pages' ? '0' : '1',
      },
    });
    cleanup.add(async () => {
      await stopProcess(child);
      await rm(dataDir, { recursive: true, force: true });
    });
    const { url, pgPort } = await within(START_LIMIT_MS, 'the server', readyLine(child));
    return new WarrenServer(child, url, pgPort);
  }

  get pid(): number {
    if (this.#process.pid === undefined) throw new Error('the server did not start');
    return this.#process.pid;
  }

  /** A new playground, made from this address; the credentials are its owner's. */
  async createPlayground(address = '127.0.0.1'): Promise<Credentials> {
    const response = await fetch(`${this.url}/api/playgrounds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: '{}',
    });
    if (response.status !== 201) throw new Error(`no playground: ${await response.text()}`);
    const { id, link } = (await response.json()) as { id: string; link: LinkSecret };
    return { playground: id, link: link.id, secret: link.secret };
  }

  /** A link to a playground; the credentials are those of whoever comes by it. */
  async createLink(owner: Credentials, role: 'editor' | 'viewer'): Promise<Credentials> {
    const response = await fetch(`${this.url}/api/playgrounds/${owner.playground}/links`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${owner.link}.${owner.secret}`,
      },
      body: JSON.stringify({ role }),
    });
    if (response.status !== 201) throw new Error(`no link: ${await response.text()}`);
    const { id, secret } = (await response.json()) as LinkSecret;
    return { playground: owner.playground, link: id, secret };
  }

  /** How node-postgres reaches a playground: over TLS, whose certificate the server has made itself. */
  pgConfig({ playground, link, secret }: Credentials): ClientConfig {
    return {
      host: '127.0.0.1',
      port: this.pgPort,
      user: `${link}.${playground}`,
      password: secret,
      database: 'postgres',
      ssl: { rejectUnauthorized: false },
    };
  }
}

interface LinkSecret {
  readonly id: string;
  readonly secret: string;
}

/** Waits for `ready http://… postgres <host>:<port>`. */
async function readyLine(child: ChildProcess): Promise<{ url: string; pgPort: number }> {
  if (child.stdout === null) throw new Error('no output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    const match = /^ready (http:\S+) postgres \S+:(\d+)$/.exec(line);
    if (match?.[1] === undefined) continue;
    // What follows is of no interest, but must not fill the pipe.
    child.stdout.resume();
    return { url: match[1], pgPort: Number(match[2]) };
  }
  throw new Error('the server ended before it was ready');
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(timer);
}
