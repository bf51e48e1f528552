import { announceWithoutAlarm } from '../ui/live-region';
import type { EditorSurface, Span } from './editor-surface';
import { monaco } from './monaco-setup';

const MARKER_OWNER = 'postgres';

type Editor = monaco.editor.IStandaloneCodeEditor;

/** A Monaco editor as the page knows editors. */
export function monacoSurface(editor: Editor, model: monaco.editor.ITextModel): EditorSurface {
  const rangeOf = ({ start, end }: Span) =>
    monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
  return {
    text: () => model.getValue(),
    selection() {
      const range = editor.getSelection();
      if (!range) return { start: 0, end: 0 };
      return {
        start: model.getOffsetAt(range.getStartPosition()),
        end: model.getOffsetAt(range.getEndPosition()),
      };
    },
    reveal(span) {
      editor.setSelection(rangeOf(span));
      editor.revealRangeInCenterIfOutsideViewport(rangeOf(span));
      editor.focus();
    },
    focus: () => editor.focus(),
    mark(marks) {
      monaco.editor.setModelMarkers(
        model,
        MARKER_OWNER,
        marks.map((mark) => ({
          ...rangeOf(mark),
          message: mark.message,
          severity: monaco.MarkerSeverity.Error,
        })),
      );
    },
  };
}

/** What a form filler, a screen reader and a person at the keyboard expect of an editor on a page with many. */
export function tameEditor(editor: Editor, model: monaco.editor.ITextModel): void {
  document.querySelectorAll('.monaco-alert').forEach(announceWithoutAlarm);
  // Who selects the whole textarea and then focuses it, as tools that fill in forms do, means the whole text;
  // Monaco keeps only lines around the cursor in there.
  const textarea = editor.getDomNode()?.querySelector('textarea');
  textarea?.addEventListener(
    'focus',
    () => {
      const { selectionStart, selectionEnd, value } = textarea;
      if (value !== '' && selectionStart === 0 && selectionEnd === value.length) {
        editor.setSelection(model.getFullModelRange());
      }
    },
    { capture: true },
  );
  // Escape leaves the editor, also from a selection, which Monaco would only collapse.
  editor.addAction({
    id: 'warren.leave',
    label: 'Leave the editor',
    keybindings: [monaco.KeyCode.Escape],
    keybindingContext: '!suggestWidgetVisible && !findWidgetVisible && !inSnippetMode',
    run: () => leaveTo(editor),
  });
}

/** To the cell the editor stands in. */
function leaveTo(editor: Editor): void {
  editor.getDomNode()?.closest<HTMLElement>('[data-cell]')?.focus();
}
