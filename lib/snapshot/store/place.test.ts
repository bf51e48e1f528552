import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_SLOT, type PlacedTable } from './page-table';
import { place } from './place';
import { Slots } from './slots';
import type { PageTable } from './types';

/** A table from page numbers to hashes; hash 0 is a page of zeros. */
function tableOf(hashes: ReadonlyMap<number, number>): PageTable {
  const pages = Uint32Array.from(hashes.keys()).sort();
  const hashLow = pages.map((page) => hashes.get(page)!);
  return { pages, hashLow, hashHigh: hashLow.map((hash) => (hash === 0 ? 0 : 1)) };
}

const tables = fc
  .array(fc.tuple(fc.nat(60), fc.nat(3)), { maxLength: 50 })
  .map((pairs) => tableOf(new Map(pairs)));

function isKnown(table: PageTable, at: number, other: PlacedTable): boolean {
  const there = other.pages.indexOf(table.pages[at]!);
  return there >= 0 && other.hashLow[there] === table.hashLow[at] && table.hashLow[at] !== 0;
}

test('pages that are known keep their slots, zeros have none, the rest goes to free ones', () => {
  fc.assert(
    fc.property(tables, tables, tables, (first, second, third) => {
      const older = place(first, [], new Slots([])).table;
      const latest = place(second, [older], new Slots([older])).table;
      const { table, fresh } = place(third, [latest, older], new Slots([latest, older]));
      const taken = new Set([...latest.slots, ...older.slots]);
      const used = [...table.slots].filter((slot) => slot !== NO_SLOT);
      expect(new Set(used).size).toBe(used.length);
      for (const [at, slot] of table.slots.entries()) {
        const known = [latest, older].find((other) => isKnown(third, at, other));
        if (third.hashLow[at] === 0) expect(slot).toBe(NO_SLOT);
        else if (known) expect(slot).toBe(known.slots[known.pages.indexOf(third.pages[at]!)]);
        else expect(taken.has(slot)).toBe(false);
        expect(fresh.includes(at)).toBe(third.hashLow[at] !== 0 && !known);
      }
      const slots = [...fresh].map((at) => table.slots[at]!);
      expect(slots).toEqual([...slots].sort((a, b) => a - b));
      // Lowest first: nothing free lies below the last one taken.
      const highest = slots.at(-1) ?? -1;
      for (let slot = 0; slot < highest; slot += 1) {
        expect(taken.has(slot) || slots.includes(slot)).toBe(true);
      }
    }),
  );
});

test('a machine of 512 MB whose every page changed is placed', () => {
  const pages = Uint32Array.from({ length: 131_072 }, (_, page) => page);
  const hashes = pages.map((page) => page + 1);
  const table = { pages, hashLow: hashes, hashHigh: hashes };
  const first = place(table, [], new Slots([]));
  expect(first.fresh.length).toBe(131_072);
  const again = place(table, [first.table], new Slots([first.table]));
  expect(again.fresh.length).toBe(0);
  expect(again.table.slots.every((slot, at) => slot === first.table.slots[at])).toBe(true);
});
