'use client';

import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { Plan } from '@/lib/postgres/plan/plan';
import { formatElapsed } from '../ui/format';
import { didRun, nodeViews } from './node-view';
import { PlanNodeItem } from './plan-node-item';
import { shownNodes, treeDeed } from './tree-keys';

/** A plan as a tree: arrow keys move, open and close; the chosen node shows everything EXPLAIN said of it. */
export function PlanTree({ plan }: { plan: Plan }) {
  const nodes = useMemo(() => nodeViews(plan), [plan]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState('0');
  const list = useRef<HTMLDivElement>(null);
  const shown = shownNodes(nodes, closed);
  const current = shown.some(({ id }) => id === chosen) ? chosen : (shown[0]?.id ?? '0');

  const setOpen = (node: string, open: boolean): void => {
    const next = new Set(closed);
    if (open) next.delete(node);
    else next.add(node);
    setClosed(next);
  };
  const go = (to: string): void => {
    setChosen(to);
    list.current?.querySelector<HTMLElement>(`[data-node="${to}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const deed = treeDeed(event.key, current, shown, closed);
    if (!deed || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // The notebook around moves between cells with the same keys.
    event.stopPropagation();
    if (deed.kind === 'go') go(deed.to);
    else setOpen(deed.node, deed.kind === 'open');
  };

  return (
    <>
      <PlanTotals plan={plan} />
      <div
        ref={list}
        role="tree"
        aria-label="Plan"
        className="max-h-[600px] divide-y divide-line overflow-auto text-[13px]"
        onKeyDown={onKeyDown}
      >
        {shown.map((view) => {
          const { id, node, level } = view;
          const open = node.children.length > 0 ? !closed.has(id) : undefined;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
            <div
              key={id}
              role="treeitem"
              data-node={id}
              aria-level={level}
              aria-expanded={open}
              aria-selected={id === current}
              tabIndex={id === current ? 0 : -1}
              className="focus-visible:-outline-offset-2 aria-selected:bg-accent-soft"
              onClick={() => setChosen(id)}
            >
              <PlanNodeItem
                view={view}
                open={open}
                selected={id === current}
                onToggle={() => setOpen(id, closed.has(id))}
              />
            </div>
          );
        })}
      </div>
      {plan.notes.length > 0 && (
        <ul
          aria-label="Notes"
          className="border-line border-t px-3 py-2 font-mono text-muted text-xs"
        >
          {plan.notes.map((note, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a plan does not change
            <li key={index} className="whitespace-pre-wrap break-words">
              {note}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function PlanTotals({ plan }: { plan: Plan }) {
  const { planningMs, executionMs } = plan;
  const totals = [
    ...(planningMs === undefined ? [] : [`planned in ${formatElapsed(planningMs)}`]),
    ...(executionMs === undefined ? [] : [`executed in ${formatElapsed(executionMs)}`]),
  ];
  return (
    <p className="border-line border-b px-3 py-1.5 text-[13px] text-muted text-pretty">
      {totals.length > 0 && (
        <span className="text-ink tabular-nums">{capitalised(totals.join(', '))}. </span>
      )}
      {!didRun(plan) &&
        'Estimates only: EXPLAIN (ANALYZE, BUFFERS) runs the query and measures it.'}
    </p>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
