import { type ScriptPart, splitScript } from '../postgres/meta-commands/script';

/**
 * The statement or meta-command at a cursor; its `end` is before its semicolon. The one the cursor touches; between
 * two, the one that ends before it on the same line, else the next; after the last, the last.
 * Undefined when the text holds none. Indices count UTF-16 units.
 */
export function statementAt(text: string, cursor: number): ScriptPart | undefined {
  const statements = splitScript(text);
  const index = statements.findIndex(({ end }) => cursor <= end);
  if (index < 0) return statements.at(-1);
  const [found, previous] = [statements[index], statements[index - 1]];
  if (!found || !previous || cursor >= found.start) return found;
  return text.slice(previous.end, cursor).includes('\n') ? found : previous;
}
