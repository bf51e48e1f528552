import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readState } from '../state/read-state';
import { SMALL_MACHINE, type SmallMachine, stateOf } from '../state/testing';
import { withMemory } from '../state/with-memory';
import { PAGE_BYTES } from '../types';
import { MAX_NOTE_LENGTH, MAX_TITLE_LENGTH } from './header';
import { readSnapshot, readSnapshotHeader, type SnapshotSource } from './read-snapshot';
import { BASE, chunked, collected, file, headerOf, machineParts } from './testing';
import { writeSnapshot } from './write-snapshot';

/** The machine that a snapshot restores, as a state. */
async function restored(source: SnapshotSource) {
  const pages = new Map<number, Uint8Array | undefined>();
  let last = -1;
  const whole = await readSnapshot(source, {
    base: async () => BASE,
    v86: '6',
    onPages: ({ numbers, contents }) => {
      numbers.forEach((number, index) => {
        expect(number).toBeGreaterThan(last);
        last = number;
        const bytes = contents(index);
        if (bytes !== undefined) expect(bytes.byteOffset % 4).toBe(0);
        pages.set(number, bytes?.slice());
      });
    },
  });
  const state = withMemory(whole.devices ?? new Uint8Array(), (number) =>
    pages.has(number) ? pages.get(number) : BASE.page(number),
  );
  return { ...whole, state: new Uint8Array(state), pages };
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}

/** Pages near the base's, far from them, and zeros. */
const page = fc.oneof(
  fc.uint8Array({ minLength: PAGE_BYTES, maxLength: PAGE_BYTES }),
  fc
    .tuple(fc.constantFrom(1, 7, 255), fc.nat(PAGE_BYTES - 1), fc.nat(255))
    .map(([fill, at, byte]) => {
      const bytes = new Uint8Array(PAGE_BYTES).fill(fill);
      bytes[at] = byte;
      return bytes;
    }),
);

const machines: fc.Arbitrary<SmallMachine> = fc.record({
  memoryMb: fc.constant(1),
  pages: fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(0, 7, 255), fc.nat(255)), page), { maxLength: 20 })
    .map((entries) => new Map(entries)),
  registers: fc.uint8Array({ minLength: 8, maxLength: 8 }),
  screen: fc.oneof(fc.constant(SMALL_MACHINE.screen), fc.uint8Array({ maxLength: 6000 })),
  inodes: fc.array(fc.integer(), { maxLength: 50 }),
});

const cuts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 });

