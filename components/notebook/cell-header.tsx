'use client';

import type { RefObject } from 'react';
import type { NotebookCell } from '@/lib/notebook/types';
import { CellMenuButton } from './cell-menu-button';
import { CellRunNote } from './cell-run-note';
import { IconButton } from './icon-button';
import { Icon } from './icons';
import type { NotebookActions } from './notebook-actions';

interface CellHeaderProps {
  cell: NotebookCell;
  number: number;
  isLast: boolean;
  actions: NotebookActions | undefined;
  mayEdit: boolean;
  /** What the cell is dragged by. */
  handle: RefObject<HTMLSpanElement | null>;
}

const KINDS = { sql: 'SQL', text: 'Text', input: 'Input', foreign: 'Newer' } as const;

/** A cell's number, what it is doing, and its buttons. */
export function CellHeader(props: CellHeaderProps) {
  const { cell, number, isLast, actions, mayEdit, handle } = props;
  return (
    <div className="flex min-h-9 items-center gap-1 border-line border-b px-1.5">
      {cell.kind === 'sql' && (
        <IconButton
          name="Run cell"
          icon="run"
          keys="Ctrl+Enter"
          disabled={!actions}
          onClick={() => actions?.perform('run', cell.id)}
          className="text-accent"
        />
      )}
      <span
        ref={handle}
        aria-hidden="true"
        title={mayEdit ? 'Drag to move' : undefined}
        className={`flex items-center gap-1 px-1 text-muted text-xs tabular-nums ${mayEdit ? 'cursor-grab' : ''}`}
      >
        {mayEdit && <Icon name="grip" />}
        {number} <span className="hidden sm:inline">{KINDS[cell.kind]}</span>
      </span>
      <CellRunNote cell={cell} actions={actions} />
      {mayEdit && (
        <div className="ml-auto flex items-center">
          <IconButton
            name="Move up"
            icon="up"
            keys="Alt+↑"
            disabled={number === 1}
            onClick={() => actions?.move(cell.id, 'up')}
          />
          <IconButton
            name="Move down"
            icon="down"
            keys="Alt+↓"
            disabled={isLast}
            onClick={() => actions?.move(cell.id, 'down')}
          />
          <IconButton
            name="Delete cell"
            icon="delete"
            keys="Esc, then D, D"
            onClick={() => actions?.delete(cell.id)}
          />
          {actions && <CellMenuButton cell={cell} actions={actions} />}
        </div>
      )}
    </div>
  );
}
