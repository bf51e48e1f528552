'use client';

import { useEffect, useImperativeHandle, useRef, useState } from 'react';
import { countLines, editorHeight } from '../editor/editor-height';
import { bindTextarea } from '../editor/text-binding';
import { textareaSurface } from '../editor/textarea-surface';
import { afterPointer } from './after-pointer';
import type { CellBodyProps } from './cell-body';
import { MarkdownText } from './markdown-text';

/** Markdown: shown rendered, and written in a textarea that shows itself when it has the focus. */
export function TextCell({ cell, actions, mayEdit, body }: CellBodyProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [editing, setEditing] = useState(false);
  const [source, setSource] = useState('');
  const document = actions?.document;
  const text = document?.text(cell.id);
  const start = () => {
    if (mayEdit) area.current?.focus();
  };

  useImperativeHandle(
    body,
    () => ({
      editor: () => (area.current ? textareaSurface(area.current) : undefined),
      startEditing: () => area.current?.focus(),
      stopEditing: () => setEditing(false),
    }),
    [],
  );
  useEffect(() => {
    const { current } = area;
    if (!current || !document || !text) return;
    return bindTextarea({
      area: current,
      text,
      change: (edit) => document.change(() => edit()),
      onText: setSource,
    });
  }, [document, text]);

  return (
    <div className="bg-surface">
      <textarea
        ref={area}
        data-cell-editor
        aria-label="Text"
        readOnly={!mayEdit}
        tabIndex={mayEdit ? 0 : -1}
        placeholder="Markdown. Shift+Enter shows it."
        style={editing ? { height: editorHeight(countLines(source)) } : undefined}
        onFocus={() => mayEdit && setEditing(true)}
        onBlur={({ currentTarget }) =>
          afterPointer(() =>
            setEditing(currentTarget.ownerDocument.activeElement === currentTarget),
          )
        }
        className={
          editing
            ? 'block w-full resize-none bg-surface px-3 py-2.5 font-mono text-[14px] leading-[21px] outline-none placeholder:text-muted'
            : 'sr-only'
        }
      />
      {!editing && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has Enter on the cell for it
        <div onDoubleClick={start} className="min-h-10 px-4 py-2.5">
          {source.trim() === '' ? (
            <p className="text-muted text-sm">
              {mayEdit
                ? 'Empty text. Double-click or press Enter to write Markdown.'
                : 'Empty text.'}
            </p>
          ) : (
            <MarkdownText source={source} />
          )}
        </div>
      )}
    </div>
  );
}
