'use client';

import type { CellKind } from '@/lib/notebook/types';
import { TransactionBadge } from '../query/transaction-badge';
import { NEVER, useCell } from '../state/cell';
import { Button } from '../ui/button';
import { IconButton } from './icon-button';
import type { NotebookActions } from './notebook-actions';
import { RunQueue } from './run-queue';

interface NotebookToolbarProps {
  /** Absent while the page wakes up. */
  actions: NotebookActions | undefined;
  mayEdit: boolean;
}

const NOTHING: readonly string[] = [];

/** What is done with the current cell and with the whole notebook. */
export function NotebookToolbar({ actions, mayEdit }: NotebookToolbarProps) {
  const desk = actions?.session.desk;
  const running = useCell(desk?.running ?? NEVER, undefined);
  const queue = useCell(desk?.queue ?? NEVER, NOTHING) ?? NOTHING;
  const session = useCell(desk?.session ?? NEVER, undefined);
  const busy = running !== undefined || queue.length > 0;
  const add = (kind: CellKind) => actions?.addBelow(kind, actions.current());
  return (
    <div className="sticky top-0 z-20 flex min-h-12 flex-wrap items-center gap-1.5 border-line border-b bg-page px-3 py-1.5 sm:px-5">
      <Button
        look="primary"
        size="small"
        disabled={!actions}
        onClick={() => actions?.perform('run')}
        title="Run the current cell, or what is selected in it (Ctrl+Enter)"
      >
        Run
      </Button>
      <Button size="small" disabled={!actions} onClick={() => actions?.perform('run-all')}>
        Run all
      </Button>
      <Button
        size="small"
        disabled={!busy}
        onClick={() => actions?.perform('stop')}
        title="Stop what runs, and what waits"
      >
        Stop
      </Button>
      {(mayEdit || !actions) && (
        <>
          <Separator />
          <Button
            size="small"
            look="quiet"
            disabled={!actions}
            onClick={() => add('sql')}
            aria-label="Add SQL cell"
          >
            <span aria-hidden="true">+</span>
            SQL
          </Button>
          <Button
            size="small"
            look="quiet"
            disabled={!actions}
            onClick={() => add('text')}
            aria-label="Add text cell"
          >
            <span aria-hidden="true">+</span>
            Text
          </Button>
          <Button
            size="small"
            look="quiet"
            disabled={!actions}
            onClick={() => add('input')}
            aria-label="Add input cell"
          >
            <span aria-hidden="true">+</span>
            Input
          </Button>
          <Separator />
          <IconButton
            name="Undo"
            icon="undo"
            keys="Ctrl+Z"
            disabled={!actions}
            onClick={() => actions?.undo()}
          />
          <IconButton
            name="Redo"
            icon="redo"
            keys="Ctrl+Shift+Z"
            disabled={!actions}
            onClick={() => actions?.redo()}
          />
        </>
      )}
      <IconButton
        name="Keyboard shortcuts"
        icon="keys"
        keys="Esc, then ?"
        disabled={!actions}
        onClick={() => actions?.perform('help')}
      />
      <Button
        size="small"
        look="quiet"
        disabled={!actions}
        onClick={() => actions?.perform('palette')}
        title="Find a command, a cell or a table (Ctrl+K)"
      >
        Commands
      </Button>
      <div className="ml-auto flex min-w-0 flex-wrap items-center gap-2">
        {session?.kind === 'open' && <TransactionBadge status={session.transaction} />}
        {actions && <RunQueue actions={actions} />}
      </div>
    </div>
  );
}

function Separator() {
  return <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />;
}
