import * as monaco from 'monaco-editor/editor';
// Only what a SQL editor of this page uses: all features together are three times as large.
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/codeEditor/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/placeholderText/register';
import 'monaco-editor/features/smartSelect/register';
import 'monaco-editor/features/snippet/register';
// Monaco's own `features/suggest` leaves out the widget.
import 'monaco-editor/editor/contrib/suggest/browser/suggestController.js';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/tokenization/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/pgsql/register';
import { loader } from '@monaco-editor/react';
import { MONACO_THEMES } from './monaco-themes';

self.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), {
      type: 'module',
    }),
};

for (const [name, theme] of Object.entries(MONACO_THEMES)) {
  monaco.editor.defineTheme(`warren-${name}`, theme);
}

// From this server, never from the network the loader knows.
loader.config({ monaco });

export { monaco };
