import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './testing/until';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

describe('the server as a process', () => {
  let dataDir: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'warren-main-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  afterAll(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = (variables: Readonly<Record<string, string>> = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'relay/main.ts'], {
      cwd: ROOT,
      env: {
        ...process.env,
        WARREN_NO_PAGES: '1',
        PORT: '0',
        PG_PORT: '0',
        DATA_DIR: dataDir,
        ...variables,
      },
    });
    children.push(child);
    const heard = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      heard.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      heard.err += chunk;
    });
    return { child, heard };
  };

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says that it is ready and ends on %s',
    async (signal) => {
      const { child, heard } = start();
      const line = await until(() => /^ready .*$/m.exec(heard.out)?.[0], 'the ready line');
      expect(line).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+ postgres 127\.0\.0\.1:\d+$/);
      const url = line.split(' ')[1];
      expect((await fetch(`${url}/api/health`)).status).toBe(200);
      const since = Date.now();
      child.kill(signal);
      const [code] = await once(child, 'exit');
      expect(code).toBe(0);
      expect(Date.now() - since).toBeLessThan(10_000);
    },
  );

  it('names what is wrong with its variables', async () => {
    const { child, heard } = start({ PORT: 'many' });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(heard.err).toBe(
      'The configuration has faults:\n  PORT must be a port number, 0 to 65535\n',
    );
  });

  it('names the port that another program has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { child, heard } = start({ PORT: String(port) });
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(heard.err).toContain(`Another program listens already`);
    expect(heard.err).toContain(String(port));
    other.close();
  });
});
