import { asFileError, FileError } from '@/lib/machine/file-error';
import type { OpenStream } from '@/lib/machine/files';
import { readProgram } from '@/lib/machine/program';
import { counted } from './counted';
import { type ExportChoices, exportCommand, tableFilter } from './export-plan';
import type { FileSink } from './file-sink';

interface ExportWatch {
  readonly signal: AbortSignal;
  /** Bytes that went into the file. */
  onProgress(bytes: number): void;
}

/**
 * Streams a dump made by pg_dump in the machine into a file on this computer. The file is only closed when pg_dump
 * ended well; else it is aborted, which leaves nothing. Rejects with FileError.
 */
export async function exportDatabase(
  open: OpenStream,
  choices: ExportChoices,
  sink: FileSink,
  { signal, onProgress }: ExportWatch,
): Promise<void> {
  const dump = readProgram(
    open,
    { argv: exportCommand(choices), user: 'postgres', signal },
    new TextEncoder().encode(tableFilter(choices.tables ?? [])),
  );
  const bytes =
    choices.format === 'plain-gzip' ? dump.pipeThrough(new CompressionStream('gzip')) : dump;
  try {
    await bytes.pipeThrough(counted(onProgress)).pipeTo(sink, { signal });
  } catch (thrown) {
    const { code, message } = asFileError(thrown);
    throw new FileError(code, `${message}\nNo file was kept.`, { cause: thrown });
  }
}