describe('a machine, written and read', () => {
  it('S15, S16: comes back to the byte, in whatever chunks it comes', async () => {
    await fc.assert(
      fc.asyncProperty(machines, cuts, async (machine, lengths) => {
        const snapshot = await file(machineParts(machine));
        const { state } = await restored(chunked(snapshot, lengths));
        expect(same(state, stateOf(machine))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('carries header and notebook', async () => {
    const notebook = Uint8Array.from({ length: 1_500_000 }, (_, at) => at % 251);
    const parts = machineParts({}, notebook);
    const whole = await restored(chunked(await file(parts), [1, 70_000]));
    expect(whole.header).toEqual(parts.header);
    expect(same(whole.notebook, notebook)).toBe(true);
    expect(whole.dump).toBeUndefined();
  });

  it('S16: a page that differs in a few bytes takes few, and a page that became zeros none', async () => {
    const noise = crypto.getRandomValues(new Uint8Array(PAGE_BYTES));
    const base = readState(
      stateOf({
        ...SMALL_MACHINE,
        pages: new Map([
          [3, noise],
          [4, noise],
        ]),
      }),
    );
    const changed = noise.slice();
    changed[100] = (changed[100] ?? 0) ^ 1;
    const { devices } = base;
    const written = await collected(
      writeSnapshot({
        header: headerOf('machine'),
        base,
        machine: {
          devices,
          pages: Uint32Array.of(3, 4),
          page: (number) => (number === 3 ? changed : undefined),
        },
      }),
    );
    expect(written.length).toBeLessThan(1500);
  });

  it('is told by as many pieces as its pages take', async () => {
    const pages = new Map(
      Array.from({ length: 256 }, (_, number) => [
        number,
        new Uint8Array(PAGE_BYTES).fill(number | 1),
      ]),
    );
    const batches: number[] = [];
    await readSnapshot(chunked(await file(machineParts({ pages }))), {
      base: async () => BASE,
      onPages: ({ numbers }) => {
        batches.push(numbers.length);
      },
    });
    expect(batches).toEqual([128, 128]);
  });

  it('two snapshots of the same machine share no hash', async () => {
    const [one, other] = [await file(machineParts({})), await file(machineParts({}))];
    expect(one.length).toBe(other.length);
    expect(Buffer.compare(one.subarray(-16), other.subarray(-16))).not.toBe(0);
  });
});

describe('data, written and read', () => {
  const dataParts = (dump: Uint8Array, lengths?: number[]) => ({
    header: headerOf('data'),
    dump: chunked(dump, lengths),
  });
  const noBase = async () => {
    throw new Error('nobody should ask for a base');
  };

  it('S18: comes back to the byte, with whatever cuts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 20_000 }),
        cuts,
        async (dump, lengths) => {
          const snapshot = await file(dataParts(dump, lengths));
          const whole = await readSnapshot(chunked(snapshot, lengths), { base: noBase });
          expect(same(whole.dump, dump)).toBe(true);
          expect(whole.devices).toBeUndefined();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is handed on in pieces to whoever takes it', async () => {
    const dump = crypto.getRandomValues(new Uint8Array(65_536));
    const long = Uint8Array.from(Buffer.concat(Array.from({ length: 20 }, () => dump)));
    const pieces: Uint8Array[] = [];
    const whole = await readSnapshot(chunked(await file(dataParts(long)), [99_999]), {
      base: noBase,
      onDump: (piece) => {
        pieces.push(piece.slice());
      },
    });
    expect(pieces.map(({ length }) => length)).toEqual([524_288, 524_288, 262_144]);
    expect(same(Buffer.concat(pieces), long)).toBe(true);
    expect(whole.dump).toBeUndefined();
  });

  it('is not made of an empty dump', async () => {
    await expect(file(dataParts(new Uint8Array()))).rejects.toThrow('dump is empty');
  });

  it('fails as the dump does', async () => {
    async function* dump() {
      yield Uint8Array.of(1);
      throw new Error('pg_dump was killed');
    }
    await expect(file({ header: headerOf('data'), dump: dump() })).rejects.toThrow(
      'pg_dump was killed',
    );
  });
});

describe('a header', () => {
  it('S12: comes back as it was, whatever people write', async () => {
    const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength });
    await fc.assert(
      fc.asyncProperty(text(MAX_TITLE_LENGTH / 8), text(100), async (title, note) => {
        const header = headerOf('machine', { title, note });
        expect(
          await readSnapshotHeader(chunked(await file({ ...machineParts({}), header }))),
        ).toEqual(header);
      }),
      { numRuns: 40 },
    );
  });

  it('S12: may have the longest note there is, even when each character needs six bytes', async () => {
    const header = headerOf('machine', { title: '', note: '\u0001'.repeat(MAX_NOTE_LENGTH) });
    const snapshot = await file({ ...machineParts({}), header });
    expect((await readSnapshotHeader(chunked(snapshot))).note).toHaveLength(MAX_NOTE_LENGTH);
  });

  it.each([{ title: 'x'.repeat(201) }, { note: 'x'.repeat(4001) }])(
    'S12: is not written with a text too long',
    async (change) => {
      const parts = { ...machineParts({}), header: headerOf('machine', change) };
      await expect(file(parts)).rejects.toMatchObject({ code: 'too-large' });
    },
  );

  it('is read without the rest, and lets the source go', async () => {
    const snapshot = await file(machineParts({}, new Uint8Array(2_000_000)));
    let pulled = 0;
    let cancelled = false;
    const source = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          controller.enqueue(snapshot.slice(pulled, pulled + 100));
          pulled += 100;
        },
        cancel() {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    expect((await readSnapshotHeader(source)).title).toBe('Ticket 4711');
    expect(cancelled).toBe(true);
    expect(pulled).toBeLessThan(2000);
  });
});

describe('back-pressure', () => {
  const many = new Map(
    Array.from({ length: 256 }, (_, number) => [
      number,
      crypto.getRandomValues(new Uint8Array(PAGE_BYTES)),
    ]),
  );

  it('the writer makes one piece ahead and no more', async () => {
    const parts = machineParts({ pages: many });
    let asked = 0;
    const page = (number: number) => {
      asked++;
      return parts.machine.page(number);
    };
    const writing = writeSnapshot({ ...parts, machine: { ...parts.machine, page } });
    await writing.next();
    expect(asked).toBe(0);
    await writing.next();
    expect(asked).toBeLessThanOrEqual(128);
    await writing.return(undefined);
    expect(asked).toBeLessThanOrEqual(128);
  });

  it('the reader takes no more from its source while its user is busy', async () => {
    const snapshot = await file(machineParts({ pages: many }));
    let pulled = 0;
    async function* counted() {
      for await (const chunk of chunked(snapshot, [1000])) {
        pulled += chunk.length;
        yield chunk;
      }
    }
    const atBatch: number[] = [];
    await readSnapshot(counted(), {
      base: async () => BASE,
      onPages: async () => {
        atBatch.push(pulled);
        await new Promise(setImmediate);
        expect(pulled).toBe(atBatch.at(-1));
      },
    });
    expect(atBatch).toHaveLength(2);
    expect(atBatch[0]).toBeLessThan(snapshot.length / 2 + 2000);
  });
});
