/** Colours of the theme, so that a chart is readable on light and dark; as far from each other as they get. */
const COLOURS = [
  'var(--accent)',
  'var(--ok)',
  'var(--warn)',
  'var(--bad)',
  'color-mix(in oklab, var(--accent) 45%, var(--ok))',
  'color-mix(in oklab, var(--warn) 50%, var(--line-strong))',
  'var(--muted)',
  'color-mix(in oklab, var(--accent) 40%, var(--line))',
] as const;

/** For those who do not tell the colours apart. */
const DASHES = [undefined, '6 3', '2 3', '10 3 2 3'] as const;

export function colourOf(series: number): string {
  return COLOURS[series % COLOURS.length] ?? COLOURS[0];
}

export function dashOf(series: number): string | undefined {
  return DASHES[series % DASHES.length];
}
