import { BaseEdge, type Edge, type EdgeProps } from '@xyflow/react';
import type { DiagramEdge } from './diagram-layout';
import { edgePath } from './edge-path';

export type KeyEdgeType = Edge<{ readonly edge: DiagramEdge }, 'key'>;

/** A foreign key, along the points the layout chose. */
export function KeyEdge({ id, data, markerEnd }: EdgeProps<KeyEdgeType>) {
  if (!data) return null;
  return (
    <g>
      <title>{data.edge.label}</title>
      <BaseEdge id={id} path={edgePath(data.edge.points)} markerEnd={markerEnd} />
    </g>
  );
}
