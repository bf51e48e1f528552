import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillParameters, parameterNames } from './parameters';

function names(sql: string): string[] {
  return parameterNames(sql).map(({ name, start, end }) => {
    expect(sql.slice(start, end)).toBe(`:${name}`);
    return name;
  });
}

describe('parameters', () => {
  it.each<[string, string[]]>([
    ['select :a', ['a']],
    ['where id=:id and n > :größe::int', ['id', 'größe']],
    ['limit:n', ['n']],
    ['in (:a, :b, :a)', ['a', 'b', 'a']],
    ["select ':a', E'\\':a', U&':a', $$ :a $$, $x$ :a $x$", []],
    ['select ":a", "x"":a"', []],
    ['select 1 -- :a\n, :b', ['b']],
    ['select /* :a /* :b */ :c */ :d', ['d']],
    ["select '1'::int, x::text, 5::numeric(3,2)", []],
    ['select f(a := 1, b := :b)', ['b']],
    ['select : a, :\'a\', :"a", :1', []],
    ['select a[1:n], a[:n], a[n:], a[1:2][lo:hi]', []],
    ['select a[(:n)], a[(:lo):(:hi)], a[f(:x)]', ['n', 'lo', 'hi', 'x']],
    ['select array[:a, :b], ARRAY[[:a], [:b]]', ['a', 'b', 'a', 'b']],
    ['select (array[:a])[:n]', ['a']],
    ['select a[; select :a', ['a']],
    ['select :a$b, :a.b', ['a']],
    [`select :${'x'.repeat(64)}`, []],
    ['select :__proto__, :constructor', ['__proto__', 'constructor']],
    ['', []],
  ])('%j', (sql, expected) => expect(names(sql)).toEqual(expected));

  // Anything worse than linear would go on for minutes, and the runner's limit ends it.
  it.each([
    [':', 0],
    [':a', 150_000],
    [':a ', 100_000],
    ['[', 0],
    ['array[', 0],
    ['(:', 0],
  ])('a long script of %j is read to its end', (unit, expected) => {
    expect(parameterNames(unit.repeat(300_000 / unit.length))).toHaveLength(expected);
  });
});

describe('values', () => {
  function fill(sql: string, values: Record<string, string>, numbers: string[] = []): string {
    const inputs = numbers.map((name) => ({ name, type: 'number', options: [] }) as const);
    const filled = fillParameters(sql, new Map(Object.entries(values)), inputs);
    return filled.kind === 'filled' ? filled.sql : filled.kind;
  }

  it.each<[string, Record<string, string>, string]>([
    ['select :a', { a: 'x' }, "select 'x'"],
    ['select :a', { a: '' }, "select ''"],
    ['select :a', { a: "'; drop table t; --" }, "select '''; drop table t; --'"],
    ['select :a', { a: "\\'" }, "select E'\\\\'''"],
    ['select :a::int+:a', { a: '5' }, "select '5'::int+'5'"],
    ['limit:a', { a: '5' }, "limit '5'"],
    ['select e:a', { a: '\\' }, "select e E'\\\\'"],
    ["select 'x':a'y'", { a: '1' }, "select 'x' '1' 'y'"],
    ['select 1', {}, 'select 1'],
    ['select :a', {}, 'missing'],
    ['select :a', { a: 'x\0' }, 'refused'],
  ])('%j with %j gives %j', (sql, values, expected) => expect(fill(sql, values)).toBe(expected));

  it.each([
    ['5', 'select 1-5'],
    ['-5', 'select 1-(-5)'],
    [' 1.5e3 ', 'select 1-1.5e3'],
    ['5; drop table t', "select 1-'5; drop table t'"],
    ['NaN', "select 1-'NaN'"],
    ['', "select 1-''"],
  ])('the number %j is bare if it is one', (value, expected) => {
    expect(fill('select 1-:a', { a: value }, ['a'])).toBe(expected);
  });

  it('says which are missing, each once', () => {
    const filled = fillParameters('select :b, :a, :b, :c', new Map([['c', '1']]));
    expect(filled).toEqual({ kind: 'missing', names: ['b', 'a'] });
  });

  it('a place in what was sent is found in what was written', () => {
    const filled = fillParameters(
      'a :x b :y c',
      new Map([
        ['x', 'long value'],
        ['y', ''],
      ]),
    );
    if (filled.kind !== 'filled') throw new Error(filled.kind);
    expect(filled.sql).toBe("a 'long value' b '' c");
    expect(filled.toOriginal(0)).toBe(0);
    expect(filled.toOriginal(filled.sql.indexOf('value'))).toBe(2);
    expect(filled.toOriginal(filled.sql.indexOf(' b'))).toBe(4);
    expect(filled.toOriginal(filled.sql.indexOf("''") + 1)).toBe(7);
    expect(filled.toOriginal(filled.sql.length)).toBe(11);
  });

  it('places outside values keep their characters', () => {
    const sql = 'select :a, (:b) || x::text /* :c */ from t where :a = y';
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        fc.pre(!a.includes('\0') && !b.includes('\0'));
        const filled = fillParameters(
          sql,
          new Map([
            ['a', a],
            ['b', b],
          ]),
        );
        if (filled.kind !== 'filled') throw new Error(filled.kind);
        for (const word of ['select', '||', 'text', 'from', 'where', 'y']) {
          const place = filled.toOriginal(filled.sql.lastIndexOf(word));
          if (!a.includes(word) && !b.includes(word)) expect(place).toBe(sql.lastIndexOf(word));
        }
      }),
    );
  });
});
