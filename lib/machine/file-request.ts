import { type Metadata, metadataValue } from '../mux/metadata';
import { FileError } from './file-error';
import { bytesOfName, type FileName, isUtf8Name, MAX_PATH_BYTES } from './file-name';

/** The metadata that asks for a path. Throws FileError for a path that cannot travel (rules D1 and M1). */
export function pathMetadata(kind: string, path: FileName): Metadata {
  if (!isUtf8Name(path)) {
    throw new FileError(
      'name',
      'The name is not valid UTF-8. Rename it first; that works for any name.',
    );
  }
  const { length } = bytesOfName(path);
  if (!path.startsWith('/') || path.includes('\0') || length > MAX_PATH_BYTES) {
    throw new FileError(
      'name',
      `The path has ${length} bytes; at most ${MAX_PATH_BYTES} can be reached.`,
    );
  }
  return [
    ['kind', kind],
    ['path', path],
  ];
}

/** A count the agent told; 0 when it is none. */
export function countOf(answer: Metadata, key: string): number {
  const text = metadataValue(answer, key) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
