import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SnapshotError } from '../errors';
import { PAGE_BYTES } from '../types';
import { describeState } from './describe-state';
import { readFrame, writeFrame } from './frame';
import { readState } from './read-state';
import { SMALL_MACHINE, stateOf, typed } from './testing';
import { withMemory } from './with-memory';

const state = () => stateOf(SMALL_MACHINE);

/** The state with its JSON rewritten: hostile, but of a right length. */
function rewritten(change: (json: string) => string): Uint8Array {
  const bytes = state();
  const view = new DataView(bytes.buffer);
  const jsonBytes = view.getUint32(12, true);
  const json = new TextEncoder().encode(
    change(new TextDecoder().decode(bytes.subarray(16, 16 + jsonBytes))),
  );
  const buffers = bytes.subarray(Math.ceil((16 + jsonBytes) / 4) * 4);
  const start = Math.ceil((16 + json.length) / 4) * 4;
  const out = new Uint8Array(start + buffers.length);
  out.set(bytes.subarray(0, 16));
  out.set(json, 16);
  out.set(buffers, start);
  new DataView(out.buffer).setUint32(8, out.length, true);
  new DataView(out.buffer).setUint32(12, json.length, true);
  return out;
}

function withWord(at: number, value: number): Uint8Array {
  const bytes = state();
  new DataView(bytes.buffer).setInt32(at, value, true);
  return bytes;
}

/** The state built from changed parts, with all lengths right. */
function rebuilt(change: (slots: unknown[], buffers: Uint8Array[]) => void): Uint8Array {
  const frame = readFrame(state());
  const slots = [...frame.slots];
  const buffers = [...frame.buffers];
  change(slots, buffers);
  return writeFrame(slots, buffers).state;
}

