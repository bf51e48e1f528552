'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { Draft } from './draft';
import type { EditorSurface } from './editor-surface';
import type { MonacoSurface } from './monaco-surface';
import { textareaSurface } from './textarea-surface';

interface SqlEditorProps {
  playground: string;
  /** Set while the editor is on the page; changes when Monaco takes over. */
  surface: RefObject<EditorSurface | null>;
  onRun: () => void;
  /** True once the page is calm enough to load a large editor beside its work. */
  mayUpgrade: boolean;
  /** Monaco has taken over. */
  onUpgrade: () => void;
}

/** The SQL editor: a plain textarea that is there with the first paint, and Monaco once it has come. */
export function SqlEditor({ playground, surface, onRun, mayUpgrade, onUpgrade }: SqlEditorProps) {
  const textarea = useRef<HTMLTextAreaElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const draft = useRef<Draft>(null);
  const composing = useRef<Promise<void>>(null);
  const run = useRef(onRun);
  const upgrade = useRef(onUpgrade);
  useEffect(() => {
    run.current = onRun;
    upgrade.current = onUpgrade;
  }, [onRun, onUpgrade]);
  const [upgraded, setUpgraded] = useState(false);

  useEffect(() => {
    const area = textarea.current;
    if (!area) return;
    draft.current = new Draft(playground);
    // What was typed before this code arrived is newer than what was kept.
    if (area.value === '') area.value = draft.current.load();
    surface.current = textareaSurface(area);
    return () => {
      surface.current = null;
    };
  }, [playground, surface]);

  useEffect(() => {
    if (!mayUpgrade || !matchMedia('(hover: hover) and (pointer: fine)').matches) return;
    let monaco: MonacoSurface | undefined;
    let gone = false;
    const upgradeEditor = async () => {
      const { createMonaco } = await import('./monaco-surface');
      // A word half entered by an input method would be lost with its textarea.
      await composing.current;
      const area = textarea.current;
      if (gone || !area || !container.current) return;
      const focused = document.activeElement === area;
      monaco = createMonaco({
        container: container.current,
        text: area.value,
        selection: { start: area.selectionStart, end: area.selectionEnd },
        focused,
        onChange: (text) => draft.current?.save(text),
        onRun: () => run.current(),
      });
      surface.current = monaco;
      setUpgraded(true);
      upgrade.current();
    };
    // Where it cannot be fetched, the plain editor stays.
    upgradeEditor().catch(() => {});
    return () => {
      gone = true;
      monaco?.dispose();
    };
  }, [mayUpgrade, surface]);

  return (
    <div className="relative min-h-0 flex-1 bg-surface">
      <div ref={container} className="absolute inset-0" />
      {!upgraded && (
        <textarea
          ref={textarea}
          aria-label="SQL"
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          className="absolute inset-0 size-full resize-none bg-surface py-2.5 pr-3 pl-12 font-mono text-[14px] leading-[21px] outline-none"
          onCompositionStart={(event) => {
            const area = event.currentTarget;
            composing.current = new Promise((done) =>
              area.addEventListener('compositionend', () => done(), { once: true }),
            );
          }}
          onCompositionEnd={() => {
            composing.current = null;
          }}
          onChange={(event) => draft.current?.save(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            run.current();
          }}
        />
      )}
    </div>
  );
}
