import { PAGE_BYTES } from '../types';
import {
  AT,
  columnsOf,
  DIGEST_BYTES,
  HEADER_BYTES,
  MAGIC,
  type StoredGeneration,
} from './generation-layout';
import { Slots } from './slots';
import type { GenerationFacts } from './types';

/**
 * Reads a generation's file.
 * @param bytes all of the file, alone in its buffer
 * @param pagesBytes size of the pages file
 * @returns undefined for one that is empty, cut or otherwise not what was written, or needs more of the pages file
 */
export async function readGeneration(
  bytes: Uint8Array<ArrayBuffer>,
  pagesBytes: number,
): Promise<StoredGeneration | undefined> {
  if (bytes.length < HEADER_BYTES + DIGEST_BYTES) return undefined;
  const header = new DataView(bytes.buffer, 0, HEADER_BYTES);
  if (header.getBigUint64(0, true) !== MAGIC) return undefined;
  const count = header.getUint32(AT.pages, true);
  const factsAt = HEADER_BYTES + count * 16;
  const devicesAt = factsAt + header.getUint32(AT.facts, true);
  const digestAt = devicesAt + header.getUint32(AT.devices, true);
  if (digestAt + DIGEST_BYTES > bytes.length) return undefined;
  if (!(await isDigest(bytes.subarray(0, digestAt), bytes.subarray(digestAt)))) return undefined;
  const table = columnsOf(bytes.buffer, count);
  if (new Slots([table]).end * PAGE_BYTES > pagesBytes) return undefined;
  return {
    sequence: header.getUint32(AT.sequence, true),
    // What has the hash is what `writeGeneration` wrote: no stranger writes here.
    facts: JSON.parse(
      new TextDecoder().decode(bytes.subarray(factsAt, devicesAt)),
    ) as GenerationFacts,
    table,
    packedDevices: bytes.subarray(devicesAt, digestAt),
    devicesBytes: header.getUint32(AT.rawDevices, true),
  };
}

async function isDigest(bytes: Uint8Array<ArrayBuffer>, expected: Uint8Array): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return digest.every((byte, index) => byte === expected[index]);
}
