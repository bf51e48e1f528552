// Monaco is handed in, so that this file loads none of it by itself.
import type * as Monaco from 'monaco-editor/editor';
import { catalogueOf } from '../schema/catalogue-state';
import type { CatalogueStore } from '../schema/catalogue-store';
import { complete, type Suggestion, type SuggestionKind } from './complete';
import { describe } from './describe';

const LANGUAGE = 'pgsql';

/** Completion and hover in all SQL editors of the page. The function returned takes them away. */
export function registerCompletion(monaco: typeof Monaco, catalogue: CatalogueStore): () => void {
  let leave: (() => void) | undefined;
  const look = () => {
    // The catalogue is read from the first question on, not when an editor comes.
    leave ??= catalogue.state.subscribe(() => {});
    return catalogueOf(catalogue.state.get());
  };
  const completion = monaco.languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: ['.', ' ', '"'],
    provideCompletionItems(model, position, context) {
      if (context.triggerCharacter === ' ' && !asksForName(model, position)) {
        return { suggestions: [] };
      }
      const offset = model.getOffsetAt(position);
      const { from, suggestions, more } = complete(model.getValue(), offset, look());
      const range = monaco.Range.fromPositions(model.getPositionAt(from), position);
      return {
        suggestions: suggestions.map((suggestion, index) =>
          toItem(monaco, suggestion, range, index),
        ),
        incomplete: more,
      };
    },
  });
  const hover = monaco.languages.registerHoverProvider(LANGUAGE, {
    provideHover(model, position) {
      const found = describe(model.getValue(), model.getOffsetAt(position), look());
      if (!found) return null;
      const [start, end] = [model.getPositionAt(found.start), model.getPositionAt(found.end)];
      return {
        range: monaco.Range.fromPositions(start, end),
        contents: [
          { value: fenced(found.code) },
          // Comments are anybody's text: shown as it is, never as Markdown.
          ...found.lines.map((line) => ({ value: escapeMarkdown(line) })),
        ],
      };
    },
  });
  return () => {
    completion.dispose();
    hover.dispose();
    leave?.();
  };
}

/** After these words a space opens the list; after every word it would be in the way. */
const NAME_FOLLOWS = /\b(from|join|update|into|table|on)\s$/i;

function asksForName(model: Monaco.editor.ITextModel, { lineNumber, column }: Monaco.IPosition) {
  return NAME_FOLLOWS.test(model.getLineContent(lineNumber).slice(0, column - 1));
}

function toItem(
  monaco: typeof Monaco,
  { kind, label, insert, call, detail, comment }: Suggestion,
  range: Monaco.IRange,
  index: number,
): Monaco.languages.CompletionItem {
  const { CompletionItemInsertTextRule } = monaco.languages;
  return {
    label: { label, description: detail },
    kind: kindOf(monaco, kind),
    insertText: call ? `${escapeSnippet(insert)}($0)` : insert,
    ...(call ? { insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet } : {}),
    // Inside quotes what is compared begins with the quote.
    filterText: insert.startsWith('"') ? `${insert} ${label}` : label,
    ...(comment === undefined ? {} : { documentation: comment }),
    sortText: String(index).padStart(5, '0'),
    range,
  };
}

function kindOf(
  { languages: { CompletionItemKind } }: typeof Monaco,
  kind: SuggestionKind,
): Monaco.languages.CompletionItemKind {
  switch (kind) {
    case 'keyword':
      return CompletionItemKind.Keyword;
    case 'function':
      return CompletionItemKind.Function;
    case 'relation':
      return CompletionItemKind.Class;
    case 'column':
      return CompletionItemKind.Field;
    case 'schema':
      return CompletionItemKind.Module;
    case 'alias':
      return CompletionItemKind.Variable;
    case 'type':
      return CompletionItemKind.TypeParameter;
    case 'condition':
      return CompletionItemKind.Snippet;
    default:
      return kind satisfies never;
  }
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** A code block that its text cannot end. */
function fenced(code: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sql\n${code}\n${fence}`;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~]/g, '\\$&').replaceAll('\n', '  \n');
}
