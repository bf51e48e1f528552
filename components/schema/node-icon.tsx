import type { NodeKind } from './tree-model';

/** Outlines in a box of 16 by 16. */
const PATHS: Record<NodeKind, string> = {
  schema: 'M2 4.500h5l1.500 1.500H14V13H2z',
  table: 'M2.500 3h11v10h-11zM2.500 6.500h11M6.500 6.500V13',
  view: 'M1.500 8s2.500-4 6.500-4 6.500 4 6.500 4-2.500 4-6.500 4-6.500-4-6.500-4zM8 6.500v3',
  column: 'M6 3h4v10H6z',
  index: 'M3 4h10M3 8h7M3 12h4',
  function: 'M10.500 3.500c-2 0-2 1-2.400 4.500s-.5 4.500-2.600 4.500M5.500 7.500h5',
  type: 'M3 4.500V3.500h10v1M8 3.500v9M6 12.500h4',
  extension: 'M6 3h4v2.500h3V13H3V5.500h3z',
  database: 'M3 4.500c0-2 10-2 10 0v7c0 2-10 2-10 0zM3 4.500c0 2 10 2 10 0',
  folder: 'M2 4.500h5l1.500 1.500H14V13H2z',
};

export function NodeIcon({ kind }: { kind: NodeKind }) {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className="size-4 shrink-0 text-muted"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
    >
      <path d={PATHS[kind]} />
    </svg>
  );
}
