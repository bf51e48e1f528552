import type { CarriedNotebook } from './carried';
import type { NewCell } from './cells';
import { readForeignMarkdown } from './foreign-markdown';
import { readForeignSql } from './foreign-sql';
import { MAX_CELL_TEXT, MAX_CELLS } from './limits';
import { readMarkdownFile } from './markdown-file';
import { readSqlFile } from './sql-file';
import { unixLines } from './text-edits';

/** Bytes of a file that is read: it becomes one update, which the room must still take. */
export const MAX_FILE_BYTES = 2_000_000;

export type FileProblem =
  | 'empty'
  | 'too-large'
  /** Neither UTF-8 nor UTF-16, or a binary file. */
  | 'not-text'
  | 'too-many-cells'
  | 'cell-too-long'
  /** A newer version of Warren has written it. */
  | 'newer';

export type FileOutcome =
  | { readonly kind: 'read'; readonly notebook: CarriedNotebook }
  /** `message` is a sentence for people. */
  | { readonly kind: 'refused'; readonly problem: FileProblem; readonly message: string };

const SENTENCES: Record<FileProblem, string> = {
  empty: 'The file is empty.',
  'too-large': `A file of at most ${MAX_FILE_BYTES / 1_000_000} MB can be imported. Data goes into a table instead: drop a CSV file on the page.`,
  'not-text': 'The file is not text in UTF-8. Save it in that encoding and try again.',
  'too-many-cells': `A notebook holds ${MAX_CELLS.toLocaleString('en')} cells; the file has more.`,
  'cell-too-long': `A cell holds ${MAX_CELL_TEXT.toLocaleString('en')} characters; one in the file has more.`,
  newer: 'A newer version of Warren has written the file. Reload the page and try again.',
};

/** Reads a `.sql` or Markdown file, ours or any other; what it holds is never run. */
export function readNotebookFile(name: string, bytes: Uint8Array): FileOutcome {
  if (bytes.length > MAX_FILE_BYTES) return refuse('too-large');
  const decoded = decode(bytes);
  if (decoded === undefined) return refuse('not-text');
  if (decoded.trim() === '') return refuse('empty');
  const text = unixLines(decoded);
  const ours = readSqlFile(text) ?? readMarkdownFile(text);
  if (ours?.header.newer) return refuse('newer');
  const title = name.replace(/^.*[\\/]/, '').replace(/\.\w+$/, '');
  const { values } = ours?.header ?? { values: new Map<string, string>() };
  const cells = ours?.cells ?? readForeign(name, text);
  if (cells.length > MAX_CELLS) return refuse('too-many-cells');
  if (cells.some((cell) => (cell.text?.length ?? 0) > MAX_CELL_TEXT))
    return refuse('cell-too-long');
  return { kind: 'read', notebook: { title: ours?.header.title ?? title, values, cells } };
}

function readForeign(name: string, text: string): readonly NewCell[] {
  return /\.(md|markdown|mdown|txt)$/i.test(name)
    ? readForeignMarkdown(text.split('\n'))
    : readForeignSql(text);
}

function refuse(problem: FileProblem): FileOutcome {
  return { kind: 'refused', problem, message: SENTENCES[problem] };
}

/** Without its byte order mark; undefined when it is no text. */
function decode(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  const encoding =
    a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
