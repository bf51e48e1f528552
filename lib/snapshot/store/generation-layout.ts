import type { PlacedTable } from './page-table';
import type { GenerationFacts } from './types';

/**
 * A generation file, numbers little-endian:
 *
 *     0   8  "WKEPT2\0\0"; another layout is another folder, so that old code never meets it
 *     8   4  sequence: of two whole files the higher one is newer
 *    12   4  P, number of pages
 *    16   4  F, bytes of the facts
 *    20   4  D, bytes of the devices, deflated
 *    24   4  bytes of the devices
 *    28   4  0
 *    32 16P  four columns of P numbers: page, slot, low and high half of the hash
 *         F  facts, JSON
 *         D  devices, deflated (raw)
 *        32  SHA-256 of all before it
 *
 * What follows is no part of it.
 */
export const MAGIC = 0x0000_3254_5045_4b57n; // "WKEPT2" read as one number
export const HEADER_BYTES = 32;
export const DIGEST_BYTES = 32;
export const AT = { sequence: 8, pages: 12, facts: 16, devices: 20, rawDevices: 24 } as const;

/** A generation as its file holds it. */
export interface StoredGeneration {
  readonly sequence: number;
  readonly facts: GenerationFacts;
  readonly table: PlacedTable;
  readonly packedDevices: Uint8Array;
  /** Before they were packed. */
  readonly devicesBytes: number;
}

/** The columns of `count` pages in a file's bytes, as views; the file begins where its buffer does. */
export function columnsOf(buffer: ArrayBuffer, count: number): PlacedTable {
  const column = (index: number) =>
    new Uint32Array(buffer, HEADER_BYTES + index * count * 4, count);
  return { pages: column(0), slots: column(1), hashLow: column(2), hashHigh: column(3) };
}
