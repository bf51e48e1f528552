import { readState } from '../state/read-state';
import { SMALL_MACHINE, type SmallMachine, stateOf } from '../state/testing';
import { Chain } from './chain';
import type { SnapshotHeader } from './header';
import type { SnapshotParts } from './write-snapshot';
import { writeSnapshot } from './write-snapshot';

/** A header that any reader takes. */
export function headerOf<K extends SnapshotHeader['kind']>(
  kind: K,
  changes: Partial<SnapshotHeader> = {},
): SnapshotHeader & { readonly kind: K } {
  return {
    base: {
      file: 'state-1-0123456789ab.bin.zst',
      bytes: 9_000_000,
      rawBytes: 55_000_000,
      sha256: 'ab'.repeat(32),
      memoryMb: 1,
      v86: '6',
      postgres: '17.11',
      image: '9950c69165357b30',
    },
    memoryMb: 1,
    createdAt: 1_795_000_000_000,
    title: 'Ticket 4711',
    note: 'The transaction is open.\nLook at orders.',
    rawBytes: 123_456,
    ...changes,
    kind,
  };
}

/** The base that the machines of these tests differ from. */
export const BASE = readState(stateOf(SMALL_MACHINE));

/** What writes a small machine, told by all pages that it or the base has. */
export function machineParts(
  changes: Partial<SmallMachine>,
  notebook?: Uint8Array,
): Extract<SnapshotParts, { machine: unknown }> {
  const machine = readState(stateOf({ ...SMALL_MACHINE, ...changes }));
  const pages = Uint32Array.from(new Set([...machine.pages, ...BASE.pages])).sort();
  return {
    header: headerOf('machine'),
    base: BASE,
    machine: { devices: machine.devices, pages, page: machine.page },
    notebook,
  };
}

/** All of a stream as one array. */
export async function collected(
  source: AsyncIterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Uint8Array.from(Buffer.concat(chunks));
}

/** A snapshot file. */
export function file(parts: SnapshotParts): Promise<Uint8Array<ArrayBuffer>> {
  return collected(writeSnapshot(parts));
}

/** Bytes as a stream in chunks of the lengths given, again and again. */
export async function* chunked(
  bytes: Uint8Array,
  lengths: readonly number[] = [bytes.length || 1],
): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** A piece to be forged: any numbers, and stored bytes that need not fit them. */
export interface ForgedPiece {
  /** S13: 1 devices, 2 pages, 3 notebook, 4 dump, 5 end. */
  readonly type: number;
  readonly stored: Uint8Array;
  readonly method?: number;
  readonly reserved?: number;
  readonly rawLength?: number;
  readonly storedLength?: number;
}

/** A file whose hashes are all right, whatever it says: what somebody hostile sends. */
export async function forged(
  header: unknown,
  pieces: readonly ForgedPiece[],
  headerLength?: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const json = header instanceof Uint8Array ? header : Buffer.from(JSON.stringify(header));
  const beginning = new Uint8Array(32 + json.length);
  beginning.set(Buffer.from('WARRENSN'));
  const view = new DataView(beginning.buffer);
  view.setUint16(8, 1, true);
  view.setUint32(12, headerLength ?? json.length, true);
  beginning.set(json, 32);
  const { hash, chain } = await Chain.begin(beginning);
  const parts: Uint8Array[] = [beginning, hash.slice()];
  for (const { type, stored, method = 0, reserved = 0, rawLength, storedLength } of pieces) {
    const framed = new Uint8Array(28 + stored.length);
    const head = new DataView(framed.buffer, 16);
    head.setUint8(0, type);
    head.setUint8(1, method);
    head.setUint16(2, reserved, true);
    head.setUint32(4, rawLength ?? stored.length, true);
    head.setUint32(8, storedLength ?? stored.length, true);
    framed.set(stored, 28);
    const next = (await chain.next(framed)).slice();
    parts.push(framed.subarray(16), next);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

/** Where the pieces of a file are: the first begins behind the header's hash. */
export function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const pieces: Uint8Array[] = [];
  let at = 32 + view.getUint32(12, true) + 16;
  while (at < bytes.length) {
    const length = 12 + view.getUint32(at + 8, true) + 16;
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

/** What is before the first piece. */
export function beginningOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(
    0,
    32 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true) + 16,
  );
}
