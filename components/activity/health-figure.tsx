'use client';

import { Area, AreaChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { HealthSample } from './health-history';

export interface HealthFigureProps {
  history: readonly HealthSample[];
  measure: 'cpu' | 'memory';
}

const HEIGHT_PX = 80;
const FIRST_SIZE = { width: 320, height: HEIGHT_PX };
const SHARE = {
  cpu: ({ cpu }: HealthSample) => cpu,
  memory: ({ usedBytes, totalBytes }: HealthSample) => usedBytes / Math.max(1, totalBytes),
};

/** The line alone, from nothing to all; what it says stands beside it in words. */
export function HealthFigure({ history, measure }: HealthFigureProps) {
  const colour = measure === 'cpu' ? 'var(--accent)' : 'var(--ok)';
  return (
    <ResponsiveContainer width="100%" height={HEIGHT_PX} minWidth={0} initialDimension={FIRST_SIZE}>
      <AreaChart
        data={[...history]}
        margin={{ top: 2, right: 0, bottom: 2, left: 0 }}
        // Else Tab would stop at a picture that nobody hears.
        accessibilityLayer={false}
      >
        <XAxis dataKey="at" type="number" domain={['dataMin', 'dataMax']} hide />
        <YAxis domain={[0, 1]} hide />
        <Area
          dataKey={SHARE[measure]}
          stroke={colour}
          fill={colour}
          fillOpacity={0.15}
          strokeWidth={1.5}
          isAnimationActive={false}
          dot={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}
