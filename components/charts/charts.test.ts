import { describe, expect, test } from 'vitest';
import { columnOf } from '../results/column';
import { rowsOf } from '../results/testing/rows-of';
import { placeText } from './axis-text';
import { chartData } from './chart-data';
import { chartSummary, chartTitle } from './chart-summary';
import { fittingChart, ROW_NUMBER, suggestChart } from './suggest';

const text = (name: string) => columnOf(name, 'text', 25);
const int = (name: string) => columnOf(name, 'integer', 23);
const numeric = (name: string) => columnOf(name, 'numeric', 1700);
const date = (name: string) => columnOf(name, 'date', 1082);

describe('what is suggested', () => {
  test.each([
    [
      'times make lines',
      [text('city'), date('at'), numeric('total')],
      { chart: 'line', x: 'at', y: ['total'] },
    ],
    [
      'names make bars',
      [int('id'), text('city'), numeric('total')],
      { chart: 'bar', x: 'city', y: ['total'] },
    ],
    ['two numbers make points', [int('a'), numeric('b')], { chart: 'scatter', x: 'a', y: ['b'] }],
    ['one number makes bars by row', [int('n')], { chart: 'bar', x: ROW_NUMBER, y: ['n'] }],
    [
      'keys are drawn when there is nothing else',
      [text('name'), int('user_id')],
      { chart: 'bar', x: 'name', y: ['user_id'] },
    ],
    [
      'a name that occurs twice counts once',
      [text('a'), int('n'), int('n')],
      { chart: 'bar', x: 'a', y: ['n'] },
    ],
  ])('%s', (_, columns, choice) => expect(suggestChart(columns)).toEqual(choice));

  test('without a number there is nothing to draw', () => {
    expect(suggestChart([text('a'), date('at')])).toBeUndefined();
    expect(fittingChart([text('a')], { chart: 'pie', x: 'a', y: ['b'] })).toBeUndefined();
  });

  test('what a cell keeps stays as far as its columns are there', () => {
    const columns = [text('city'), int('a'), int('b')];
    expect(fittingChart(columns, { chart: 'area', x: 'city', y: ['b', 'gone'] })).toEqual({
      chart: 'area',
      x: 'city',
      y: ['b'],
    });
    expect(fittingChart(columns, { chart: 'pie', x: 'gone', y: ['city'] })).toEqual({
      chart: 'pie',
      x: 'city',
      y: ['a', 'b'],
    });
    expect(fittingChart(columns, { chart: 'bar', x: ROW_NUMBER, y: ['a'] })?.x).toBe(ROW_NUMBER);
  });
});

describe('the points', () => {
  test('stand in the order of time, gaps for NULL, rows without a value left out', () => {
    const rows = rowsOf(
      ['2024-03-01', '3', '1'],
      ['2024-01-01', null, '2'],
      ['2024-02-01', null, null],
      [null, '1', '1'],
    );
    const data = chartData([date('at'), int('a'), int('b')], rows, 4, {
      chart: 'line',
      x: 'at',
      y: ['a', 'b'],
    });
    expect(data).toEqual({
      axis: 'time',
      zone: 'written',
      series: ['a', 'b'],
      points: [
        { x: Date.UTC(2024, 0, 1), y: [null, 2] },
        { x: Date.UTC(2024, 2, 1), y: [3, 1] },
      ],
      remarks: ['2 rows without a value are left out.'],
    });
    expect(placeText(data)(data.points[0]?.x ?? 0)).toBe('1 Jan 2024');
  });

  test('are as many as a screen has room for, first and last among them', () => {
    const rows = rowsOf(...Array.from({ length: 5_000 }, (_, n) => [String(n), String(n * 2)]));
    const columns = [int('a'), int('b')];
    const drawn = chartData(columns, rows, 5_000, { chart: 'scatter', x: 'a', y: ['b'] });
    expect(drawn.points).toHaveLength(2_000);
    expect([drawn.points[0]?.x, drawn.points.at(-1)?.x]).toEqual([0, 4_999]);
    expect(drawn.remarks).toEqual(['2,000 of 5,000 rows are drawn, evenly spaced.']);
    const bars = chartData(columns, rows, 5_000, { chart: 'bar', x: 'a', y: ['b'] });
    expect(bars.points).toHaveLength(200);
    expect(bars.remarks).toEqual(['The first 200 of 5,000 rows are drawn.']);
  });

  test('have heights for all ways PostgreSQL writes numbers', () => {
    const money = columnOf('m', 'money', 790);
    const rows = rowsOf(['$1,234.50'], ['-$0.50'], ['NaN'], ['Infinity']);
    const data = chartData([money], rows, 4, { chart: 'bar', x: ROW_NUMBER, y: ['m'] });
    expect(data.points.map(({ y }) => y[0])).toEqual([1234.5, -0.5]);
    expect(
      chartData([numeric('n')], rowsOf(['1e3'], ['NaN']), 2, {
        chart: 'bar',
        x: ROW_NUMBER,
        y: ['n'],
      }).points,
    ).toEqual([{ x: 1, y: [1000] }]);
  });

  test('of a pie are the largest slices, the others joined', () => {
    const rows = rowsOf(['x', '-1'], ...Array.from({ length: 20 }, (_, n) => [`c${n % 15}`, '2']));
    const data = chartData([text('c'), int('n')], rows, 21, { chart: 'pie', x: 'c', y: ['n'] });
    expect(data.points).toHaveLength(12);
    expect(data.points[0]).toEqual({ x: 'c0', y: [4] });
    expect(data.points.at(-1)).toEqual({ x: 'Others', y: [8] });
    expect(data.remarks).toEqual([
      '1 row not above zero has no slice.',
      'The 4 smallest slices are drawn as one.',
    ]);
  });
});

test('a chart is told in words', () => {
  const choice = { chart: 'bar', x: 'city', y: ['n'] } as const;
  const data = chartData(
    [text('city'), int('n')],
    rowsOf(['Rome', '3'], ['Oslo', '12000'], [null, '5']),
    3,
    choice,
  );
  expect(chartTitle(choice, data)).toBe('Bar chart of n by city');
  expect(chartSummary(data)).toBe('3 points; n from 3 (Rome) to 12,000 (Oslo).');
});
