import { expect, it } from 'vitest';
import { copyData } from './copy';

it('copy data has exactly the bytes asked for, in lines of two columns', () => {
  const chunks = copyData(100_000);
  const text = chunks.map((chunk) => new TextDecoder().decode(chunk)).join('');
  expect(chunks.length).toBeGreaterThan(1);
  expect(text).toHaveLength(100_000);
  const lines = text.split('\n');
  expect(lines.pop()).toBe('');
  expect(lines).toHaveLength(1_000);
  expect(lines.every((line) => /^\d{9}\tx{89}$/.test(line))).toBe(true);
});
