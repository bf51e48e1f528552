import type { ParseError } from 'papaparse';
import { CsvError } from './csv-error';
import type { CsvFormat } from './csv-format';

/** What is read, decoded and parsed in one go: some five milliseconds of work. */
const SLICE_BYTES = 128 * 1024;
/** A longer row is no row but a quote that was never closed. In characters. */
const MAX_ROW_LENGTH = 4_000_000;

export interface CsvBatch {
  readonly rows: readonly (readonly string[])[];
  /** In the file, from 1: where each row begins. */
  readonly lines: readonly number[];
  /** Of the file, so far. */
  readonly bytesRead: number;
}

/**
 * Reads a file row by row, a slice at a time, so that neither the page nor its memory is held. Empty lines are left
 * out. Throws `CsvError` where the bytes or the quotes are broken.
 * @param limit bytes of the file to read at most; a row that it cuts is left out
 */
export async function* csvBatches(
  file: Blob,
  format: CsvFormat,
  limit = Infinity,
): AsyncGenerator<CsvBatch> {
  const { default: Papa } = await import('papaparse');
  const { delimiter, newline } = format;
  const parser = new Papa.Parser({ delimiter, newline });
  const decoder = new TextDecoder(format.encoding, { fatal: true });
  const size = Math.min(file.size, limit);
  let rest = '';
  let line = 1;
  for (let at = 0; at < size; at += SLICE_BYTES) {
    const end = Math.min(at + SLICE_BYTES, size);
    const bytes = await file.slice(at, end).arrayBuffer();
    const isLast = end >= file.size;
    const text = rest + decode(decoder, bytes, isLast, format, line);
    const found = parser.parse(text, 0, !isLast) as Parsed;
    const batch = take(found, line, newline, end);
    const broken = found.errors.find(({ row = 0 }) => row < found.data.length);
    if (broken) throw quoteError(broken, batch.startLines[broken.row ?? 0] ?? line);
    line = batch.nextLine;
    rest = text.slice(found.meta.cursor);
    if (isLast) rest = '';
    if (rest.length > MAX_ROW_LENGTH) throw quoteError(found.errors[0], line);
    yield batch;
  }
}

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly ParseError[];
  readonly meta: { readonly cursor: number };
}

function decode(
  decoder: TextDecoder,
  bytes: ArrayBuffer,
  isLast: boolean,
  { encoding }: CsvFormat,
  line: number,
): string {
  try {
    return decoder.decode(bytes, { stream: !isLast });
  } catch {
    throw new CsvError(
      'encoding',
      `After line ${line} the file holds bytes that are no ${encoding.toUpperCase()}. Choose another encoding, most likely Windows-1252.`,
      line,
    );
  }
}

function quoteError(error: ParseError | undefined, line: number): CsvError {
  const what =
    error?.code === 'InvalidQuotes'
      ? 'has a quote in the middle of a quoted value. Inside quotes a quote is written twice: "".'
      : 'opens a quote that is never closed.';
  return new CsvError('quotes', `The row that begins at line ${line} ${what}`, line);
}

interface Taken extends CsvBatch {
  /** Of all rows parsed, those left out included. */
  readonly startLines: readonly number[];
  readonly nextLine: number;
}

function take({ data }: Parsed, firstLine: number, newline: string, bytesRead: number): Taken {
  const rows: string[][] = [];
  const lines: number[] = [];
  const startLines: number[] = [];
  let line = firstLine;
  for (const row of data) {
    startLines.push(line);
    const start = line;
    line++;
    for (const cell of row) line += lineEnds(cell, newline);
    if (newline === '\n') dropReturn(row);
    // An empty line, or the nothing after the last one.
    if (row.length === 1 && row[0] === '') continue;
    rows.push(row);
    lines.push(start);
  }
  return { rows, lines, bytesRead, startLines, nextLine: line };
}

function lineEnds(cell: string, newline: string): number {
  let count = 0;
  for (let at = cell.indexOf(newline); at >= 0; at = cell.indexOf(newline, at + 1)) count++;
  return count;
}

/** Lines may end with `\r\n`, some or all of them. */
function dropReturn(row: string[]): void {
  const last = row[row.length - 1];
  if (last?.endsWith('\r')) row[row.length - 1] = last.slice(0, -1);
}
