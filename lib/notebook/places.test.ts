import fc from 'fast-check';
import { expect, it } from 'vitest';
import { between, isPlace, spread } from './places';

const place = fc.stringMatching(/^[0-9A-Za-z]{0,6}[1-9A-Za-z]$/);

it('D4: between two different places there is always a third', () => {
  fc.assert(
    fc.property(place, place, (one, other) => {
      fc.pre(one !== other);
      const [a, b] = one < other ? [one, other] : [other, one];
      const middle = between(a, b) ?? '';
      expect(isPlace(middle)).toBe(true);
      expect(a < middle && middle < b).toBe(true);
    }),
  );
});

it('D4: beyond each place there is another at both ends', () => {
  fc.assert(
    fc.property(place, (one) => {
      const [low = '', high = ''] = [between(undefined, one), between(one, undefined)];
      expect(low < one && one < high && isPlace(low) && isPlace(high)).toBe(true);
    }),
  );
});

it('gives several in order, and none where there is no room', () => {
  fc.assert(
    fc.property(place, place, fc.nat(300), (one, other, count) => {
      fc.pre(one < other);
      const places = spread(one, other, count) ?? [];
      expect(places).toHaveLength(count);
      expect([...new Set(places)].sort()).toEqual(places);
      for (const middle of places) expect(one < middle && middle < other).toBe(true);
    }),
  );
  expect(between('V', 'V')).toBeUndefined();
  expect(between('W', 'V')).toBeUndefined();
  expect(spread('V', 'V', 2)).toBeUndefined();
});

it('thousands at an end stay short', () => {
  let [low, high]: (string | undefined)[] = ['V', 'V'];
  for (let i = 0; i < 10_000; i++) {
    high = between(high, undefined);
    low = between(undefined, low);
  }
  expect(high?.length).toBeLessThanOrEqual(4);
  expect(low?.length).toBeLessThanOrEqual(4);
});

it('at one spot places grow until there is no room, never wrong', () => {
  let high = 'W';
  let count = 0;
  for (let next = between('V', high); next !== undefined; next = between('V', high)) {
    expect('V' < next && next < high).toBe(true);
    high = next;
    count++;
  }
  expect(count).toBeGreaterThan(900);
});

it.each([undefined, 5, '', '0', 'V0', 'ä', 'V ', 'V'.repeat(201)])('%j is no place', (value) => {
  expect(isPlace(value)).toBe(false);
});
