import { damaged, SnapshotError } from '../errors';
import { MAX_STATE_JSON_BYTES, STATE_HEADER_BYTES, STATE_MAGIC, STATE_VERSION } from './limits';

/** A state taken apart as v86 lays it out (S1): JSON, and the buffers it refers to by number. */
export interface StateFrame {
  /** v86's `state`: one entry for each register and device. Not looked into yet. */
  readonly slots: readonly unknown[];
  /** Views into the state. */
  readonly buffers: readonly Uint8Array[];
}

/**
 * Takes a state apart; copies nothing but its JSON.
 * @throws SnapshotError `damaged`, `too-large` (its JSON), `other-emulator` (S1)
 */
export function readFrame(bytes: Uint8Array): StateFrame {
  if (bytes.length < STATE_HEADER_BYTES) throw damaged("the machine's state", 'is cut short');
  const header = new DataView(bytes.buffer, bytes.byteOffset, STATE_HEADER_BYTES);
  if (header.getInt32(0, true) !== STATE_MAGIC) {
    throw damaged("the machine's state", 'does not begin as one does');
  }
  const version = header.getInt32(4, true);
  if (version !== STATE_VERSION) throw otherEmulator(String(version), String(STATE_VERSION));
  if (header.getUint32(8, true) !== bytes.length) {
    throw damaged("the machine's state", 'does not have the length it tells');
  }
  const jsonBytes = header.getUint32(12, true);
  if (jsonBytes > bytes.length - STATE_HEADER_BYTES) {
    throw damaged("the machine's state", 'has a description longer than itself');
  }
  if (jsonBytes > MAX_STATE_JSON_BYTES) {
    throw new SnapshotError(
      'too-large',
      `The machine's devices are described in ${jsonBytes} bytes, and ${MAX_STATE_JSON_BYTES} are read at most. Delete files outside of /tmp and PostgreSQL's own in the machine.`,
    );
  }
  const json = parse(bytes.subarray(STATE_HEADER_BYTES, STATE_HEADER_BYTES + jsonBytes));
  const { buffer_infos: infos, state: slots } = json;
  if (!Array.isArray(infos) || !Array.isArray(slots)) {
    throw damaged("the machine's state", 'lacks its devices');
  }
  return { slots, buffers: buffersOf(bytes, align(STATE_HEADER_BYTES + jsonBytes), infos) };
}

/** The opposite of `readFrame`: byte for byte what v86 writes. A buffer that is a number stands for so many zeros. */
export function writeFrame(
  slots: readonly unknown[],
  buffers: readonly (Uint8Array | number)[],
): { readonly state: Uint8Array<ArrayBuffer>; readonly buffers: readonly Uint8Array[] } {
  let offset = 0;
  const infos = buffers.map((buffer) => {
    const length = typeof buffer === 'number' ? buffer : buffer.length;
    const info = { offset, length };
    offset = align(offset + length);
    return info;
  });
  const json = new TextEncoder().encode(JSON.stringify({ buffer_infos: infos, state: slots }));
  const start = align(STATE_HEADER_BYTES + json.length);
  const state = new Uint8Array(start + offset);
  const header = new DataView(state.buffer);
  header.setInt32(0, STATE_MAGIC, true);
  header.setInt32(4, STATE_VERSION, true);
  header.setUint32(8, state.length, true);
  header.setUint32(12, json.length, true);
  state.set(json, STATE_HEADER_BYTES);
  const written = infos.map((info, id) => {
    const view = state.subarray(start + info.offset, start + info.offset + info.length);
    const buffer = buffers[id];
    if (typeof buffer === 'object') view.set(buffer);
    return view;
  });
  return { state, buffers: written };
}

export function otherEmulator(found: string, ours: string): SnapshotError {
  return new SnapshotError(
    'other-emulator',
    `This machine was saved by another version of the emulator (states of version ${found}, not ${ours}). Nothing was changed; open it with the Warren that saved it, and take its data along with pg_dump.`,
  );
}

/** S2: the buffers follow each other without gaps and fill the state to its end. */
function buffersOf(bytes: Uint8Array, start: number, infos: readonly unknown[]): Uint8Array[] {
  let at = start;
  const buffers = infos.map((info, id) => {
    const { offset, length } = isRecord(info) ? info : {};
    if (offset !== at - start || !isLength(length) || length > bytes.length - at) {
      throw damaged("the machine's state", `has its buffer ${id} in the wrong place`);
    }
    const buffer = bytes.subarray(at, at + length);
    at = align(at + length);
    return buffer;
  });
  if (at !== bytes.length) throw damaged("the machine's state", 'is longer than its buffers');
  return buffers;
}

function parse(bytes: Uint8Array): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw damaged("the machine's state", 'has a description that is no JSON', { cause });
  }
  if (!isRecord(json)) throw damaged("the machine's state", 'lacks its devices');
  return json;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** v86 begins each buffer at a multiple of 4. */
function align(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}
