import { expect, test } from 'vitest';
import { decodeLook, FONT_SIZES } from './terminal-look';

const FIRST = { fontSize: FONT_SIZES.first, screenReader: false };

test('what was written is read again', () => {
  const look = { fontSize: 18, screenReader: true };
  expect(decodeLook(JSON.stringify(look))).toEqual(look);
});

test('anything else is as on the first day, and no letter is too small or too large', () => {
  for (const text of [null, '', '{', 'null', '[]', '7', '{"fontSize":"18"}']) {
    expect(decodeLook(text)).toEqual(FIRST);
  }
  expect(decodeLook('{"fontSize":1}').fontSize).toBe(FONT_SIZES.least);
  expect(decodeLook('{"fontSize":1e9}').fontSize).toBe(FONT_SIZES.most);
});
