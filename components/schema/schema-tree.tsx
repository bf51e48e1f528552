'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { copyText } from '../ui/copy-text';
import { treeMove } from './tree-keys';
import { type TreeNode, visibleNodes } from './tree-model';
import { TreeRow } from './tree-row';

/** In pixels; finer pointers than fingers need no more. */
const ROW_HEIGHT = 28;
/** Lines kept above and below what is seen. */
const OVERSCAN = 8;

interface SchemaTreeProps {
  roots: readonly TreeNode[];
  filter: string;
  onInsert: (sql: string) => void;
  onPreview: (sql: string) => void;
  onDiagram: (schema: string) => void;
  /** Told what happened that cannot be seen. */
  onSay: (text: string) => void;
}

/** The schema as a tree of which only the lines in sight are on the page. */
export function SchemaTree({
  roots,
  filter,
  onInsert,
  onPreview,
  onDiagram,
  onSay,
}: SchemaTreeProps) {
  const prefix = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(() => new Set());
  const [activeId, setActiveId] = useState<string>();
  const needle = useDeferredValue(filter);
  const lines = useMemo(() => visibleNodes(roots, needle, toggled), [roots, needle, toggled]);
  const active = Math.max(
    0,
    lines.findIndex(({ node }) => node.id === activeId),
  );
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    getItemKey: (index) => lines[index]?.node.id ?? index,
  });

  const toggle = (id: string) =>
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const copy = async (node: TreeNode) => {
    const copied = await copyText(node.insert ?? node.name);
    onSay(copied ? `${node.name} copied` : 'The browser does not let this page copy.');
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // The buttons of a line have keys of their own.
    if (event.target !== event.currentTarget) return;
    const move = treeMove(lines, active, event);
    const node = lines[active]?.node;
    if (move.kind === 'none' || !node) return;
    event.preventDefault();
    if (move.kind === 'go') {
      setActiveId(lines[move.to]?.node.id);
      virtualizer.scrollToIndex(move.to);
    } else if (move.kind === 'toggle') toggle(node.id);
    else if (move.kind === 'copy') void copy(node);
    else if (move.kind === 'preview' && node.preview !== undefined) onPreview(node.preview);
    else if (move.kind === 'insert' && node.insert !== undefined) onInsert(node.insert);
  };

  if (lines.length === 0) {
    return (
      <p className="text-[13px] text-muted">Nothing here has “{filter.trim()}” in its name.</p>
    );
  }
  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label="Schema"
      aria-activedescendant={`${prefix}${active}`}
      onKeyDown={onKeyDown}
      className="-mx-2 max-h-[26rem] overflow-y-auto rounded-sm"
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, size, start }) => {
          const line = lines[index];
          if (!line) return null;
          const { node } = line;
          return (
            <TreeRow
              key={key}
              id={`${prefix}${index}`}
              line={line}
              active={index === active}
              style={{ height: size, transform: `translateY(${start}px)` }}
              onActivate={() => setActiveId(node.id)}
              onToggle={() => toggle(node.id)}
              onInsert={() => node.insert !== undefined && onInsert(node.insert)}
              onPreview={() => node.preview !== undefined && onPreview(node.preview)}
              onCopy={() => void copy(node)}
              onDiagram={() => node.diagram !== undefined && onDiagram(node.diagram)}
            />
          );
        })}
      </div>
    </div>
  );
}
