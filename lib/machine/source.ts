import { FileError, fileError } from './file-error';

/** The next bytes of a source on this computer; rejects with FileError `source` when it cannot be read. */
export async function readSource(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (cause) {
    // What comes out of the machine says itself what happened.
    if (cause instanceof FileError) throw cause;
    const { message } = fileError('source', cause instanceof Error ? cause.message : '');
    throw new FileError('source', message, { cause });
  }
}
