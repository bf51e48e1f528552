import { splitStatements } from '../postgres/statements';
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

/*
 * A script that psql runs, whose comments say where cells begin:
 *
 *     -- warren notebook {"schema":1,"title":"Shop","values":[]}
 *
 *     -- %% text
 *     -- # Customers
 *
 *     -- %% sql {"view":{"kind":"grid"}}
 *     select 1
 *     ;-- %%
 *
 * The last line stands where a cell does not end its last statement itself. A line of a cell that
 * looks like a mark gets a backslash before its %%; an empty line ends each cell.
 */
// With the flag s: U+2028 stands unescaped in JSON, and `.` would end there.
const HEADER = /^-- warren notebook (\{.*\})$/s;
const MARK = /^-- %% (sql|text|input)(?: (\{.*\}))?$/s;
const END = ';-- %%';
const LIKE_A_MARK = /^(;?-- )(\\*%%)/;
const ESCAPED = /^(;?-- )\\(\\*%%)/;

/** A notebook as a script: psql runs it, and `readSqlFile` gives the same cells back. */
export function writeSqlFile(notebook: CarriedNotebook): string {
  const blocks = notebook.cells.map((cell) => {
    const mark = `-- %% ${cell.kind} ${settingsJson(cell)}`.trimEnd();
    return [mark, ...linesOf(cell), ''].join('\n');
  });
  return [`-- warren notebook ${headerJson(notebook)}\n`, ...blocks].join('\n');
}

function linesOf({ kind, text = '' }: NewCell): string[] {
  const lines = text.split('\n');
  const guard = (line: string) => line.replace(LIKE_A_MARK, '$1\\$2');
  if (kind !== 'sql') return lines.map((line) => guard(line === '' ? '--' : `-- ${line}`));
  const open = splitStatements(text).at(-1)?.terminated === false;
  return [...lines.map(guard), ...(open ? [END] : [])];
}

/** The notebook in a script; undefined when its first line is not our mark. */
export function readSqlFile(
  text: string,
): { readonly header: FileHeader; readonly cells: readonly NewCell[] } | undefined {
  const [first = '', ...lines] = text.split('\n');
  const header = HEADER.exec(first)?.[1];
  if (header === undefined) return undefined;
  return { header: readHeader(header), cells: sections(lines, MARK).flatMap(readSection) };
}

function readSection({ kind, settings, lines }: Section): NewCell[] {
  if (kind === undefined) {
    // Somebody has written above the first mark.
    const text = trimLines(lines).join('\n');
    return text === '' ? [] : [{ kind: 'sql', text }];
  }
  const own = lines.at(-1) === '' ? lines.slice(0, -1) : [...lines];
  if (kind === 'sql' && own.at(-1) === END) own.pop();
  const plain = own.map((line) => line.replace(ESCAPED, '$1$2'));
  const text = kind === 'sql' ? plain : plain.map((line) => line.replace(/^-- ?/, ''));
  return [markedCell(kind, settings, text.join('\n'))];
}
