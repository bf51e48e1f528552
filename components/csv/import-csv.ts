import type { Backend } from '@/lib/machine/types';
import { connectClient } from '@/lib/postgres/client';
import { PgError } from '@/lib/postgres/errors';
import { csvBatches } from './csv-batches';
import { CsvError } from './csv-error';
import { type CsvPlan, copyStatement, createStatement } from './csv-plan';
import { type CopyProgress, CopyWriter, copySource } from './csv-to-copy';

interface ImportOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CopyProgress) => void;
}

/**
 * Makes the table and fills it, in a PostgreSQL session of its own and in one transaction: a failure, or a cut
 * connection, leaves nothing behind. Resolves with the number of rows.
 */
export async function importCsv(
  backend: Backend,
  file: Blob,
  plan: CsvPlan,
  { signal, onProgress }: ImportOptions,
): Promise<number> {
  const client = await connectClient(backend.connect(), {
    // Over the relay it is overwritten by the link's role.
    user: 'owner',
    database: 'postgres',
    applicationName: 'Warren import',
    signal,
  });
  const writer = new CopyWriter(plan);
  // Cutting the session is what cancels a server that does not take more just now.
  const cut = () => client.destroy();
  signal.addEventListener('abort', cut, { once: true });
  try {
    await client.simple('begin');
    await client.simple(createStatement(plan));
    const source = copySource(csvBatches(file, plan.format), writer, signal, onProgress);
    await client.copyIn(copyStatement(plan), source);
    // From here on it is done or not by the server's word alone.
    signal.removeEventListener('abort', cut);
    signal.throwIfAborted();
    await client.simple('commit');
    return writer.rows;
  } catch (error) {
    if (signal.aborted)
      throw new CsvError('cancelled', 'The import was cancelled. Nothing was kept.');
    throw error instanceof PgError ? explain(error, writer) : error;
  } finally {
    signal.removeEventListener('abort', cut);
    client.end();
  }
}

/** What PostgreSQL says of a row of COPY counts rows; people look for a line of their file. */
function explain(error: PgError, writer: CopyWriter): Error {
  if (error.code === '42P07') {
    return new CsvError('value', `${capital(error.message)}. Choose another name for the table.`);
  }
  const row = /^COPY .*, line (\d+)(?:, column (.+?):)?/m.exec(error.where ?? '');
  if (!row) return error;
  const line = writer.lines.lineOf(Number(row[1]));
  const column = row[2] === undefined ? '' : `, column “${row[2]}”`;
  return new CsvError('value', `Line ${line}${column}: ${error.message}.`, line);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
