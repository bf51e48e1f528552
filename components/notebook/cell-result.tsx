'use client';

import { useRef } from 'react';
import { SHARED_SQL } from '@/lib/notebook/limits';
import type { NotebookCell } from '@/lib/notebook/types';
import type { Place, RunView } from '../query/run-view';
import { RunResult } from '../results/run-result';
import { useCell } from '../state/cell';
import type { NotebookActions } from './notebook-actions';
import { isRepeatable } from './repeatable';
import { RESULT_MARGIN_PX, useNear } from './use-near';

interface CellResultProps {
  cell: NotebookCell;
  run: RunView;
  actions: NotebookActions;
  mayEdit: boolean;
  onReveal: (place: Place) => void;
}

/** Before a result has been seen, about what a small grid takes, in CSS pixels. */
const GUESSED_HEIGHT_PX = 160;

/** A cell's result. Far from the viewport its height is kept and nothing is drawn: a notebook may hold two hundred. */
export function CellResult({ cell, run, actions, mayEdit, onReveal }: CellResultProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { near, heightPx = GUESSED_HEIGHT_PX } = useNear(frame, RESULT_MARGIN_PX);
  const lost = useCell(actions.session.desk.lost, undefined);
  const isLast = useCell(actions.runs.last, undefined) === cell.id;
  const busy = run.phase.kind !== 'over' && run.phase.kind !== 'refused';
  const shown = near || busy;
  const statements = run.statements.map(({ sql }) => sql);
  const mayRepeat =
    run.shared && statements.every((sql) => sql.length < SHARED_SQL && isRepeatable(sql));
  return (
    <div
      ref={frame}
      className="border-line border-t"
      style={shown ? undefined : { height: heightPx }}
    >
      {shown && (
        <RunResult
          run={run}
          label="Result"
          view={cell.view}
          mayEdit={mayEdit}
          onView={(view) => actions.setView(cell.id, view)}
          onReveal={onReveal}
          onLoadMore={mayRepeat ? () => actions.runs.loadMore(cell.id, statements) : undefined}
          lost={isLast && !run.shared ? lost : undefined}
        />
      )}
    </div>
  );
}
