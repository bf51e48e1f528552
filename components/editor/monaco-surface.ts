import { announceWithoutAlarm } from '../ui/live-region';
import { currentTheme, onThemeChange } from '../ui/theme';
import type { EditorSurface, Span } from './editor-surface';
import { monaco } from './monaco-setup';

const MARKER_OWNER = 'postgres';

interface MonacoStart {
  readonly container: HTMLElement;
  readonly text: string;
  readonly selection: Span;
  readonly focused: boolean;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}

export interface MonacoSurface extends EditorSurface {
  dispose(): void;
}

/** Monaco in `container`, going on where the plain editor was. */
export function createMonaco(start: MonacoStart): MonacoSurface {
  const model = monaco.editor.createModel(start.text, 'pgsql');
  const editor = monaco.editor.create(start.container, {
    ...OPTIONS,
    model,
    theme: `warren-${currentTheme()}`,
  });
  document.querySelectorAll('.monaco-alert').forEach(announceWithoutAlarm);
  const rangeOf = ({ start, end }: Span) =>
    monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));

  editor.setSelection(rangeOf(start.selection));
  editor.revealRangeInCenterIfOutsideViewport(rangeOf(start.selection));
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, start.onRun);
  editor.onDidChangeModelContent(() => start.onChange(model.getValue()));
  // Who selects the whole textarea and then focuses it, as tools that fill in forms do, means the whole text;
  // Monaco keeps only lines around the cursor in there.
  const textarea = start.container.querySelector('textarea');
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
  if (start.focused) editor.focus();
  const offTheme = onThemeChange(() => monaco.editor.setTheme(`warren-${currentTheme()}`));

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
    dispose() {
      offTheme();
      editor.dispose();
      model.dispose();
    },
  };
}

const OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  ariaLabel: 'SQL',
  automaticLayout: true,
  // A real textarea: browsers' test tools, dictation and extensions know how to write into it.
  editContext: false,
  fixedOverflowWidgets: true,
  folding: false,
  fontFamily:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSize: 14,
  lineHeight: 21,
  lineDecorationsWidth: 8,
  lineNumbersMinChars: 3,
  minimap: { enabled: false },
  occurrencesHighlight: 'off',
  overviewRulerLanes: 0,
  padding: { top: 10, bottom: 10 },
  quickSuggestions: false,
  renderLineHighlight: 'line',
  scrollBeyondLastLine: false,
  scrollbar: { alwaysConsumeMouseWheel: false },
  tabSize: 2,
  // What is typed stays what is typed.
  unicodeHighlight: { ambiguousCharacters: false },
  wordBasedSuggestions: 'off',
};
