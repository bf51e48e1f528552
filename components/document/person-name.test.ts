import { describe, expect, it } from 'vitest';
import { freshName, initials, NAME_LENGTH, personName } from './person-name';

describe('a name', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ['  Ada \n\t Lovelace ', 'Ada Lovelace'],
    ['\u202eecalevoL', 'ecalevoL'],
    ['\u0000\u200b\u2028', 'Somebody'],
    ['', 'Somebody'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['Łukasz 张伟', 'Łukasz 张伟'],
  ])('%j is shown as %j', (typed, shown) => {
    expect(personName(typed)).toBe(shown);
  });

  it('is cut without cutting a character, however long it came', () => {
    expect([...personName('🦊'.repeat(1000))]).toHaveLength(NAME_LENGTH);
    expect(personName('x'.repeat(10_000_000))).toBe('x'.repeat(NAME_LENGTH));
  });

  it('is made up for somebody who has not said it', () => {
    expect(freshName(() => 0)).toBe('Amber Badger');
    expect(freshName(() => 0.999)).toBe('Violet Wren');
  });
});

describe('initials', () => {
  it.each([
    ['Amber Fox', 'AF'],
    ['ada king lovelace', 'AL'],
    ['Prince', 'P'],
    ['🦊 ß', '🦊SS'],
  ])('of %s are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
