'use client';

import { useId, useMemo } from 'react';
import { StatusDot } from '../machine/status-dot';
import { useCell } from '../state/cell';
import { type ShownSave, ShownSaveState } from './shown-save';
import type { NotebookDocument, SaveState } from './types';

const TONES = { Saved: 'ok', 'Saving…': 'busy', Offline: 'idle' } as const;
const OPENING: SaveState = { kind: 'opening' };

/** Whether what is on this page is on the server's disk, in a word. */
export function SaveStateStatus({ document }: { document: NotebookDocument }) {
  const shown = useMemo(() => new ShownSaveState(document.save), [document]);
  const word = useCell(shown, 'Saving…');
  const save = useCell(document.save, OPENING);
  const explanation = useId();
  const text = explain(word, save);
  return (
    <div className="flex shrink-0 items-center gap-1.5 text-[13px]" title={text}>
      <StatusDot tone={TONES[word]} />
      {/* Silent: it changes with each pause in typing. What somebody has to hear is said beside it. */}
      <span
        role="status"
        aria-label="Save state"
        aria-live="off"
        aria-describedby={explanation}
        className="whitespace-nowrap text-muted"
      >
        {word}
      </span>
      <span id={explanation} className="sr-only">
        {text}
      </span>
      <span aria-live="polite" className="sr-only">
        {word === 'Offline' && text}
      </span>
    </div>
  );
}

function explain(word: ShownSave, save: SaveState): string {
  if (save.kind === 'refused') return 'The server takes no changes from this page.';
  switch (word) {
    case 'Saved':
      return 'Everything on this page is on the server’s disk.';
    case 'Saving…':
      return save.kind === 'opening'
        ? 'The notebook is being opened.'
        : 'Your last changes are on their way to the server.';
    case 'Offline':
      return save.kind === 'offline' && save.unsaved
        ? 'No connection to the server. Go on writing and leave this tab open: your changes are sent when it is back.'
        : 'No connection to the server. You can go on writing; others see it when it is back.';
  }
}
