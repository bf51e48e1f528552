import { EDITOR_PADDING_PX, LINE_HEIGHT_PX } from './editor-height';
import type { monaco } from './monaco-setup';

type Options = monaco.editor.IStandaloneEditorConstructionOptions;

const OPTIONS: Options = {
  ariaLabel: 'SQL',
  automaticLayout: true,
  // A dozen editors with layers of their own cost more than their lines do.
  disableLayerHinting: true,
  // A real textarea: browsers' test tools, dictation and extensions know how to write into it.
  editContext: false,
  fixedOverflowWidgets: true,
  folding: false,
  fontFamily:
    'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSize: 14,
  glyphMargin: false,
  lineHeight: LINE_HEIGHT_PX,
  lineDecorationsWidth: 8,
  lineNumbersMinChars: 3,
  minimap: { enabled: false },
  occurrencesHighlight: 'off',
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  padding: { top: EDITOR_PADDING_PX, bottom: EDITOR_PADDING_PX },
  quickSuggestions: { other: true, comments: false, strings: false },
  // A line's end stays one unless the choice was made with the arrows.
  acceptSuggestionOnEnter: 'smart',
  // Many editors on a page: only the one that is written in says where.
  renderLineHighlight: 'line',
  renderLineHighlightOnlyWhenFocus: true,
  scrollBeyondLastLine: false,
  // The page scrolls on when the editor has nothing to scroll.
  scrollbar: { alwaysConsumeMouseWheel: false, handleMouseWheel: true },
  tabSize: 2,
  // What is typed stays what is typed.
  unicodeHighlight: { ambiguousCharacters: false },
  wordBasedSuggestions: 'off',
};

/** @param overlay where suggestions and hovers are drawn: a cell clips what stands out of it */
export function monacoOptions(overlay: HTMLElement, placeholder: string): Options {
  return { ...OPTIONS, overflowWidgetsDomNode: overlay, placeholder };
}
