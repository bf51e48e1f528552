import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Machine } from '@/lib/machine/machine';
import { builtImage, v86Wasm } from '@/lib/machine/testing/image';
import { connectClient } from '@/lib/postgres/client';
import { restartPostgres } from '../machine/reboot/restart-postgres';
import { LogLines } from './log-lines';
import { LogTail } from './log-tail';

let machine: Machine;
const SOON = { timeout: 60_000 };

beforeAll(async () => {
  const wasm = await v86Wasm();
  machine = new Machine({ source: builtImage, wasm: async () => wasm, events: {} });
  await machine.start({ memoryMb: 256 });
});
afterAll(() => machine.stop());

async function run(sql: string): Promise<void> {
  const client = await connectClient(machine.connect(), { user: 'owner', database: 'postgres' });
  await client.query(sql);
  client.end();
}

test('the log is followed, goes on after a pause, and over a restart', async () => {
  const log = new LogLines();
  const said: string[] = [];
  const tail = new LogTail((metadata) => machine.open(metadata), {
    chunk: (bytes) => log.add(bytes),
    begin: () => log.begin(),
    trouble: (message) => message && said.push(message),
  });
  const has = (text: string) => log.lines.filter((line) => line.text.includes(text)).length;
  tail.start();
  await vi.waitFor(() => expect(has('ready to accept connections')).toBe(1), SOON);
  await run(`do $$ begin raise log 'first of all'; end $$`);
  await vi.waitFor(() => expect(has('LOG:  first of all')).toBe(1), SOON);
  tail.stop();
  await run(`do $$ begin raise log 'unseen'; end $$`);
  tail.start();
  await vi.waitFor(() => expect(has('LOG:  unseen')).toBe(1), SOON);
  expect(has('LOG:  first of all')).toBe(1);
  await restartPostgres((metadata) => machine.open(metadata));
  await run(`do $$ begin raise log 'after it'; end $$`);
  await vi.waitFor(() => expect(has('LOG:  after it')).toBe(1), SOON);
  tail.stop();
  tail.start();
  await run(`do $$ begin raise log 'and last'; end $$`);
  await vi.waitFor(() => expect(has('LOG:  and last')).toBe(1), SOON);
  expect(has('LOG:  after it')).toBe(1);
  tail.stop();
  expect(said).toEqual([]);
});
