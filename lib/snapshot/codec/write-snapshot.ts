import { type ByteSource, fixedPieces } from '../byte-reader';
import { SnapshotError } from '../errors';
import type { RestingMachine } from '../types';
import { ahead } from './ahead';
import { Chain } from './chain';
import { encodeDevices } from './devices';
import { encodeHeader, type SnapshotHeader } from './header';
import {
  CUT_BYTES,
  HASH_BYTES,
  ID_BYTES,
  MAGIC,
  MAX_DEVICES_BYTES,
  MAX_DUMP_BYTES,
  MAX_NOTEBOOK_BYTES,
  OPENING_BYTES,
  PAGES_PER_PIECE,
  PREAMBLE_BYTES,
  VERSION,
} from './limits';
import { packed, type RawPiece } from './pack';
import { encodePages } from './pages';
import { encodeTotals, NOTHING, type Totals } from './totals';

/** A machine by its differences from its base. */
export interface ChangedMachine {
  readonly devices: Uint8Array;
  /** Numbers of the pages in which it differs, ascending. */
  readonly pages: Uint32Array;
  /** As `RestingMachine.page`; asked once for each of `pages`, in their order, while the snapshot is written. */
  page(number: number): Uint8Array | undefined;
}

export type SnapshotParts = {
  /** A Yjs update; opaque here. Empty is the same as none. */
  readonly notebook?: Uint8Array;
} & (
  | {
      readonly header: SnapshotHeader & { readonly kind: 'machine' };
      readonly base: RestingMachine;
      readonly machine: ChangedMachine;
    }
  | {
      readonly header: SnapshotHeader & { readonly kind: 'data' };
      /** A pg_dump archive. */
      readonly dump: ByteSource;
    }
);

/**
 * A snapshot as a file, in pieces of at most about half a megabyte. What is not asked for is not made, but for one piece that is
 * compressed ahead. Each array is the caller's own.
 * @throws SnapshotError `too-large` when it would pass a limit of rule S15 to S18, or whatever the dump rejects with
 */
export async function* writeSnapshot(parts: SnapshotParts): AsyncGenerator<Uint8Array> {
  const beginning = encodeBeginning(encodeHeader(parts.header));
  const { hash, chain } = await Chain.begin(beginning);
  yield concat(beginning, hash);
  for await (const framed of ahead(packed(rawPieces(parts)))) {
    const end = framed.length - HASH_BYTES;
    framed.set(await chain.next(framed.subarray(0, end)), end);
    yield framed.subarray(HASH_BYTES);
  }
}

/** S15 to S19, in the order of the file. */
async function* rawPieces(parts: SnapshotParts): AsyncGenerator<RawPiece> {
  const totals: { -readonly [field in keyof Totals]: number } = { ...NOTHING };
  if ('machine' in parts) {
    const devices = encodeDevices(parts.machine.devices, parts.base.devices);
    totals.devices = within(devices.length, MAX_DEVICES_BYTES, "The machine's devices");
    for (const raw of cut(devices)) yield { type: 'devices', raw };
    totals.pages = parts.machine.pages.length;
    for (const raw of pagePieces(parts.machine, parts.base)) yield { type: 'pages', raw };
  }
  if (parts.notebook !== undefined) {
    totals.notebook = within(parts.notebook.length, MAX_NOTEBOOK_BYTES, 'The notebook');
    for (const raw of cut(parts.notebook)) yield { type: 'notebook', raw };
  }
  if ('dump' in parts) {
    for await (const { bytes: raw } of fixedPieces(parts.dump, CUT_BYTES)) {
      if (raw.length === 0) throw new Error('The dump is empty: pg_dump did not write anything.');
      totals.dump = within(totals.dump + raw.length, MAX_DUMP_BYTES, 'The dump');
      yield { type: 'dump', raw };
    }
  }
  yield { type: 'end', raw: encodeTotals(totals) };
}

function* pagePieces(machine: ChangedMachine, base: RestingMachine): Generator<Uint8Array> {
  const { pages } = machine;
  for (let at = 0; at < pages.length; at += PAGES_PER_PIECE) {
    const numbers = pages.subarray(at, at + PAGES_PER_PIECE);
    yield encodePages(numbers, pages[at - 1] ?? -1, (number) => machine.page(number), base);
  }
}

/** Views into `bytes`. */
function* cut(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CUT_BYTES) yield bytes.subarray(at, at + CUT_BYTES);
}

/** S10 and S11: all before the first hash. */
function encodeBeginning(header: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(OPENING_BYTES + PREAMBLE_BYTES + header.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint16(MAGIC.length, VERSION, true);
  view.setUint32(OPENING_BYTES + 2, header.length, true);
  crypto.getRandomValues(bytes.subarray(OPENING_BYTES + 6, OPENING_BYTES + 6 + ID_BYTES));
  bytes.set(header, OPENING_BYTES + PREAMBLE_BYTES);
  return bytes;
}

function within(bytes: number, max: number, what: string): number {
  if (bytes <= max) return bytes;
  throw new SnapshotError(
    'too-large',
    `${what} would take more than ${max / 1024 / 1024} MB of the snapshot. No snapshot was made; the machine is as it was.`,
  );
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
