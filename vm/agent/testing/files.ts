import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Metadata } from '../../../lib/mux/metadata';
import type { RawHost } from './host';

const FRAME_BYTES = 16_384;

/** A folder that goes with the test. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'warren-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a `put` stream. */
export function openPut(host: RawHost, file: string, ...more: Metadata): number {
  return host.open(['kind', 'put'], ['path', file], ...more);
}

/** Sends content within the credit the agent grants. */
export async function sendContent(host: RawHost, id: number, content: Uint8Array): Promise<void> {
  let credit = host.window;
  for (let sent = 0; sent < content.length; ) {
    while (credit === 0) credit += (await host.takeOf('credit', id)).bytes;
    const bytes = content.subarray(sent, sent + Math.min(credit, FRAME_BYTES));
    host.send({ type: 'data', stream: id, bytes });
    sent += bytes.length;
    credit -= bytes.length;
  }
}

/** Puts a file and waits until it has its place. */
export async function put(
  host: RawHost,
  file: string,
  content: string | Uint8Array,
  ...more: Metadata
): Promise<void> {
  const id = openPut(host, file, ...more);
  await sendContent(host, id, Buffer.from(content as Uint8Array));
  host.send({ type: 'end', stream: id });
  await host.takeOf('end', id);
}
