import { useEffect } from 'react';
import { meaningOf, SEQUENCE_MS, strokeOf } from './key-strokes';
import type { KeyPlace } from './keymap';
import type { NotebookActions } from './notebook-actions';

/** Keys that a button needs for itself. */
const KEYS_OF_BUTTONS = new Set(['Enter', ' ', 'Tab']);

interface At {
  readonly place: KeyPlace;
  readonly cell?: string;
}

/** The notebook's keys. One listener hears them before any editor does, so they mean the same in all of them. */
export function useNotebookKeys(actions: NotebookActions | undefined): void {
  useEffect(() => {
    if (!actions) return;
    let begun: { readonly stroke: string; readonly at: number } | undefined;
    const onKey = (event: KeyboardEvent, escapes: boolean) => {
      const stroke = strokeOf(event);
      if (stroke === undefined || event.isComposing || event.defaultPrevented) return;
      // An editor's own widgets close by Escape first; what is left of it comes here after them.
      if ((event.key === 'Escape') !== escapes) return;
      const at = placeOf(event);
      if (!at) return;
      const before = begun && event.timeStamp - begun.at < SEQUENCE_MS ? begun.stroke : undefined;
      begun = undefined;
      const meaning = meaningOf(at.place, stroke, before);
      if (meaning.kind === 'begun') begun = { stroke, at: event.timeStamp };
      if (meaning.kind !== 'command') return;
      event.preventDefault();
      event.stopPropagation();
      actions.perform(meaning.command, at.cell);
    };
    const early = (event: KeyboardEvent) => onKey(event, false);
    const late = (event: KeyboardEvent) => onKey(event, true);
    window.addEventListener('keydown', early, { capture: true });
    window.addEventListener('keydown', late);
    return () => {
      window.removeEventListener('keydown', early, { capture: true });
      window.removeEventListener('keydown', late);
    };
  }, [actions]);
}

/** Where a key was pressed; undefined where keys belong to something else. */
function placeOf({ target, key }: KeyboardEvent): At | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  if (target.closest('[role=dialog], [role=menu], .xterm')) return undefined;
  const frame = target.closest<HTMLElement>('[data-cell]');
  const cell = frame?.dataset.cell;
  if (target === frame) return { place: 'cell', cell };
  if (cell && target.closest('[data-cell-editor]')) return { place: 'editor', cell };
  const button = target.closest('button');
  const region = target.closest('section');
  const inResult = region !== null && frame?.contains(region);
  if (cell && button && !inResult && !KEYS_OF_BUTTONS.has(key)) return { place: 'cell', cell };
  return { place: 'page' };
}
