import type { Metadata } from '../mux/metadata';
import { ResetError } from '../mux/reset-error';
import type { OutgoingStream } from '../mux/stream';
import { asFileError, errorOfReason, FileError, fileError } from './file-error';
import { type FolderEntry, FolderReader } from './file-list';
import type { FileName } from './file-name';
import { countOf, pathMetadata } from './file-request';
import { readableOf } from './readable';
import { readSource } from './source';

/** Opens a stream to the guest's agent: `MachineHost.open`. */
export type OpenStream = (metadata: Metadata) => OutgoingStream;

export interface Folder {
  readonly entries: readonly FolderEntry[];
  /** True when the folder has more than a page can show; the rest is left out. */
  readonly cut: boolean;
  /** Bytes of its file system. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}

interface Cancellable {
  readonly signal?: AbortSignal;
}

/** What lies in a folder (rule D4), in the order it has there. Rejects with FileError. */
export async function listFolder(
  open: OpenStream,
  path: FileName,
  { signal }: Cancellable = {},
): Promise<Folder> {
  const { stream, accepted } = openPath(open, 'list', path);
  const reader = new FolderReader();
  await stream
    .pipeTo(new WritableStream({ write: (chunk) => reader.push(chunk) }), signal ? { signal } : {})
    .catch((error: unknown) => {
      // More entries than are taken: what came is shown.
      if (!reader.cut) throw asFileError(error);
    });
  const answer = await accepted;
  return {
    entries: reader.finish(),
    cut: reader.cut,
    freeBytes: countOf(answer, 'free'),
    totalBytes: countOf(answer, 'total'),
  };
}

/** A file's content, read only as fast as its reader takes it. */
export interface OpenedFile {
  /** Bytes it had when it was opened. */
  readonly size: number;
  /** Errors with FileError; cancel it to stop. */
  readonly content: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Opens a file (rule D3). Rejects with FileError. */
export async function getFile(
  open: OpenStream,
  path: FileName,
  { signal }: Cancellable = {},
): Promise<OpenedFile> {
  const { outgoing, stream, accepted } = openPath(open, 'get', path);
  const cancel = () => outgoing.reset('ok', 'cancelled before it was opened');
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return { size: countOf(await accepted, 'size'), content: stream };
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

export interface PutOptions extends Cancellable {
  /** Bytes the source has; the machine compares. A Blob tells it by itself. */
  readonly size?: number;
  /** Permissions, e.g. `0o600`; 0o644 when left out. */
  readonly mode?: number;
  readonly user?: string;
  /** Told the bytes that have been handed to the machine so far. */
  onProgress?(sentBytes: number): void;
}

/**
 * Writes a file (rule D2): it takes the place of what is at `path` in one step, or nothing changes there.
 * Reads the source only as fast as the machine takes it. Rejects with FileError.
 */
export async function putFile(
  open: OpenStream,
  path: FileName,
  source: Blob | ReadableStream<Uint8Array>,
  { size, mode, user, onProgress, signal }: PutOptions = {},
): Promise<void> {
  if (signal?.aborted) throw fileError('cancelled');
  const bytes = source instanceof Blob ? source.size : size;
  const stream = open([
    ...pathMetadata('put', path),
    ...(bytes === undefined ? [] : [['size', String(bytes)] as const]),
    ...(mode === undefined ? [] : [['mode', mode.toString(8)] as const]),
    ...(user === undefined ? [] : [['user', user] as const]),
  ]);
  const reader = (source instanceof Blob ? source.stream() : source).getReader();
  let wake = () => {};
  const answered = new Promise<void>((resolve, reject) => {
    stream.attach({
      data: (chunk) => stream.consumed(chunk.length),
      end: resolve,
      reset: (reason) => reject(errorOfReason(reason)),
      drain: () => wake(),
    });
    signal?.addEventListener('abort', () => reject(fileError('cancelled')), { once: true });
  });
  answered.catch(() => {}); // it is raced with below

  try {
    let sent = 0;
    for (;;) {
      const next = await Promise.race([readSource(reader), answered]);
      if (next === undefined) throw fileError('failed', 'the machine ended the transfer early');
      if (next.done) break;
      sent += next.value.length;
      const drained = new Promise<void>((resolve) => {
        wake = resolve;
      });
      // An empty DATA frame does not exist (rule F4).
      const hasRoom = next.value.length === 0 || stream.write(next.value);
      if (!hasRoom) await Promise.race([drained, answered]);
      onProgress?.(sent);
    }
    if (bytes !== undefined && sent !== bytes) {
      throw new FileError(
        'source',
        `The file has ${sent} bytes now, not ${bytes}. Nothing was kept.`,
      );
    }
    stream.end();
    await answered;
  } catch (error) {
    stream.reset('ok', 'given up by its sender');
    void reader.cancel().catch(() => {});
    throw asFileError(error);
  }
}

/** The stream of a request without content, and its answer. */
function openPath(open: OpenStream, kind: 'list' | 'get', path: FileName) {
  const outgoing = open(pathMetadata(kind, path));
  const accepted = outgoing.accepted.catch((error: unknown) => {
    throw error instanceof ResetError ? errorOfReason(error.reason) : asFileError(error);
  });
  accepted.catch(() => {}); // the stream tells it too
  return { outgoing, stream: readableOf(outgoing, errorOfReason), accepted };
}
