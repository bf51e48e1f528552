import type { ChartChoice, ChartKind } from '@/lib/notebook/types';
import { parseMoment } from '@/lib/postgres/moment';
import { typeKind } from '@/lib/postgres/types';
import type { Column } from '../results/column';
import { isBooleanColumn, shownText } from '../results/formats/shown-text';
import type { Rows } from '../results/rows';
import { formatCount, plural } from '../ui/format';
import { columnNamed, isTemporal, ROW_NUMBER } from './suggest';

/** Points beyond what a screen has pixels for cost time and show nothing. */
const POINT_LIMIT = 2_000;
/** Bars and slices need room for a name each. */
const LIMITS: { readonly [K in ChartKind]: number } = {
  line: POINT_LIMIT,
  area: POINT_LIMIT,
  scatter: POINT_LIMIT,
  bar: 200,
  pie: 12,
};
/** Rows that are read to make the slices of a pie. */
const PIE_ROWS = 20_000;
const NAME_LENGTH = 40;

export type AxisKind = 'time' | 'number' | 'name';

export interface ChartPoint {
  /** Milliseconds since 1970 on a time axis. */
  readonly x: number | string;
  /** One for each series; null is a gap. */
  readonly y: readonly (number | null)[];
}

export interface ChartData {
  readonly axis: AxisKind;
  /** Times without a zone are drawn as they are written; those with one as clocks here show them. */
  readonly zone: 'written' | 'here';
  readonly series: readonly string[];
  readonly points: readonly ChartPoint[];
  /** Why not every row is drawn; empty when it is. */
  readonly remarks: readonly string[];
}

/** The points of a chart. Numbers become JS numbers here, which is as exact as a drawing can be. */
export function chartData(
  columns: readonly Column[],
  rows: Rows,
  rowCount: number,
  choice: ChartChoice,
): ChartData {
  const xColumn = choice.x === ROW_NUMBER ? -1 : columnNamed(columns, choice.x);
  const x = columns[xColumn];
  const axis = axisOf(x, choice.chart);
  const yColumns = choice.y.map((name) => columnNamed(columns, name)).filter((index) => index >= 0);
  const series = choice.chart === 'pie' ? yColumns.slice(0, 1) : yColumns;
  const remarks: string[] = [];
  const points: ChartPoint[] = [];
  let skipped = 0;
  for (const row of rowsToDraw(rowCount, choice.chart, remarks)) {
    const at = xColumn < 0 ? row + 1 : readX(rows.text(row, xColumn), axis, x);
    const y = series.map((column) => readNumber(rows.text(row, column)));
    if (at === undefined || y.every((value) => value === null)) skipped++;
    else points.push({ x: at, y });
  }
  if (skipped > 0)
    remarks.push(
      `${plural(skipped, 'row')} without a value ${skipped === 1 ? 'is' : 'are'} left out.`,
    );
  const ordered = axis === 'name' ? points : points.sort(byX);
  return {
    axis,
    zone: x && /with time zone/.test(x.type) ? 'here' : 'written',
    series: series.map((column) => columns[column]?.name ?? ''),
    points: choice.chart === 'pie' ? slices(ordered, remarks) : ordered,
    remarks,
  };
}

function axisOf(x: Column | undefined, chart: ChartKind): AxisKind {
  // Bars stand side by side and slices around, each under its name.
  if (chart === 'pie' || chart === 'bar') return 'name';
  if (!x || typeKind(x.oid) === 'number') return 'number';
  return isTemporal(x) ? 'time' : 'name';
}

/** The rows' numbers: all, or as many as can be drawn. */
function rowsToDraw(rowCount: number, chart: ChartKind, remarks: string[]): number[] {
  const limit = chart === 'pie' ? PIE_ROWS : LIMITS[chart];
  if (rowCount <= limit) return Array.from({ length: rowCount }, (_, row) => row);
  const [drawn, all] = [limit, rowCount].map(formatCount);
  if (chart === 'bar' || chart === 'pie') {
    remarks.push(`The first ${drawn} of ${all} rows are drawn.`);
    return Array.from({ length: limit }, (_, row) => row);
  }
  remarks.push(`${drawn} of ${all} rows are drawn, evenly spaced.`);
  const step = (rowCount - 1) / (limit - 1);
  return Array.from({ length: limit }, (_, point) => Math.round(point * step));
}

function readX(
  text: string | null,
  axis: AxisKind,
  x: Column | undefined,
): number | string | undefined {
  if (axis === 'name') return text === null ? 'NULL' : nameOf(text, x);
  if (text === null) return undefined;
  const value = axis === 'time' ? parseMoment(text)?.epochMs : readNumber(text);
  return value === undefined || value === null || !Number.isFinite(value) ? undefined : value;
}

function nameOf(text: string, x: Column | undefined): string {
  const shown = shownText(text, x !== undefined && isBooleanColumn(x));
  return shown.length > NAME_LENGTH ? `${shown.slice(0, NAME_LENGTH)}…` : shown;
}

/** Null for what has no height: NULL, NaN, infinities. Money loses its sign of currency. */
function readNumber(text: string | null): number | null {
  if (text === null || text === '') return null;
  const plain = Number(text);
  const number = Number.isNaN(plain) ? Number(text.replace(/[^\d.-]/g, '') || Number.NaN) : plain;
  return Number.isFinite(number) ? number : null;
}

function byX(a: ChartPoint, b: ChartPoint): number {
  return Number(a.x) - Number(b.x);
}

/** Rows of one name are one slice; the smallest slices are joined, and what is not above zero has none. */
function slices(points: readonly ChartPoint[], remarks: string[]): ChartPoint[] {
  const sums = new Map<number | string, number>();
  let without = 0;
  for (const { x, y } of points) {
    const value = y[0] ?? 0;
    if (value > 0) sums.set(x, (sums.get(x) ?? 0) + value);
    else without++;
  }
  if (without > 0)
    remarks.push(
      `${plural(without, 'row')} not above zero ${without === 1 ? 'has' : 'have'} no slice.`,
    );
  const largest = [...sums].sort(([, a], [, b]) => b - a);
  const shown = largest.length > LIMITS.pie ? largest.slice(0, LIMITS.pie - 1) : largest;
  const rest = largest.slice(shown.length);
  const drawn = shown.map(([x, sum]) => ({ x, y: [sum] }));
  if (rest.length === 0) return drawn;
  remarks.push(`The ${rest.length} smallest slices are drawn as one.`);
  return [...drawn, { x: 'Others', y: [rest.reduce((sum, [, value]) => sum + value, 0)] }];
}
