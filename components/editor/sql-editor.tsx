'use client';

import { type ComponentType, type RefObject, useEffect, useRef, useState } from 'react';
import type * as Y from 'yjs';
import type { CatalogueStore } from '../schema/catalogue-store';
import type { EditorDocument } from './editor-document';
import { countLines, editorHeight } from './editor-height';
import type { EditorSurface } from './editor-surface';
import { identityOf } from './identity-of';
import type { RichEditorProps } from './rich-editor';
import { bindTextarea } from './text-binding';
import { textareaSurface } from './textarea-surface';

interface SqlEditorProps {
  /** Absent while the page wakes up; what is typed meanwhile is taken over. */
  shared: { readonly document: EditorDocument; readonly text: Y.Text } | undefined;
  catalogue: CatalogueStore | undefined;
  /** Monaco, while it is this editor's turn to have one. */
  Rich: ComponentType<RichEditorProps> | undefined;
  /** Set while the editor is on the page; changes when Monaco takes over. */
  surface: RefObject<EditorSurface | null>;
  /** Another editor has taken over. */
  onSurface: () => void;
  /** What was typed before the text had come, when that is not empty. */
  onStray: (typed: string) => void;
}

const PLACEHOLDER = 'select …   Shift+Enter runs it and goes on';

/** The SQL editor: a plain textarea that is there with the first paint, and Monaco when it is its turn. */
export function SqlEditor(props: SqlEditorProps) {
  const { shared, catalogue, Rich, surface, onSurface } = props;
  const frame = useRef<HTMLDivElement>(null);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const richFrame = useRef<HTMLDivElement>(null);
  const composing = useRef(false);
  /** What was typed before the text had come has been taken over: from now on the text is right. */
  const adopted = useRef(false);
  const stray = useRef(props.onStray);
  useEffect(() => {
    stray.current = props.onStray;
  });
  const [upgraded, setUpgraded] = useState(false);
  const plain = !upgraded || !Rich;

  const setLines = (lines: number) => {
    if (frame.current) frame.current.style.height = `${editorHeight(lines)}px`;
  };

  // What is typed before the shared text has come is taken over when it comes, or when this editor goes.
  const waits = shared === undefined;
  useEffect(() => {
    const area = textarea.current;
    if (!waits || !area) return;
    return () => {
      if (!area.isConnected && area.value !== '') stray.current(area.value);
    };
  }, [waits]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: setLines writes to the frame only
  useEffect(() => {
    const area = textarea.current;
    if (!plain || !area) return;
    surface.current = textareaSurface(area);
    onSurface();
    if (!shared) return;
    const { document, text } = shared;
    const typed = adopted.current ? '' : area.value;
    adopted.current = true;
    if (typed !== '' && text.length === 0) document.change(() => text.insert(0, typed));
    else if (typed !== '' && typed !== text.toString()) stray.current(typed);
    return bindTextarea({
      area,
      text,
      change: (edit) => document.change(() => edit()),
      onText: (now) => setLines(countLines(now)),
    });
  }, [shared?.document, shared?.text, plain, surface, onSurface]);

  useEffect(() => {
    if (!Rich) setUpgraded(false);
  }, [Rich]);

  const takeOver = (rich: EditorSurface) => {
    const area = textarea.current;
    const goOn = () => {
      surface.current = rich;
      // In one go, so that at no moment there are two editors for whoever looks for one, nor none.
      richFrame.current?.removeAttribute('inert');
      area?.setAttribute('aria-hidden', 'true');
      if (area && document.activeElement === area) {
        rich.reveal({ start: area.selectionStart, end: area.selectionEnd });
      }
      // It stays until React has drawn the page again: whoever comes to it meanwhile is led on, not left with nothing.
      area?.addEventListener('focus', () => rich.focus());
      setUpgraded(true);
      onSurface();
    };
    // A word half entered by an input method would be lost with its textarea.
    if (area && composing.current) area.addEventListener('compositionend', goOn, { once: true });
    else goOn();
  };

  return (
    <div
      ref={frame}
      style={{ height: editorHeight(1) }}
      className="relative min-w-0 overflow-hidden bg-surface"
    >
      {Rich && shared && catalogue && (
        <div ref={richFrame} className="absolute inset-0" inert={plain}>
          <Rich
            key={identityOf(shared.text)}
            document={shared.document}
            text={shared.text}
            catalogue={catalogue}
            placeholder={PLACEHOLDER}
            onLines={setLines}
            onReady={takeOver}
          />
        </div>
      )}
      {plain && (
        <textarea
          ref={textarea}
          aria-label="SQL"
          autoComplete="off"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          wrap="off"
          placeholder={PLACEHOLDER}
          className="absolute inset-0 size-full resize-none bg-surface py-2.5 pr-3 pl-[2.55rem] font-mono text-[14px] leading-[21px] outline-none placeholder:text-muted"
          onCompositionStart={() => {
            composing.current = true;
          }}
          onCompositionEnd={() => {
            composing.current = false;
          }}
        />
      )}
    </div>
  );
}
