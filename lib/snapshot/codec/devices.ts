import { damaged } from '../errors';
import { readFrame, type StateFrame } from '../state/frame';
import { readState } from '../state/read-state';
import { type Reference, referencesOf } from '../state/references';
import { mostlyEqual, xorInto } from './xor';

/**
 * S15: number of buffers u32; for each whether it is told by its difference u8; then the devices, in which those buffers are
 * replaced by their difference from the base's buffer of the same path, type and length.
 * @throws SnapshotError `damaged`, `too-large`, `other-emulator`, for devices or base
 */
export function encodeDevices(devices: Uint8Array, baseDevices: Uint8Array): Uint8Array {
  const count = readFrame(devices).buffers.length;
  const contentsAt = COUNT_BYTES + count;
  const raw = new Uint8Array(contentsAt + devices.length);
  new DataView(raw.buffer).setUint32(0, count, true);
  raw.set(devices, contentsAt);
  for (const { buffer, bytes, old } of pairs(readFrame(raw.subarray(contentsAt)), baseDevices)) {
    if (!mostlyEqual(bytes, old)) continue;
    raw[COUNT_BYTES + buffer] = 1;
    xorInto(bytes, old);
  }
  return raw;
}

/**
 * The opposite of `encodeDevices`; makes the devices in place and checks that they are some, by all rules for states.
 * @throws SnapshotError `damaged`, `too-large`, `other-emulator`
 */
export function decodeDevices(
  raw: Uint8Array,
  baseDevices: Uint8Array,
  memoryMb: number,
): Uint8Array {
  const part = "the machine's devices";
  if (raw.length < COUNT_BYTES) throw damaged(part, 'are cut short');
  const count = new DataView(raw.buffer, raw.byteOffset).getUint32(0, true);
  if (count > raw.length - COUNT_BYTES) throw damaged(part, 'are cut short');
  const kinds = raw.subarray(COUNT_BYTES, COUNT_BYTES + count);
  const devices = raw.subarray(COUNT_BYTES + count);
  const frame = readFrame(devices);
  if (frame.buffers.length !== count) throw damaged(part, 'do not have the buffers they tell');
  let open = kinds.reduce((sum, kind) => sum + kind, 0);
  for (const { buffer, bytes, old } of pairs(frame, baseDevices)) {
    if (kinds[buffer] !== 1) continue;
    xorInto(bytes, old);
    open--;
  }
  if (open !== 0) throw damaged(part, 'differ from buffers that the base does not have');
  const machine = readState(devices);
  if (machine.memoryMb !== memoryMb || machine.pages.length > 0) {
    throw damaged(part, 'belong to a machine with another memory');
  }
  // Not what was sent but what we write of it: v86 restores nothing else.
  return machine.devices;
}

const COUNT_BYTES = 4;

/** The buffers of a frame for which the base has one of the same path, type and length. */
function pairs(
  frame: StateFrame,
  baseDevices: Uint8Array,
): { readonly buffer: number; readonly bytes: Uint8Array; readonly old: Uint8Array }[] {
  const base = readFrame(baseDevices);
  const key = ({ path, type }: Reference) => `${path.join('.')} ${type}`;
  const olds = new Map(referencesOf(base).map((of) => [key(of), base.buffers[of.buffer]]));
  return referencesOf(frame).flatMap((reference) => {
    const { buffer } = reference;
    const old = olds.get(key(reference));
    const bytes = frame.buffers[buffer];
    if (old === undefined || bytes === undefined || old.length !== bytes.length) return [];
    return [{ buffer, bytes, old }];
  });
}
