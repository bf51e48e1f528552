import {
  AT,
  columnsOf,
  DIGEST_BYTES,
  HEADER_BYTES,
  MAGIC,
  type StoredGeneration,
} from './generation-layout';

/** The bytes of a generation's file. */
export async function writeGeneration(generation: StoredGeneration): Promise<Uint8Array> {
  const { table, packedDevices } = generation;
  const facts = new TextEncoder().encode(JSON.stringify(generation.facts));
  const count = table.pages.length;
  const factsAt = HEADER_BYTES + count * 16;
  const devicesAt = factsAt + facts.length;
  const digestAt = devicesAt + packedDevices.length;
  const bytes = new Uint8Array(digestAt + DIGEST_BYTES);
  const header = new DataView(bytes.buffer, 0, HEADER_BYTES);
  header.setBigUint64(0, MAGIC, true);
  header.setUint32(AT.sequence, generation.sequence, true);
  header.setUint32(AT.pages, count, true);
  header.setUint32(AT.facts, facts.length, true);
  header.setUint32(AT.devices, packedDevices.length, true);
  header.setUint32(AT.rawDevices, generation.devicesBytes, true);
  const columns = columnsOf(bytes.buffer, count);
  columns.pages.set(table.pages);
  columns.slots.set(table.slots);
  columns.hashLow.set(table.hashLow);
  columns.hashHigh.set(table.hashHigh);
  bytes.set(facts, factsAt);
  bytes.set(packedDevices, devicesAt);
  const digest = await crypto.subtle.digest('SHA-256', bytes.subarray(0, digestAt));
  bytes.set(new Uint8Array(digest), digestAt);
  return bytes;
}