const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('readState', () => {
  it('S3: finds memory and pages by their shape, without copying', () => {
    const bytes = state();
    const machine = readState(bytes);
    expect(machine.memoryMb).toBe(1);
    expect([...machine.pages]).toEqual([0, 7, 255]);
    expect(machine.page(7)).toEqual(SMALL_MACHINE.pages.get(7));
    expect(machine.page(7)?.buffer).toBe(bytes.buffer);
    expect(machine.page(6)).toBeUndefined();
    expect(machine.page(256)).toBeUndefined();
  });

  it('S4: the devices are what v86 writes of the same machine with an empty memory', () => {
    const { devices } = readState(state());
    expect(devices).toEqual(stateOf({ ...SMALL_MACHINE, pages: new Map() }));
    const again = readState(devices);
    expect(again.devices).toEqual(devices);
    expect(again.pages).toHaveLength(0);
  });

  it('reads a state that lies anywhere in a larger buffer', () => {
    const bytes = state();
    const room = new Uint8Array(bytes.length + 7);
    room.set(bytes, 3);
    const machine = readState(room.subarray(3, 3 + bytes.length));
    expect(machine.page(255)).toEqual(SMALL_MACHINE.pages.get(255));
  });

  it('comes back to the byte by withMemory, for any pages', () => {
    const pages = fc
      .uniqueArray(fc.tuple(fc.nat(255), fc.uint8Array({ minLength: 1, maxLength: 30 })), {
        selector: ([number]) => number,
      })
      .map((entries) => {
        const page = (start: Uint8Array) => {
          const bytes = new Uint8Array(PAGE_BYTES);
          bytes.set(start);
          return bytes;
        };
        return new Map(entries.map(([number, start]) => [number, page(start)] as const));
      });
    fc.assert(
      fc.property(pages, (some) => {
        const bytes = stateOf({ ...SMALL_MACHINE, pages: some });
        const { devices, page } = readState(bytes);
        expect(Buffer.compare(new Uint8Array(withMemory(devices, page)), bytes)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a state that is not as v86 writes it', () => {
  it.each<[string, () => Uint8Array]>([
    ['S1 nothing', () => new Uint8Array()],
    ['S1 half a header', () => state().subarray(0, 15)],
    ['S1 another beginning', () => withWord(0, 0x1234)],
    ['S1 a zstd file', () => withWord(0, 0xfd2fb528 | 0)],
    ['S1 a wrong length', () => state().subarray(0, -4)],
    ['S1 a length beyond', () => withWord(8, -1)],
    ['S1 JSON longer than the state', () => withWord(12, 0x7fffffff)],
    ['S1 a negative length of JSON', () => withWord(12, -1)],
    ['S2 JSON cut short', () => withWord(12, 40)],
    ['S2 no JSON', () => rewritten(() => '{')],
    ['S2 JSON of another kind', () => rewritten(() => 'null')],
    ['S2 no slots', () => rewritten(() => '{"buffer_infos":[],"state":{}}')],
    ['S2 no buffers', () => rewritten(() => '{"state":[]}')],
    [
      'S2 bytes that are no UTF-8',
      () => {
        const bytes = state();
        bytes[20] = 0xff;
        return bytes;
      },
    ],
    [
      'S2 an offset beyond',
      () => rewritten((json) => json.replace('"offset":8', '"offset":8000000')),
    ],
    ['S2 a negative offset', () => rewritten((json) => json.replace('"offset":0', '"offset":-8'))],
    ['S2 overlapping buffers', () => rewritten((json) => json.replace('"offset":8', '"offset":0'))],
    [
      'S2 a length beyond',
      () => rewritten((json) => json.replace('"length":5000', '"length":5e9')),
    ],
    [
      'S2 a length that is none',
      () => rewritten((json) => json.replace('"length":5000', '"length":"5000"')),
    ],
    [
      'S2 a negative length',
      () => rewritten((json) => json.replace('"length":5000', '"length":-5000')),
    ],
    [
      'S2 a broken length',
      () => rewritten((json) => json.replace('"length":5000', '"length":5000.5')),
    ],
    [
      'S2 bytes after the buffers',
      () => rewritten((json) => json.replace('{"offset":17328,"length":3}', '')),
    ],
    [
      'S2 a type v86 does not have',
      () =>
        rebuilt((slots) => {
          slots[1] = typed('Function', 0);
        }),
    ],
    [
      'S2 a type that is a name of Object',
      () =>
        rebuilt((slots) => {
          slots[1] = typed('constructor', 0);
        }),
    ],
    [
      'S2 a buffer that is not there',
      () =>
        rebuilt((slots) => {
          slots[1] = typed('Int32Array', 99);
        }),
    ],
    [
      'S2 a buffer that is no number',
      () =>
        rebuilt((slots) => {
          slots[1] = typed('Int32Array', 'length');
        }),
    ],
    [
      'S2 an object of another kind',
      () =>
        rebuilt((slots) => {
          slots[2] = { get_state: 1 };
        }),
    ],
    [
      'S2 a map of no pairs',
      () =>
        rebuilt((slots) => {
          slots[6] = { __state_type__: 'Map', args: [[1, 2, 3]] };
        }),
    ],
    [
      'S2 an array given by its elements',
      () =>
        rebuilt((slots) => {
          slots[2] = { __state_type__: 'Uint8Array', args: 1e9 };
        }),
    ],
    [
      'S2 half an element',
      () =>
        rebuilt((_, buffers) => {
          buffers[0] = new Uint8Array(7);
        }),
    ],
    [
      'S2 a buffer used twice',
      () =>
        rebuilt((slots) => {
          slots[2] = typed('Uint8Array', 1);
        }),
    ],
    [
      'S2 a buffer used by nobody',
      () =>
        rebuilt((_, buffers) => {
          buffers.push(new Uint8Array(4));
        }),
    ],
    [
      'S2 nested too deep',
      () =>
        rebuilt((slots) => {
          slots[2] = nested(100);
        }),
    ],
    [
      'S2 nested so deep that a walk would not end well',
      () => rewritten((json) => json.replace('null', '['.repeat(200_000) + ']'.repeat(200_000))),
    ],
    [
      'S3 no size of memory',
      () =>
        rebuilt((slots) => {
          slots[0] = null;
        }),
    ],
    [
      'S3 an endless memory',
      () =>
        rebuilt((slots) => {
          slots[0] = 2 ** 52;
        }),
    ],
    [
      'S3 more memory than the bitmap covers',
      () =>
        rebuilt((slots) => {
          slots[0] = 2 * 1024 * 1024;
        }),
    ],
    [
      'S3 a page too many',
      () =>
        rebuilt((_, buffers) => {
          buffers[2] = new Uint8Array(4 * PAGE_BYTES);
        }),
    ],
    [
      'S3 a bit too many',
      () =>
        rebuilt((_, buffers) => {
          buffers[3] = new Uint8Array(32).fill(1);
        }),
    ],
    [
      'S3 two memories',
      () =>
        rebuilt((slots, buffers) => {
          slots.push(typed('Uint8Array', 5), typed('Uint8Array', 6));
          buffers.push(new Uint8Array(0), new Uint8Array(32));
        }),
    ],
    [
      'S3 memory of another type',
      () =>
        rebuilt((slots) => {
          slots[4] = typed('Int8Array', 2);
        }),
    ],
  ])('%s', (_, bytes) => {
    const hostile = bytes();
    expect(() => readState(hostile)).toThrow(SnapshotError);
    expect(() => readState(hostile)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });

  it('S1: another version is told apart', () => {
    expect(() => readState(withWord(4, 7))).toThrow(
      expect.objectContaining({ code: 'other-emulator' }),
    );
  });

  it('S2: JSON beyond its limit is not parsed', () => {
    const json = ' '.repeat(17 * 1024 * 1024);
    expect(() => readState(rewritten(() => json))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });

  it('never ends otherwise when any byte differs', () => {
    const bytes = state();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = bytes.slice();
        changed[at] = (changed[at] as number) ^ by;
        try {
          readState(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(SnapshotError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('describeState', () => {
  it('tells what a state consists of', () => {
    const bytes = state();
    const sizes = describeState(bytes);
    expect(sizes).toMatchObject({
      totalBytes: bytes.length,
      memoryMb: 1,
      pages: 3,
      zeroPages: 253,
    });
    expect(sizes.slots.map(({ slot }) => slot)).toEqual([0, 1, 3, 4, 5, 6, 7]);
    expect(sizes.slots[2]).toEqual({
      slot: 3,
      jsonBytes: JSON.stringify([1, true, [1, 2, 3], [typed('Uint8Array', 1)]]).length,
      buffers: [{ type: 'Uint8Array', bytes: 5000 }],
    });
    expect(sizes.slots[5]?.buffers).toEqual([{ type: 'Uint8Array', bytes: 3 }]);
    expect(sizes.jsonBytes).toBeGreaterThan(200);
  });
});
