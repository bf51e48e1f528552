import type { ChartChoice, ChartKind } from '@/lib/notebook/types';
import { plural } from '../ui/format';
import { numberText, placeText } from './axis-text';
import type { ChartData } from './chart-data';
import { ROW_NUMBER } from './suggest';

export const CHART_NAMES: { readonly [K in ChartKind]: string } = {
  bar: 'Bars',
  line: 'Lines',
  area: 'Areas',
  scatter: 'Points',
  pie: 'Pie',
};

const KINDS: { readonly [K in ChartKind]: string } = {
  bar: 'Bar chart',
  line: 'Line chart',
  area: 'Area chart',
  scatter: 'Scatter chart',
  pie: 'Pie chart',
};

/** What a chart is of: `Bar chart of total by city`. */
export function chartTitle({ chart, x }: ChartChoice, { series }: ChartData): string {
  return `${KINDS[chart]} of ${series.join(', ')} by ${x === ROW_NUMBER ? 'row' : x}`;
}

/** What a chart shows, for those who do not see it: how many points, and how far each series reaches. */
export function chartSummary(data: ChartData): string {
  const { points, series } = data;
  if (points.length === 0) return 'No point to draw.';
  const place = placeText(data);
  const reaches = series.map((name, index) => {
    let lowest: (typeof points)[number] | undefined;
    let highest: (typeof points)[number] | undefined;
    for (const point of points) {
      const value = point.y[index] ?? null;
      if (value === null) continue;
      if (!lowest || value < (lowest.y[index] ?? 0)) lowest = point;
      if (!highest || value > (highest.y[index] ?? 0)) highest = point;
    }
    if (!lowest || !highest) return `${name} has no value`;
    return `${name} from ${numberText(lowest.y[index] ?? 0)} (${place(lowest.x)}) to ${numberText(
      highest.y[index] ?? 0,
    )} (${place(highest.x)})`;
  });
  return `${plural(points.length, 'point')}; ${reaches.join('; ')}.`;
}
