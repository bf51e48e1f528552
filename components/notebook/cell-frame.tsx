'use client';

import { memo, useEffect, useLayoutEffect, useRef } from 'react';
import type { NotebookCell } from '@/lib/notebook/types';
import type { CellBody } from './cell-body';
import { type DropEdge, useCellDrag } from './cell-drag';
import { CellHeader } from './cell-header';
import { ForeignCell } from './foreign-cell';
import { InputCell } from './input-cell';
import type { NotebookActions } from './notebook-actions';
import type { RichEditors } from './rich-editors';
import { SqlCell } from './sql-cell';
import { TextCell } from './text-cell';
import { useIsCurrent } from './use-is-current';

interface CellFrameProps {
  cell: NotebookCell;
  /** From 1. */
  number: number;
  isLast: boolean;
  /** Absent while the page wakes up. */
  actions: NotebookActions | undefined;
  editors: RichEditors;
  mayEdit: boolean;
  /** Changes when the cell's text is another one, e.g. after an undone deletion. */
  text: unknown;
}

const BODIES = { sql: SqlCell, text: TextCell, input: InputCell, foreign: ForeignCell } as const;

/** A cell with its buttons. The group has the focus in command mode, where single keys are commands. */
export const CellFrame = memo(function CellFrame(props: CellFrameProps) {
  const { cell, number, isLast, actions, editors, mayEdit } = props;
  const frame = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLSpanElement>(null);
  const body = useRef<CellBody>(null);
  const current = useIsCurrent(actions?.places, cell.id, number === 1);
  const edge = useCellDrag(cell.id, mayEdit ? actions : undefined, frame, handle);
  const Body = BODIES[cell.kind];

  useEffect(() => {
    const { current: element } = frame;
    if (!actions || !element) return;
    return actions.places.register(cell.id, {
      frame: element,
      editor: () => body.current?.editor(),
      startEditing: () => body.current?.startEditing(),
      stopEditing: () => body.current?.stopEditing(),
    });
  }, [actions, cell.id]);

  // Somebody else may delete the cell one is in: the focus goes to its neighbour.
  useLayoutEffect(() => {
    const { current: element } = frame;
    return () => {
      if (!element?.contains(element.ownerDocument.activeElement)) return;
      const next = element.nextElementSibling ?? element.previousElementSibling;
      setTimeout(() => {
        if (next instanceof HTMLElement && document.activeElement === document.body) next.focus();
      });
    };
  }, []);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form, and cannot shrink below its content
    <div
      ref={frame}
      role="group"
      aria-label={`Cell ${number}`}
      data-cell={cell.id}
      tabIndex={current ? 0 : -1}
      onFocus={() => actions?.places.current.set(cell.id)}
      className={`group/cell relative scroll-mt-14 rounded-lg border bg-surface [contain-intrinsic-size:auto_9rem] [content-visibility:auto] ${
        current ? 'border-accent/60' : 'border-line'
      } ${EDGES[edge]}`}
    >
      <CellHeader
        cell={cell}
        number={number}
        isLast={isLast}
        actions={actions}
        mayEdit={mayEdit}
        handle={handle}
      />
      <div className="overflow-hidden rounded-b-[7px]">
        <Body cell={cell} actions={actions} editors={editors} mayEdit={mayEdit} body={body} />
      </div>
    </div>
  );
});

const EDGES: Record<DropEdge | 'none', string> = {
  none: '',
  above: 'shadow-[0_-3px_0_0_var(--accent)]',
  below: 'shadow-[0_3px_0_0_var(--accent)]',
};
