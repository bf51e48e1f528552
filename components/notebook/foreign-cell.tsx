'use client';

import { useImperativeHandle } from 'react';
import type { CellBodyProps } from './cell-body';

/** Of a kind that a newer page made: shown, never written (rule D6). */
export function ForeignCell({ cell, actions, body }: CellBodyProps) {
  useImperativeHandle(
    body,
    () => ({ editor: () => undefined, startEditing: () => {}, stopEditing: () => {} }),
    [],
  );
  return (
    <div className="space-y-2 bg-surface px-4 py-3">
      <p className="text-muted text-sm">
        A newer version of Warren made this cell. Reload the page to use it.
      </p>
      <pre className="overflow-x-auto whitespace-pre-wrap font-mono text-[13px]">
        {actions?.document.text(cell.id)?.toString()}
      </pre>
    </div>
  );
}
