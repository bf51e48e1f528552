import { describe, expect, test } from 'vitest';
import { filterLines, LogLines, levelOf, MAX_LINE_LENGTH, MAX_LINES } from './log-lines';

const bytes = (text: string) => new TextEncoder().encode(text);

function read(...pieces: string[]): LogLines {
  const log = new LogLines();
  for (const piece of pieces) log.add(bytes(piece));
  return log;
}

const LOG = [
  '2026-03-03 12:00:00.001 UTC [1] LOG:  database system is ready to accept connections',
  '2026-03-03 12:00:01.000 UTC [7] WARNING:  there is no transaction in progress',
  '2026-03-03 12:00:02.000 UTC [7] ERROR:  relation "a" does not exist at character 15',
  '2026-03-03 12:00:02.000 UTC [7] STATEMENT:  select *',
  '\tfrom a -- LOG:  not a severity',
  '2026-03-03 12:00:03.000 UTC [1] LOG:  checkpoint starting: time',
];

describe('lines of a log', () => {
  test('what goes on about an error is as bad as it', () => {
    const levels = read(`${LOG.join('\n')}\n`).lines.map(({ level }) => level);
    expect(levels).toEqual(['plain', 'warning', 'error', 'error', 'error', 'plain']);
  });

  test('may be cut anywhere, within a character too', () => {
    const log = new LogLines();
    const all = bytes('käse\nbrot\n');
    expect(log.add(all.subarray(0, 2))).toBe(false);
    expect(log.add(all.subarray(2))).toBe(true);
    expect(log.lines.map(({ text }) => text)).toEqual(['käse', 'brot']);
  });

  test('are as many as a page can hold, and none too long', () => {
    const log = read(
      'x\n'.repeat(3 * MAX_LINES),
      'last\n',
      `${'y'.repeat(10 * MAX_LINE_LENGTH)}\n`,
    );
    expect(log.lines).toHaveLength(MAX_LINES);
    expect(log.lines.at(-2)).toMatchObject({ text: 'last' });
    expect(log.lines.at(-1)?.text).toHaveLength(MAX_LINE_LENGTH + 1);
    expect(new Set(log.lines.map(({ number }) => number)).size).toBe(MAX_LINES);
  });

  test('without an end they take no more room either', () => {
    const log = new LogLines();
    for (let i = 0; i < 100; i++) log.add(bytes('z'.repeat(MAX_LINE_LENGTH)));
    log.add(bytes('\n'));
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]?.text.length).toBeLessThanOrEqual(MAX_LINE_LENGTH + 1);
  });

  test('with another prefix have their severity too', () => {
    expect(levelOf('app FATAL:  no', 'plain')).toBe('error');
    expect(levelOf('ERROR:  no', 'plain')).toBe('error');
    expect(levelOf('my ERROR: quoted', 'plain')).toBe('plain');
  });
});

test('the filter goes by text and level', () => {
  const { lines } = read(`${LOG.join('\n')}\n`);
  const found = (least: 'plain' | 'warning' | 'error', text = '') =>
    filterLines(lines, { least, text }).length;
  expect(found('plain')).toBe(6);
  expect(found('warning')).toBe(4);
  expect(found('error', 'SELECT')).toBe(1);
  expect(found('plain', ' checkpoint ')).toBe(1);
  expect(found('plain', '.*')).toBe(0);
});
