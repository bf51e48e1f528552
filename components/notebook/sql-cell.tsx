'use client';

import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { EditorSurface } from '../editor/editor-surface';
import { ErrorMarks } from '../editor/error-marks';
import type { MonacoSeeker } from '../editor/monaco-slots';
import { SqlEditor } from '../editor/sql-editor';
import type { CellBodyProps } from './cell-body';
import { CellResult } from './cell-result';
import { OwnCopyNote } from './own-copy-note';
import { ParameterFields } from './parameter-fields';
import { EDITOR_MARGIN_PX, watchNear } from './use-near';
import { useShownRun } from './use-shown-run';

/** SQL with its parameters above and its result below. */
export function SqlCell({ cell, actions, editors, mayEdit, body }: CellBodyProps) {
  const frame = useRef<HTMLDivElement>(null);
  const surface = useRef<EditorSurface>(null);
  const seeker = useRef<MonacoSeeker>(null);
  const [granted, setGranted] = useState(false);
  const [generation, setGeneration] = useState(0);
  const [changed] = useState(() => () => setGeneration((count) => count + 1));
  const document = actions?.document;
  const run = useShownRun(cell.id, actions);
  const shared = document?.text(cell.id);
  const copy = !mayEdit && shared ? actions?.copies.of(cell.id, shared) : undefined;
  const text = copy?.text ?? shared;
  const editing = copy ? actions?.copies.editing : document;

  useImperativeHandle(
    body,
    () => ({
      editor: () => surface.current ?? undefined,
      startEditing: () => surface.current?.focus(),
      stopEditing: () => {},
    }),
    [],
  );
  useEffect(() => {
    if (!frame.current) return;
    const joined = editors.slots.join(setGranted);
    seeker.current = joined;
    const stop = watchNear(frame.current, EDITOR_MARGIN_PX, (near) => joined.setNear(near));
    return () => {
      stop();
      joined.leave();
    };
  }, [editors]);

  return (
    <>
      {actions && text && <ParameterFields actions={actions} text={text} mayEdit={mayEdit} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only looks where the focus is */}
      <div
        ref={frame}
        data-cell-editor
        onFocus={() => seeker.current?.setFocused(true)}
        onBlur={() => seeker.current?.setFocused(false)}
      >
        <SqlEditor
          key={copy ? 'own' : 'shared'}
          shared={editing && text && { document: editing, text }}
          catalogue={actions?.session.catalogue}
          Rich={granted ? editors.Component : undefined}
          surface={surface}
          onSurface={changed}
          onStray={(typed) => void actions?.keepStray(typed)}
        />
      </div>
      <OwnCopyNote copy={copy} />
      <ErrorMarks run={run} surface={surface} generation={generation} />
      {actions && run && (
        <CellResult
          cell={cell}
          run={run}
          actions={actions}
          mayEdit={mayEdit}
          onReveal={({ span }) => surface.current?.reveal(span)}
        />
      )}
    </>
  );
}
