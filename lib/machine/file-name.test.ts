import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOfName, isUtf8Name, nameFromBytes, nameProblem } from './file-name';

const text = (value: string) => new TextEncoder().encode(value);

describe('names are bytes', () => {
  test('any bytes come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect([...bytesOfName(nameFromBytes(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  test.each(['plain', 'Ångström 兎 🐇', 'two\nlines', '-rf', '\uFEFFmark', ''])(
    '%j is text',
    (name) => {
      expect(nameFromBytes(text(name))).toBe(name);
      expect(isUtf8Name(name)).toBe(true);
    },
  );

  test('Latin-1, a cut character and an encoded surrogate are not, and lose nothing', () => {
    for (const bytes of [
      [0x63, 0xe9],
      [0xf0, 0x9f, 0x90],
      [0xed, 0xa0, 0x80],
      [0xc0, 0xaf],
    ]) {
      const name = nameFromBytes(Uint8Array.from(bytes));
      expect(isUtf8Name(name)).toBe(false);
      expect([...bytesOfName(name)]).toEqual(bytes);
    }
  });

  test('two broken bytes that would make a pair of surrogates stay two', () => {
    const name = nameFromBytes(Uint8Array.of(0xff, 0xfe));
    expect(name).toBe('\uDCFF\uDCFE');
    expect([...bytesOfName(name)]).toEqual([0xff, 0xfe]);
  });
});

describe('what a new name may be', () => {
  test.each(['a', '-rf', 'two\nlines', '...', ' ', 'x'.repeat(255), '兎'.repeat(85)])(
    '%j',
    (name) => {
      expect(nameProblem(name)).toBeUndefined();
    },
  );

  test.each(['', '.', '..', 'a/b', '../x', 'a\0b', 'x'.repeat(256), '兎'.repeat(86), '\uD800'])(
    '%j is refused with a sentence',
    (name) => expect(nameProblem(name)).toMatch(/\.$/),
  );
});
