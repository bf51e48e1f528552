'use client';

import { useEffect, useRef, useState } from 'react';
import type { Notebook, NotebookCell } from '@/lib/notebook/types';
import { keepCursorStyles } from '../document/cursor-styles';
import { NEVER, useCell } from '../state/cell';
import { Button } from '../ui/button';
import { CellFrame } from './cell-frame';
import type { NotebookActions } from './notebook-actions';
import { NotebookNotices } from './notebook-notices';
import { NotebookOverlays } from './notebook-overlays';
import { NotebookToolbar } from './notebook-toolbar';
import { RichEditors } from './rich-editors';
import { ToldToast } from './told-toast';
import { useNotebookKeys } from './use-notebook-keys';
import './notebook.css';

interface NotebookViewProps {
  /** Absent on the server and while the page wakes up: cell 1 is shown, and typing works. */
  actions: NotebookActions | undefined;
  /** True once the page is calm enough to load large editors beside its work. */
  calm: boolean;
}

/** The cell that every notebook begins with (rule D7), before the notebook and the code for it are there. */
const WAKING: readonly NotebookCell[] = [{ id: 'first00cell0', kind: 'sql', place: 'V' }];

/** The notebook: its toolbar and its cells. */
export function NotebookView({ actions, calm }: NotebookViewProps) {
  const region = useRef<HTMLElement>(null);
  const [editors] = useState(() => new RichEditors());
  const document = actions?.document;
  const notebook = useCell<Notebook | undefined>(document?.notebook ?? NEVER, undefined);
  const allowed = useCell<boolean | undefined>(document?.mayEdit ?? NEVER, undefined) ?? false;
  const standing = notebook?.standing ?? 'empty';
  const mayEdit = allowed && standing === 'usable';
  useNotebookKeys(actions);
  useEffect(() => actions?.follow(), [actions]);
  useEffect(() => document && keepCursorStyles(document.people), [document]);
  useEffect(() => {
    if (calm) void editors.load();
  }, [calm, editors]);
  useEffect(() => {
    if (actions) actions.places.fallback = region.current;
  }, [actions]);

  const guest = actions?.session.identity.kind === 'guest';
  const opening = standing === 'empty' && guest;
  const cells = standing === 'empty' ? WAKING : (notebook?.cells ?? WAKING);
  return (
    <section
      ref={region}
      aria-label="Notebook"
      aria-busy={opening}
      tabIndex={-1}
      className="min-w-0 flex-1 outline-none"
    >
      <NotebookToolbar actions={actions} mayEdit={mayEdit} />
      <div className="mx-auto max-w-5xl space-y-3 px-2 py-3 pb-[30dvh] sm:px-5">
        {document && (
          <NotebookNotices
            document={document}
            standing={standing}
            viewer={guest === true && !allowed && standing !== 'empty'}
          />
        )}
        {opening ? (
          <Opening />
        ) : (
          cells.map((cell, index) => (
            <CellFrame
              key={cell.id}
              cell={cell}
              number={index + 1}
              isLast={index === cells.length - 1}
              actions={actions}
              editors={editors}
              mayEdit={mayEdit}
              text={document?.text(cell.id)}
            />
          ))
        )}
        {cells.length === 0 && <NothingYet actions={actions} mayEdit={mayEdit} />}
      </div>
      {actions && <NotebookOverlays actions={actions} mayEdit={mayEdit} />}
      {actions && <ToldToast actions={actions} />}
    </section>
  );
}

/** Stands where the cells will be while a guest's page asks the server for them. */
function Opening() {
  return (
    <div className="space-y-3">
      <p className="text-muted text-sm">Opening the notebook…</p>
      {[28, 20, 24].map((lines) => (
        <div
          key={lines}
          aria-hidden="true"
          style={{ height: `${lines / 4}rem` }}
          className="rounded-lg border border-line bg-surface"
        />
      ))}
    </div>
  );
}

function NothingYet({
  actions,
  mayEdit,
}: {
  actions: NotebookActions | undefined;
  mayEdit: boolean;
}) {
  return (
    <div className="rounded-lg border border-line border-dashed px-5 py-10 text-center">
      <p className="text-muted text-sm">This notebook has no cells.</p>
      {mayEdit && (
        <Button
          look="primary"
          size="small"
          className="mt-3"
          onClick={() => actions?.addBelow('sql', undefined)}
        >
          Write SQL
        </Button>
      )}
    </div>
  );
}
