'use client';

import { useEffect, useState } from 'react';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import type { NotebookActions } from './notebook-actions';

/** Time to read it and to reach its button, by keyboard too. */
const SHOWN_MS = 12_000;

/** What just happened, with the way back from it. */
export function ToldToast({ actions }: { actions: NotebookActions }) {
  const told = useCell(actions.told, undefined);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!told || held) return;
    const timer = setTimeout(() => actions.told.set(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [told, held, actions]);
  return (
    <div
      role="status"
      aria-label="Notebook messages"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center px-3"
    >
      {told && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it stays while the pointer or the focus is on it
        <div
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          className="pointer-events-auto flex items-center gap-3 rounded-lg border border-line bg-raised px-3.5 py-2 text-sm shadow-float"
        >
          {told.text}
          {told.deleted && (
            <Button size="small" onClick={() => actions.undo()}>
              Undo delete
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
