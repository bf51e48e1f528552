import { MAX_COLUMNS } from './column-names';
import { csvBatches } from './csv-batches';
import { CsvError } from './csv-error';
import { type CsvFormat, DELIMITERS } from './csv-format';
import { detectEncoding } from './encoding';
import { type CsvType, inferTypes, looksLikeHeader } from './infer-types';

/** What types are guessed from: the beginning of the file. All of it is verified while it is copied. */
const SAMPLE_BYTES = 1024 * 1024;
const SAMPLE_ROWS = 5000;
/** Rows shown before the import. */
const PREVIEW_ROWS = 8;

/** What a file's beginning says of it. */
export interface CsvInspection {
  readonly format: CsvFormat;
  /** False when the bytes are no UTF-8, so that the encoding is a guess. */
  readonly encodingCertain: boolean;
  /** The columns' titles; empty texts without a header. */
  readonly header: readonly string[];
  readonly types: readonly CsvType[];
  readonly preview: readonly (readonly string[])[];
}

/** Looks at a file's beginning. @param chosen what somebody knows better */
export async function inspectCsv(
  file: Blob,
  chosen: Partial<CsvFormat> = {},
): Promise<CsvInspection> {
  if (file.size === 0) throw new CsvError('empty', 'The file is empty.');
  const head = new Uint8Array(await file.slice(0, SAMPLE_BYTES).arrayBuffer());
  const detected = detectEncoding(head, file.size <= SAMPLE_BYTES);
  const encoding = chosen.encoding ?? detected.encoding;
  const text = new TextDecoder(encoding).decode(head);
  const newline = chosen.newline ?? (text.includes('\n') || !text.includes('\r') ? '\n' : '\r');
  const delimiter = chosen.delimiter ?? (await guessDelimiter(text, newline));
  const rows = await sampleRows(file, { encoding, delimiter, newline, header: false });
  const [first] = rows;
  if (!first) throw new CsvError('empty', 'The file holds no rows.');
  if (first.length > MAX_COLUMNS) {
    throw new CsvError(
      'too-many-columns',
      `The file has ${first.length} columns; a table has at most ${MAX_COLUMNS}. Perhaps another delimiter is meant.`,
    );
  }
  const header = chosen.header ?? looksLikeHeader(first);
  const data = header ? rows.slice(1) : rows;
  return {
    format: { encoding, delimiter, newline, header },
    encodingCertain: detected.certain,
    header: header ? first : first.map(() => ''),
    types: inferTypes(
      data.map((row) => row.map((cell) => cell.trim())),
      first.length,
    ),
    preview: data.slice(0, PREVIEW_ROWS),
  };
}

async function sampleRows(file: Blob, format: CsvFormat): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const batch of csvBatches(file, format, SAMPLE_BYTES)) {
    for (const row of batch.rows.slice(0, SAMPLE_ROWS - rows.length)) rows.push(row);
    if (rows.length >= SAMPLE_ROWS) break;
  }
  return rows;
}

async function guessDelimiter(text: string, newline: CsvFormat['newline']) {
  const { default: Papa } = await import('papaparse');
  const { meta } = Papa.parse<string[]>(text.slice(0, 100_000), {
    newline,
    preview: 20,
    skipEmptyLines: true,
    delimitersToGuess: [...DELIMITERS],
  });
  return DELIMITERS.find((delimiter) => delimiter === meta.delimiter) ?? ',';
}
