import type { EditorSurface } from './editor-surface';

/** The plain editor: at work until Monaco has come, and for good where fingers type. */
export function textareaSurface(textarea: HTMLTextAreaElement): EditorSurface {
  return {
    text: () => textarea.value,
    selection: () => ({ start: textarea.selectionStart, end: textarea.selectionEnd }),
    reveal({ start, end }) {
      textarea.focus();
      textarea.setSelectionRange(start, end);
    },
    focus: () => textarea.focus(),
    // A textarea cannot underline; the error itself names its line, and `reveal` selects the place.
    mark: () => {},
  };
}
