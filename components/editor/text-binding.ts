import type * as Y from 'yjs';
import { type DeltaStep, shiftedIndex, textChange } from './text-change';

interface TextBinding {
  readonly area: HTMLTextAreaElement;
  readonly text: Y.Text;
  /** Makes a change of the document that undo knows. */
  readonly change: (edit: () => void) => void;
  /** The text has changed, from here or from elsewhere. */
  readonly onText: (text: string) => void;
}

/**
 * Keeps a textarea and a shared text the same. While an input method composes a word, the textarea is left alone:
 * writing to it would break the word off.
 */
export function bindTextarea({ area, text, change, onText }: TextBinding): () => void {
  /** What both last agreed on, and others' changes since, while a word is being composed. */
  let composing: { readonly base: string; readonly deltas: DeltaStep[][] } | undefined;
  let writing = false;

  const write = (before: string, deltas: readonly DeltaStep[][]) => {
    const made = textChange(before, area.value, area.selectionEnd);
    if (!made) return;
    const start = deltas.reduce(shiftedIndex, made.index);
    const end = deltas.reduce(shiftedIndex, made.index + made.removed);
    writing = true;
    change(() => {
      if (end > start) text.delete(start, end - start);
      if (made.inserted !== '') text.insert(start, made.inserted);
    });
    writing = false;
  };
  const show = (deltas: readonly DeltaStep[][]) => {
    const shown = text.toString();
    if (area.value !== shown) {
      const { selectionStart, selectionEnd } = area;
      area.value = shown;
      if (document.activeElement === area) {
        area.setSelectionRange(
          deltas.reduce(shiftedIndex, selectionStart),
          deltas.reduce(shiftedIndex, selectionEnd),
        );
      }
    }
    onText(shown);
  };

  const onInput = () => {
    if (composing) return;
    write(text.toString(), []);
    show([]);
  };
  const onCompositionStart = () => {
    composing = { base: text.toString(), deltas: [] };
  };
  const onCompositionEnd = () => {
    const begun = composing;
    composing = undefined;
    if (begun) write(begun.base, begun.deltas);
    show(begun?.deltas ?? []);
  };
  const onTextEvent = (event: Y.YTextEvent) => {
    if (writing) return;
    if (composing) composing.deltas.push(event.delta);
    else show([event.delta]);
  };

  show([]);
  text.observe(onTextEvent);
  area.addEventListener('input', onInput);
  area.addEventListener('compositionstart', onCompositionStart);
  area.addEventListener('compositionend', onCompositionEnd);
  return () => {
    text.unobserve(onTextEvent);
    area.removeEventListener('input', onInput);
    area.removeEventListener('compositionstart', onCompositionStart);
    area.removeEventListener('compositionend', onCompositionEnd);
  };
}
