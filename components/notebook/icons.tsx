/** Signs of the notebook's small buttons, 16 units wide; the buttons carry the names. */
const PATHS = {
  run: 'M5 3.5v9l7.5-4.5z',
  up: 'M8 13V3.5m0 0L4 7.5m4-4 4 4',
  down: 'M8 3v9.5m0 0-4-4m4 4 4-4',
  delete: 'M3.5 4.5h9M6.5 4.5V3h3v1.5m-5 0 .6 8.5h5.8l.6-8.5M6.8 7v4M9.2 7v4',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  undo: 'M4 6.5h5.5a3.25 3.25 0 0 1 0 6.5H6M4 6.5 6.8 3.7M4 6.5l2.8 2.8',
  redo: 'M12 6.5H6.5a3.25 3.25 0 0 0 0 6.5H10M12 6.5 9.2 3.7M12 6.5 9.2 9.3',
  panels: 'M2.5 3.5h11v9h-11zM9.5 3.5v9',
  keys: 'M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M11.5 7h.01M5 9.5h6',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  const dots = name === 'more' || name === 'grip';
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className="size-4"
      fill={name === 'run' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={dots ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
