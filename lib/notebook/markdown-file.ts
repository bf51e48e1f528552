import type { CarriedNotebook } from './carried';
import type { NewCell } from './cells';
import {
  type FileHeader,
  headerJson,
  markedCell,
  readHeader,
  type Section,
  sections,
  settingsJson,
  trimLines,
} from './file-marks';
import { readForeignMarkdown } from './foreign-markdown';

/*
 * Markdown that reads well anywhere; comments, which are not shown, say where cells begin:
 *
 *     <!-- warren notebook {"schema":1,"title":"Shop","values":[]} -->
 *
 *     # Shop
 *
 *     <!-- warren text -->
 *
 *     Prose.
 *
 *     <!-- warren sql {"view":{"kind":"grid"}} -->
 *
 *     ```sql
 *     select 1
 *     ```
 *
 * An empty line stands after each mark and at each cell's end. A line of a cell that looks like a
 * mark gets a backslash before its `warren`.
 */
// With the flag s: U+2028 stands unescaped in JSON, and `.` would end there.
const HEADER = /^<!-- warren notebook (\{.*\}) -->$/s;
const MARK = /^<!-- warren (sql|text|input)(?: (\{.*\}))? -->$/s;
const LIKE_A_MARK = /^(<!-- )(\\*warren )/;
const ESCAPED = /^(<!-- )\\(\\*warren )/;

/** A notebook as Markdown with fenced SQL; `readMarkdownFile` gives the same cells back. */
export function writeMarkdownFile(notebook: CarriedNotebook): string {
  const { title, cells } = notebook;
  const heading = title === '' ? [] : [`# ${title}\n`];
  const blocks = cells.map((cell) => {
    const mark = ['<!-- warren', cell.kind, inComment(settingsJson(cell)), '-->'];
    return [mark.filter((part) => part !== '').join(' '), '', ...linesOf(cell), ''].join('\n');
  });
  const header = `<!-- warren notebook ${inComment(headerJson(notebook))} -->\n`;
  return [header, ...heading, ...blocks].join('\n');
}

function linesOf({ kind, text = '' }: NewCell): string[] {
  const lines = text.split('\n').map((line) => line.replace(LIKE_A_MARK, '$1\\$2'));
  if (kind !== 'sql') return lines;
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}sql`, ...lines, fence];
}

/** JSON that does not end a comment: its strings may hold `-->`. */
function inComment(json: string): string {
  return json.replaceAll('>', '\\u003e').replaceAll('--', '-\\u002d');
}

/** The notebook in Markdown; undefined when its first line is not our mark. */
export function readMarkdownFile(
  text: string,
): { readonly header: FileHeader; readonly cells: readonly NewCell[] } | undefined {
  const [first = '', ...lines] = text.split('\n');
  const json = HEADER.exec(first)?.[1];
  if (json === undefined) return undefined;
  const header = readHeader(json);
  const cells = sections(lines, MARK).flatMap((section) => readSection(section, header.title));
  return { header, cells };
}

function readSection({ kind, settings, lines }: Section, title: string): NewCell[] {
  const plain = lines.map((line) => line.replace(ESCAPED, '$1$2'));
  if (kind === undefined) {
    // The title's heading, and what somebody has written above the first mark.
    return readForeignMarkdown(plain.filter((line) => line !== `# ${title}`));
  }
  if (kind !== 'sql') {
    const inner = plain.slice(plain[0] === '' ? 1 : 0, plain.at(-1) === '' ? -1 : undefined);
    return [markedCell(kind, settings, inner.join('\n'))];
  }
  const cells = readForeignMarkdown(plain);
  const index = cells.findIndex((cell) => cell.kind === 'sql');
  // Without a fence, somebody has taken it away.
  if (index < 0) return [markedCell('sql', settings, trimLines(plain).join('\n'))];
  return cells.with(index, markedCell('sql', settings, cells[index]?.text ?? ''));
}
