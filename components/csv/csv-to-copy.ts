import type { CsvBatch } from './csv-batches';
import { CsvError } from './csv-error';
import type { CsvPlan } from './csv-plan';
import { fits } from './infer-types';
import { LineMap } from './line-map';
import { nextTurn } from './next-turn';

/** How far a copy is. */
export interface CopyProgress {
  readonly bytesRead: number;
  readonly rows: number;
}

/** A value in an error message is cut to so many characters. */
const SHOWN_VALUE = 60;

/** Turns rows into what COPY reads, and looks at every value on the way. */
export class CopyWriter {
  /** To find the line in the file of a row that the server refuses. */
  readonly lines = new LineMap();
  private readonly encoder = new TextEncoder();
  private rowCount = 0;
  private headerSeen = false;

  constructor(private readonly plan: CsvPlan) {}

  get rows(): number {
    return this.rowCount;
  }

  /** The batch as COPY's text format. Throws `CsvError` where a value does not fit its column. */
  write({ rows, lines }: CsvBatch): Uint8Array {
    let text = '';
    rows.forEach((row, index) => {
      if (this.plan.format.header && !this.headerSeen) {
        this.headerSeen = true;
        return;
      }
      const line = lines[index] ?? 0;
      this.rowCount++;
      this.lines.add(this.rowCount, line);
      text += this.row(row, line);
    });
    return this.encoder.encode(text);
  }

  private row(row: readonly string[], line: number): string {
    const { columns } = this.plan;
    if (row.length !== columns.length) {
      throw new CsvError(
        'field-count',
        `Line ${line} has ${row.length} ${row.length === 1 ? 'value' : 'values'}, but there are ${columns.length} columns.`,
        line,
      );
    }
    const cells = columns.map(({ name, type }, index) => {
      const value = row[index] ?? '';
      if (value === '') return '\\N';
      // Spaces around a number mean nothing; in a text they may.
      const meant = type === 'text' ? value : value.trim();
      if (meant === '') return '\\N';
      if (!fits(type, meant)) {
        throw new CsvError(
          'value',
          `Line ${line}, column “${name}”: “${shorten(value)}” is no ${type}. Choose text for this column, or another type.`,
          line,
        );
      }
      if (meant.includes('\0')) {
        throw new CsvError(
          'value',
          `Line ${line}, column “${name}” holds a NUL character, which PostgreSQL cannot keep.`,
          line,
        );
      }
      return escapeCopy(meant);
    });
    return `${cells.join('\t')}\n`;
  }
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeCopy(value: string): string {
  return /[\\\n\r\t]/.test(value)
    ? value.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character)
    : value;
}

function shorten(value: string): string {
  return value.length > SHOWN_VALUE ? `${value.slice(0, SHOWN_VALUE)}…` : value;
}

/** The source of a COPY: reads on as fast as the server takes what it is given. */
export async function* copySource(
  batches: AsyncIterable<CsvBatch>,
  writer: CopyWriter,
  signal: AbortSignal,
  onProgress: (progress: CopyProgress) => void,
): AsyncGenerator<Uint8Array> {
  for await (const batch of batches) {
    if (signal.aborted) throw new CsvError('cancelled', 'The import was cancelled.');
    const bytes = writer.write(batch);
    yield bytes;
    onProgress({ bytesRead: batch.bytesRead, rows: writer.rows });
    // A server that takes all at once must not hold the page.
    await nextTurn();
  }
}
