import type { ChartChoice } from '@/lib/notebook/types';
import { typeKind } from '@/lib/postgres/types';
import type { Column } from '../results/column';

/** As `x`: the rows' numbers. No column can be called so. */
export const ROW_NUMBER = '';

/** More series in one chart are not told apart. */
export const MAX_SERIES = 8;
/** What is drawn at first; more can be chosen. */
const SUGGESTED_SERIES = 3;

/** The first column of a name: a query's columns may share one. */
export function columnNamed(columns: readonly Column[], name: string): number {
  return columns.findIndex((column) => column.name === name);
}

/** What can be drawn as heights. */
export function numericColumns(columns: readonly Column[]): Column[] {
  return distinct(columns).filter(({ oid }) => typeKind(oid) === 'number');
}

/** What can stand along the horizontal axis. */
export function axisColumns(columns: readonly Column[]): Column[] {
  return distinct(columns);
}

/** The chart somebody most likely wants to see; undefined when there is nothing to draw. */
export function suggestChart(columns: readonly Column[]): ChartChoice | undefined {
  const numerics = numericColumns(columns);
  if (numerics.length === 0) return undefined;
  const others = distinct(columns).filter((column) => !numerics.includes(column));
  const temporal = others.find(isTemporal);
  const named = temporal ?? others.find(isNaming) ?? others[0];
  const values = withoutKeys(numerics);
  if (named) {
    return {
      chart: temporal ? 'line' : 'bar',
      x: named.name,
      y: values.slice(0, SUGGESTED_SERIES).map(({ name }) => name),
    };
  }
  const [x, ...y] = numerics;
  if (!x || y.length === 0) return { chart: 'bar', x: ROW_NUMBER, y: [numerics[0]?.name ?? ''] };
  return { chart: 'scatter', x: x.name, y: y.slice(0, 1).map(({ name }) => name) };
}

/**
 * A kept choice as far as this result has its columns, else the suggestion. The kind of chart is kept in any
 * case: the query may have changed under it.
 */
export function fittingChart(
  columns: readonly Column[],
  kept: ChartChoice | undefined,
): ChartChoice | undefined {
  const suggested = suggestChart(columns);
  if (!kept || !suggested) return suggested;
  const numerics = numericColumns(columns).map(({ name }) => name);
  const y = kept.y.filter((name) => numerics.includes(name)).slice(0, MAX_SERIES);
  const hasX = kept.x === ROW_NUMBER || columnNamed(columns, kept.x) >= 0;
  return {
    chart: kept.chart,
    x: hasX ? kept.x : suggested.x,
    y: y.length > 0 ? y : suggested.y,
  };
}

export function isTemporal({ oid }: Column): boolean {
  return ['date', 'timestamp'].includes(typeKind(oid));
}

/** Texts name things; so do enums, which are of no type known here. */
function isNaming({ oid }: Column): boolean {
  return ['text', 'boolean', 'uuid', 'other', 'time', 'network'].includes(typeKind(oid));
}

/** Keys are numbers that nobody wants to see as heights, unless there is nothing else. */
function withoutKeys(numerics: readonly Column[]): readonly Column[] {
  const values = numerics.filter(({ name }) => !/^id$|_id$/i.test(name));
  return values.length > 0 ? values : numerics;
}

function distinct(columns: readonly Column[]): Column[] {
  return columns.filter(({ name }, index) => columnNamed(columns, name) === index);
}
