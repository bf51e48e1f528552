import { describe, expect, it } from 'vitest';
import { isLinkId, isPlaygroundId, isSecret, newLinkId, newPlaygroundId, newSecret } from './ids';

const MANY = 2_000;

describe('ids and secrets', () => {
  it('have the formats of docs/architecture.md', () => {
    for (let i = 0; i < MANY; i++) {
      expect(newPlaygroundId()).toMatch(/^[a-z0-9]{12}$/);
      expect(newLinkId()).toMatch(/^[a-z0-9]{8}$/);
      expect(newSecret()).toMatch(/^[A-Za-z0-9_-]{22}$/);
    }
  });

  it('are what their checks accept', () => {
    for (let i = 0; i < MANY; i++) {
      expect(isPlaygroundId(newPlaygroundId())).toBe(true);
      expect(isLinkId(newLinkId())).toBe(true);
      expect(isSecret(newSecret())).toBe(true);
    }
  });

  it('do not repeat', () => {
    expect(new Set(Array.from({ length: MANY }, newSecret)).size).toBe(MANY);
    expect(new Set(Array.from({ length: MANY }, newLinkId)).size).toBe(MANY);
  });

  it('use every character about as often', () => {
    const counts = new Map<string, number>();
    for (const char of Array.from({ length: MANY * 5 }, newPlaygroundId).join('')) {
      counts.set(char, (counts.get(char) ?? 0) + 1);
    }
    const expected = (MANY * 5 * 12) / 36;
    expect(counts.size).toBe(36);
    // Six standard deviations: fails by chance less than once in ten million runs.
    for (const count of counts.values()) {
      expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected));
    }
  });

  it.each(['', 'abcdefghijk', 'abcdefghijklm', 'ABCDEFGHIJKL', 'abcdefghijk\n', 'abc/../ghijk'])(
    'refuse %j as a playground id',
    (id) => expect(isPlaygroundId(id)).toBe(false),
  );

  it('refuse a secret whose last character says more than 128 bits', () => {
    expect(isSecret(`${'A'.repeat(21)}A`)).toBe(true);
    expect(isSecret(`${'A'.repeat(21)}B`)).toBe(false);
    expect(isSecret(`${'A'.repeat(22)}\n`)).toBe(false);
    expect(isSecret(['A'.repeat(22)])).toBe(false);
  });
});
