'use client';

import {
  Area,
  Bar,
  CartesianGrid,
  Cell,
  ComposedChart,
  Legend,
  Line,
  Pie,
  PieChart,
  ResponsiveContainer,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { ChartKind } from '@/lib/notebook/types';
import { numberText, placeText, shortNumberText } from './axis-text';
import type { ChartData, ChartPoint } from './chart-data';
import { colourOf, dashOf } from './colours';

const HEIGHT_PX = 320;
/** Until the room has been measured. */
const FIRST_SIZE = { width: 640, height: HEIGHT_PX };
/** Beyond this many points a line's dots would only make it thick. */
const DOTTED_POINTS = 60;
const TICK = { fill: 'var(--muted)', fontSize: 12 };
const TOOLTIP = {
  background: 'var(--raised)',
  border: '1px solid var(--line-strong)',
  borderRadius: 6,
  color: 'var(--ink)',
  fontSize: 13,
};

export interface ChartFigureProps {
  chart: ChartKind;
  data: ChartData;
}

/** The drawing itself. Fetched when somebody looks at a chart: the library is large. */
export function ChartFigure({ chart, data }: ChartFigureProps) {
  return (
    <ResponsiveContainer width="100%" height={HEIGHT_PX} minWidth={0} initialDimension={FIRST_SIZE}>
      {chart === 'pie' ? <PieDrawing data={data} /> : <AxisDrawing chart={chart} data={data} />}
    </ResponsiveContainer>
  );
}

function AxisDrawing({ chart, data }: ChartFigureProps) {
  const { axis, points, series } = data;
  const place = placeText(data);
  return (
    <ComposedChart data={[...points]} margin={{ top: 8, right: 16, bottom: 4, left: 4 }}>
      <CartesianGrid stroke="var(--line)" vertical={false} />
      <XAxis
        dataKey="x"
        type={axis === 'name' ? 'category' : 'number'}
        scale={axis === 'time' ? 'time' : 'auto'}
        domain={axis === 'name' ? undefined : ['dataMin', 'dataMax']}
        tickFormatter={place}
        tick={TICK}
        stroke="var(--line-strong)"
        minTickGap={24}
      />
      <YAxis
        tickFormatter={shortNumberText}
        tick={TICK}
        stroke="var(--line-strong)"
        width="auto"
        domain={chart === 'scatter' ? ['auto', 'auto'] : undefined}
      />
      <Tooltip
        contentStyle={TOOLTIP}
        cursor={{ fill: 'var(--sunken)', stroke: 'var(--line-strong)' }}
        isAnimationActive={false}
        labelFormatter={(label) =>
          typeof label === 'number' || typeof label === 'string' ? place(label) : label
        }
        formatter={(value) => (typeof value === 'number' ? numberText(value) : value)}
      />
      {series.length > 1 && <Legend wrapperStyle={{ fontSize: 13 }} />}
      {series.map((name, index) => {
        const common = {
          name,
          dataKey: (point: ChartPoint) => point.y[index],
          isAnimationActive: false,
        };
        const colour = colourOf(index);
        const dots = points.length <= DOTTED_POINTS;
        switch (chart) {
          case 'line':
            return (
              <Line
                key={name}
                {...common}
                stroke={colour}
                strokeWidth={2}
                strokeDasharray={dashOf(index)}
                dot={dots && { fill: colour, r: 2.5, strokeDasharray: '' }}
              />
            );
          case 'area':
            return (
              <Area
                key={name}
                {...common}
                stroke={colour}
                strokeDasharray={dashOf(index)}
                fill={colour}
                fillOpacity={0.25}
              />
            );
          case 'scatter':
            return <Scatter key={name} {...common} fill={colour} />;
          default:
            return <Bar key={name} {...common} fill={colour} maxBarSize={64} />;
        }
      })}
    </ComposedChart>
  );
}

function PieDrawing({ data }: { data: ChartData }) {
  const points = data.points.map(({ x, y }) => ({ name: String(x), value: y[0] ?? 0 }));
  return (
    <PieChart>
      <Pie
        data={points}
        dataKey="value"
        nameKey="name"
        outerRadius="80%"
        stroke="var(--surface)"
        isAnimationActive={false}
        label={({ name }) => String(name)}
        labelLine={{ stroke: 'var(--line-strong)' }}
        fontSize={12}
      >
        {points.map(({ name }, index) => (
          <Cell key={name} fill={colourOf(index)} />
        ))}
      </Pie>
      <Tooltip
        contentStyle={TOOLTIP}
        isAnimationActive={false}
        formatter={(value) => (typeof value === 'number' ? numberText(value) : value)}
      />
    </PieChart>
  );
}
