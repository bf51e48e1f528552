import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitRun } from './limit-run';
import { clearResults, readResult, setResult } from './shared-run';
import { documentWith } from './testing/documents';
import type { SharedResult, SharedRun, SharedStatement } from './types';

function result(rows: (string | null)[][], rowCount = rows.length): SharedResult {
  const columns = (rows[0] ?? []).map((_, i) => ({ name: `c${i}`, type: 'text', oid: 25 }));
  return { columns, rows, rowCount };
}

function statement(more: Partial<SharedStatement> = {}): SharedStatement {
  return {
    sql: 'select 1',
    elapsedMs: 1,
    outcome: { kind: 'done', tag: 'SELECT 1' },
    notices: [],
    ...more,
  };
}

function run(...statements: SharedStatement[]): SharedRun {
  return {
    by: 'Ada',
    at: 1_700_000_000_000,
    elapsedMs: 12.5,
    statementCount: statements.length,
    statements,
  };
}

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

describe('D8: a run is cut to what the document may hold', () => {
  it('small ones stay as they are', () => {
    const small = run(
      statement({
        result: result([
          ['1', null],
          ['ä', ''],
        ]),
      }),
      statement(),
    );
    expect(limitRun(small)).toEqual(small);
  });

  it('200 rows of each result, and how many there were', () => {
    const rows = Array.from({ length: 1_000 }, (_, i) => [`${i}`]);
    const limited = limitRun(run(statement({ result: result(rows, 5_000) })));
    expect(limited.statements[0]?.result).toMatchObject({ rowCount: 5_000 });
    expect(limited.statements[0]?.result?.rows).toEqual(rows.slice(0, 200));
  });

  it('large results share what small ones leave', () => {
    const large = result(Array.from({ length: 200 }, () => ['ä'.repeat(2_000)]));
    const small = result([['1'], ['2']]);
    const limited = limitRun(
      run(...[large, small, large].map((one) => statement({ result: one }))),
    );
    const counts = limited.statements.map((one) => one.result?.rows.length ?? 0);
    expect(counts[1]).toBe(2);
    expect(Math.abs((counts[0] ?? 0) - (counts[2] ?? 0))).toBeLessThanOrEqual(1);
    expect(bytes(limited)).toBeGreaterThan(240_000);
    expect(bytes(limited)).toBeLessThanOrEqual(262_144);
  });

  it('a row that does not fit is left out whole, with those after it', () => {
    const rows = [['1'], ['x'.repeat(1_000_000)], ['3']];
    expect(limitRun(run(statement({ result: result(rows) }))).statements[0]?.result).toEqual({
      ...result(rows),
      rows: [['1']],
    });
  });

  it('of too many statements the first stay, and the last, which failed', () => {
    const error = {
      severity: 'ERROR',
      code: '22012',
      message: 'division by zero',
      hint: 'h'.repeat(9_000),
    };
    const many = Array.from({ length: 5_000 }, () => statement());
    const limited = limitRun(run(...many, statement({ outcome: { kind: 'failed', error } })));
    expect(bytes(limited)).toBeLessThanOrEqual(262_144);
    expect(limited.statementCount).toBe(5_001);
    expect(limited.statements.length).toBeGreaterThan(1_000);
    expect(limited.statements.at(-1)?.outcome).toMatchObject({
      kind: 'failed',
      error: { code: '22012' },
    });
  });

  it('whatever comes', () => {
    const text = fc.string({ maxLength: 20 });
    const long = fc
      .tuple(text, fc.integer({ min: 0, max: 20_000 }))
      .map(([one, n]) => one.repeat(n));
    const rows = fc.array(fc.tuple(fc.option(long), fc.option(text)), { maxLength: 250 });
    const any = fc.record({ rows, sql: long, message: long, notices: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (made) => {
        const whole = run(
          ...made.map(({ rows: some, sql, message, notices }) => {
            const notice = { severity: 'NOTICE', code: '00000', message };
            return statement({ sql, result: result(some), notices: Array(notices).fill(notice) });
          }),
        );
        const limited = limitRun(whole);
        expect(bytes(limited)).toBeLessThanOrEqual(262_144);
        expect(limitRun(limited)).toEqual(limited);
        const { doc, ids } = documentWith({ kind: 'sql' });
        setResult(doc, ids[0] ?? '', whole);
        expect(readResult(doc, ids[0] ?? '')).toEqual(limited);
      }),
      { numRuns: 40 },
    );
  });
});

describe('D8: what is no shared run reads as none', () => {
  const good = JSON.stringify(run(statement({ result: result([['1']]) })));
  const damage: [string, unknown][] = [
    ['a number', 5],
    ['no JSON', '{'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a deep array', '['.repeat(100_000)],
    ['too long', `${good}${' '.repeat(300_000)}`],
    ['a number as value', good.replace('["1"]', '[1]')],
    ['a short row', good.replace('["1"]', '[]')],
    ['fewer rows than are there', good.replace('"rowCount":1', '"rowCount":0')],
    ['a negative time', good.replace('12.5', '-1')],
    ['another outcome', good.replace('"done"', '"won"')],
    ['rows that are none', good.replace('[["1"]]', '"x"')],
  ];
  it.each(damage)('%s', (_, value) => {
    const { doc, ids } = documentWith({ kind: 'sql' });
    const [id = ''] = ids;
    doc.getMap('results').set(id, value);
    expect(readResult(doc, id)).toBeUndefined();
    doc.getMap('results').set(id, good);
    expect(readResult(doc, id)?.by).toBe('Ada');
  });

  it('what is not in the contract is left out', () => {
    const { doc, ids } = documentWith({ kind: 'sql' });
    const [id = ''] = ids;
    doc.getMap('results').set(id, good.replace('{', '{"__proto__":{"x":1},"html":"<script>",'));
    const read = readResult(doc, id);
    expect(Object.keys(read ?? {})).toEqual([
      'by',
      'at',
      'elapsedMs',
      'statementCount',
      'statements',
    ]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});

it('results are shared of cells that are there, and cleared', () => {
  const { doc, ids } = documentWith({ kind: 'sql' });
  expect(setResult(doc, 'gone00000000', run())).toEqual({ done: false, refusal: 'no-such-cell' });
  setResult(doc, ids[0] ?? '', run());
  clearResults(doc);
  expect(doc.getMap('results').size).toBe(0);
});
