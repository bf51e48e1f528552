import type { Column } from './column';
import { csvWriter } from './formats/csv';
import { jsonWriter } from './formats/json';
import { inSlices } from './in-slices';
import type { Rows } from './rows';

const FORMATS = {
  csv: { writer: csvWriter, type: 'text/csv;charset=utf-8' },
  json: { writer: jsonWriter, type: 'application/json' },
} as const;

export type DownloadFormat = keyof typeof FORMATS;

/** Rows between two looks at the clock. */
const ROWS_A_STEP = 200;
/** Text is handed to the browser in pieces of this many characters, so it is never in memory as one string. */
const PIECE_LENGTH = 1_000_000;

/** All rows as a file, made in short tasks. */
export function tableFile(
  rows: Rows,
  columns: readonly Column[],
  format: DownloadFormat,
  signal: AbortSignal,
): Promise<Blob> {
  return inSlices(fileSteps(rows, columns, format), signal);
}

function* fileSteps(
  rows: Rows,
  columns: readonly Column[],
  format: DownloadFormat,
): Generator<void, Blob> {
  const { writer: makeWriter, type } = FORMATS[format];
  const writer = makeWriter(columns);
  const pieces: Blob[] = [];
  let piece = writer.head;
  for (let row = 0; row < rows.rowCount; row++) {
    const cells = columns.map((_, column) => rows.text(row, column));
    piece += writer.row(cells, row);
    if (piece.length >= PIECE_LENGTH) {
      pieces.push(new Blob([piece]));
      piece = '';
    }
    if (row % ROWS_A_STEP === 0) yield;
  }
  pieces.push(new Blob([piece, writer.tail]));
  return new Blob(pieces, { type });
}

/** Longer names are cut by some file systems. */
const NAME_LENGTH = 40;

/** A file's name from what people call a cell or write into it: `select-from-orders.csv`. */
export function fileName(title: string, format: DownloadFormat): string {
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, NAME_LENGTH)
    .replace(/^-+|-+$/g, '');
  return `${words || 'result'}.${format}`;
}

/** A minute is enough for a browser to have asked where to put a file. */
const KEPT_MS = 60_000;

export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
