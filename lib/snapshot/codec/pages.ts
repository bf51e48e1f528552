import { damaged } from '../errors';
import { PAGE_BYTES, type RestingMachine } from '../types';
import { MAX_PAGES_PER_PIECE } from './limits';
import { mostlyEqual, xorInto } from './xor';

/** Pages as they come out of a snapshot. */
export interface PageBatch {
  /** Ascending, over all batches of a snapshot. */
  readonly numbers: Uint32Array;
  /**
   * The bytes of page `numbers[index]`; undefined: all zeros. They begin at a multiple of 4 in their buffer, and are the
   * callee's only until it is done with the batch.
   */
  contents(index: number): Uint8Array | undefined;
}

/** S16: how a page's bytes are told. */
const WHOLE = 0;
const DIFFERENCE = 1;
const ZEROS = 2;

/**
 * S16: count u32; for each page the gap to the one before it u32 (so that they can only grow); how each is told u8; room up to a
 * multiple of 4; the contents of those that are not zeros.
 * @param previous number of the last page before these; −1 at the beginning
 */
export function encodePages(
  numbers: Uint32Array,
  previous: number,
  page: (number: number) => Uint8Array | undefined,
  base: RestingMachine,
): Uint8Array {
  const contents = Array.from(numbers, page);
  const filled = contents.filter((bytes) => bytes !== undefined).length;
  const { kindsAt, contentsAt } = places(numbers.length);
  const raw = new Uint8Array(contentsAt + filled * PAGE_BYTES);
  const view = new DataView(raw.buffer);
  view.setUint32(0, numbers.length, true);
  let before = previous;
  let at = contentsAt;
  numbers.forEach((number, index) => {
    if (number <= before) throw new RangeError(`page ${number} after page ${before}`);
    view.setUint32(GAPS_AT + index * GAP_BYTES, number - before - 1, true);
    before = number;
    const bytes = contents[index];
    if (bytes === undefined) {
      raw[kindsAt + index] = ZEROS;
      return;
    }
    raw.set(bytes, at);
    const old = base.page(number);
    if (old !== undefined && mostlyEqual(bytes, old)) {
      raw[kindsAt + index] = DIFFERENCE;
      xorInto(raw.subarray(at, at + PAGE_BYTES), old);
    }
    at += PAGE_BYTES;
  });
  return raw;
}

/**
 * The opposite of `encodePages`; makes the contents in place.
 * @param pageCount pages the machine has
 * @throws SnapshotError `damaged` about `part`
 */
export function decodePages(
  raw: Uint8Array,
  previous: number,
  pageCount: number,
  base: RestingMachine,
  part: string,
): PageBatch {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const count = raw.length < GAPS_AT ? 0 : view.getUint32(0, true);
  const { kindsAt, contentsAt } = places(count);
  if (count === 0 || count > MAX_PAGES_PER_PIECE || contentsAt > raw.length) {
    throw damaged(part, 'does not have the pages it tells');
  }
  const numbers = new Uint32Array(count);
  const starts: (number | undefined)[] = [];
  let before = previous;
  let at = contentsAt;
  for (let index = 0; index < count; index++) {
    const number = before + 1 + view.getUint32(GAPS_AT + index * GAP_BYTES, true);
    const kind = raw[kindsAt + index] as number;
    if (number >= pageCount) throw damaged(part, 'has a page beyond the memory');
    if (kind > ZEROS) throw damaged(part, 'has a page of an unknown kind');
    numbers[index] = number;
    before = number;
    starts.push(kind === ZEROS ? undefined : at);
    if (kind === ZEROS) continue;
    if (at + PAGE_BYTES > raw.length) throw damaged(part, 'lacks pages');
    const old = kind === WHOLE ? undefined : base.page(number);
    if (old !== undefined) xorInto(raw.subarray(at, at + PAGE_BYTES), old);
    at += PAGE_BYTES;
  }
  if (at !== raw.length) throw damaged(part, 'is longer than its pages');
  return {
    numbers,
    contents(index) {
      const start = starts[index];
      return start === undefined ? undefined : raw.subarray(start, start + PAGE_BYTES);
    },
  };
}

const GAPS_AT = 4;
const GAP_BYTES = 4;

function places(count: number): { kindsAt: number; contentsAt: number } {
  const kindsAt = GAPS_AT + count * GAP_BYTES;
  return { kindsAt, contentsAt: Math.ceil((kindsAt + count) / 4) * 4 };
}
