'use client';

import Editor, { type OnMount } from '@monaco-editor/react';
import { useEffect, useMemo, useRef } from 'react';
import { MonacoBinding } from 'y-monaco';
import { createRelativePositionFromTypeIndex, type Text } from 'yjs';
import type { CatalogueStore } from '../schema/catalogue-store';
import { useTheme } from '../ui/theme';
import { holdCompletion } from './completion-hold';
import type { EditorDocument } from './editor-document';
import type { EditorSurface } from './editor-surface';
import { monacoOptions } from './monaco-options';
import { monacoOverlay } from './monaco-overlay';
import type { monaco } from './monaco-setup';
import { monacoSurface, tameEditor } from './monaco-surface';
import { ownAwareness } from './own-awareness';

export interface RichEditorProps {
  document: EditorDocument;
  text: Text;
  catalogue: CatalogueStore;
  placeholder: string;
  onLines: (lines: number) => void;
  /** It is there and bound. */
  onReady: (surface: EditorSurface) => void;
}

/** Monaco on a shared text: everybody's cursors, completion from the live catalogue, undo of one's own edits. */
export function RichEditor(props: RichEditorProps) {
  const { document, text, catalogue, placeholder } = props;
  const theme = useTheme();
  const options = useMemo(() => monacoOptions(monacoOverlay(), placeholder), [placeholder]);
  useEffect(() => holdCompletion(catalogue), [catalogue]);
  // The text when it was mounted: afterwards the binding keeps both the same.
  const first = useRef(text.toString());

  const onMount: OnMount = (mounted) => {
    const editor: monaco.editor.IStandaloneCodeEditor = mounted;
    const model = editor.getModel();
    if (!model) return;
    bind(editor, model, document, text);
    model.onDidChangeContent(() => props.onLines(model.getLineCount()));
    props.onLines(model.getLineCount());
    tameEditor(editor, model);
    props.onReady(monacoSurface(editor, model));
  };

  return (
    <Editor
      defaultValue={first.current}
      language="pgsql"
      theme={`warren-${theme}`}
      options={options}
      loading={null}
      saveViewState={false}
      onMount={onMount}
    />
  );
}

function bind(
  editor: monaco.editor.IStandaloneCodeEditor,
  model: monaco.editor.ITextModel,
  { awareness, undo }: EditorDocument,
  text: Text,
): void {
  // Places in the shared text count one unit a line's end; Windows would make it two.
  model.setEOL(LF);
  const own = ownAwareness(awareness, text, () => editor.hasTextFocus());
  const binding = new MonacoBinding(text, model, new Set([editor]), own);
  undo.addTrackedOrigin(binding);
  // The binding ends with its model by itself.
  model.onWillDispose(() => undo.removeTrackedOrigin(binding));
  // An editor that gets the focus with its cursor in place (it took over from the plain one) moves nothing.
  editor.onDidFocusEditorText(() =>
    awareness.setLocalStateField('selection', sharedSelection(editor, model, text)),
  );
  editor.onDidBlurEditorText(() => awareness.setLocalStateField('selection', null));
}

/** Where the editor's cursor stands, as y-monaco tells the others. */
function sharedSelection(
  editor: monaco.editor.IStandaloneCodeEditor,
  model: monaco.editor.ITextModel,
  text: Text,
) {
  const selection = editor.getSelection();
  if (!selection) return null;
  const place = (lineNumber: number, column: number) =>
    createRelativePositionFromTypeIndex(text, model.getOffsetAt({ lineNumber, column }));
  return {
    anchor: place(selection.selectionStartLineNumber, selection.selectionStartColumn),
    head: place(selection.positionLineNumber, selection.positionColumn),
  };
}

/** `EndOfLineSequence.LF`, an enum that exists for the compiler only. */
const LF = 0;
