'use client';

import '@xyflow/react/dist/style.css';
import { Background, MarkerType, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { type KeyboardEvent, useMemo } from 'react';
import { Button } from '../ui/button';
import { useTheme } from '../ui/theme';
import type { DiagramLayout } from './diagram-layout';
import { KeyEdge, type KeyEdgeType } from './key-edge';
import { TableNode, type TableNodeType } from './table-node';

const NODE_TYPES = { table: TableNode };
const EDGE_TYPES = { key: KeyEdge };
const MIN_ZOOM = 0.05;
const MAX_ZOOM = 2;
/** One press of an arrow key, in pixels of the screen. */
const PAN_STEP = 80;
const FIT = { padding: 0.08, maxZoom: 1 };

interface DiagramViewProps {
  layout: DiagramLayout;
  label: string;
  onExport: () => void;
}

export function DiagramView(props: DiagramViewProps) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
}

function Picture({ layout, label, onExport }: DiagramViewProps) {
  const flow = useReactFlow();
  const theme = useTheme();
  const nodes = useMemo(() => layout.tables.map((table) => toNode(table, layout)), [layout]);
  const edges = useMemo(() => layout.edges.map(toEdge), [layout]);

  const pan = (x: number, y: number) => {
    const viewport = flow.getViewport();
    void flow.setViewport({ ...viewport, x: viewport.x + x, y: viewport.y + y });
  };
  /** False for keys that mean nothing here. */
  const press = (key: string): boolean => {
    if (key === 'ArrowLeft') pan(PAN_STEP, 0);
    else if (key === 'ArrowRight') pan(-PAN_STEP, 0);
    else if (key === 'ArrowUp') pan(0, PAN_STEP);
    else if (key === 'ArrowDown') pan(0, -PAN_STEP);
    else if (key === '+' || key === '=') void flow.zoomIn();
    else if (key === '-') void flow.zoomOut();
    else if (key === '0') void flow.fitView(FIT);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!press(event.key)) return;
    event.preventDefault();
  };

  return (
    <>
      <div className="flex flex-wrap gap-2 pb-2">
        <Button size="small" onClick={() => void flow.zoomIn()}>
          Zoom in
        </Button>
        <Button size="small" onClick={() => void flow.zoomOut()}>
          Zoom out
        </Button>
        <Button size="small" onClick={() => void flow.fitView(FIT)}>
          Fit
        </Button>
        <Button size="small" onClick={onExport}>
          Save as SVG
        </Button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields of a form */}
      <div
        role="group"
        aria-label={`${label}. Arrow keys move it, + and - zoom, 0 shows all.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move the picture
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-hidden rounded-md border border-line"
      >
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          colorMode={theme}
          minZoom={MIN_ZOOM}
          maxZoom={MAX_ZOOM}
          fitView
          fitViewOptions={FIT}
          nodesDraggable={false}
          nodesConnectable={false}
          edgesFocusable={false}
          deleteKeyCode={null}
        >
          <Background />
        </ReactFlow>
      </div>
    </>
  );
}

function toNode(table: DiagramLayout['tables'][number], { edges }: DiagramLayout): TableNodeType {
  const { id, name, rows, more, x, y, width, height } = table;
  const keys = edges.filter(({ from }) => from === id).map(({ label }) => label);
  const columns = rows.length + more;
  return {
    id,
    type: 'table',
    position: { x, y },
    width,
    height,
    data: { table },
    ariaLabel: [`Table ${name}, ${columns} columns`, ...keys].join('. '),
  };
}

function toEdge(edge: DiagramLayout['edges'][number]): KeyEdgeType {
  const { id, from, to, label } = edge;
  return {
    id,
    type: 'key',
    source: from,
    target: to,
    data: { edge },
    ariaLabel: label,
    style: { stroke: 'var(--accent)' },
    markerEnd: { type: MarkerType.ArrowClosed, color: 'var(--accent)', width: 18, height: 18 },
  };
}
