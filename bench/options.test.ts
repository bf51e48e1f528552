import { describe, expect, it } from 'vitest';
import { OptionsError, readOptions } from './options';

describe('readOptions', () => {
  it('runs everything unless told', () => {
    expect(readOptions([])).toEqual({
      parts: ['start', 'queries', 'responsive', 'relay', 'notebook', 'page', 'keep'],
      families: new Set(['warren', 'pglite', 'pgmock']),
      quick: false,
    });
  });

  it('keeps the order of the parts, whatever order they are given in', () => {
    const { parts, quick } = readOptions(['--only', 'relay,start', '--quick']);
    expect(parts).toEqual(['start', 'relay']);
    expect(quick).toBe(true);
  });

  it('names what it does not know', () => {
    expect(() => readOptions(['--only', 'stat'])).toThrow(OptionsError);
    expect(() => readOptions(['--subjects', 'pglite,mysql'])).toThrow(/mysql/);
  });
});
