interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line through the points of an edge, its corners rounded, as the `d` of an SVG path. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const last = rest.pop();
  if (!last) return `M${at(first)}`;
  let path = `M${at(first)}`;
  rest.forEach((corner, index) => {
    const next = rest[index + 1] ?? last;
    const middle = { x: (corner.x + next.x) / 2, y: (corner.y + next.y) / 2 };
    path += ` Q${at(corner)} ${at(index === rest.length - 1 ? last : middle)}`;
  });
  return rest.length === 0 ? `${path} L${at(last)}` : path;
}

function at({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
