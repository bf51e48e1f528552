import { type Attempts, FaultCount } from './attempts';
import { type ChunkRange, missingChunks } from './chunk-list';
import { isPassing } from './transfer-error';

/** Where chunks go. Each call rejects with a TransferError. */
export interface UploadTarget {
  put(chunk: number, bytes: Blob, signal: AbortSignal): Promise<void>;
  received(signal: AbortSignal): Promise<readonly ChunkRange[]>;
  /**
   * The server checks that all is there; from then on it can be opened. May be called again.
   * @returns when it expires, in milliseconds since 1970
   */
  finish(signal: AbortSignal): Promise<number>;
}

export interface Upload extends Attempts {
  readonly target: UploadTarget;
  readonly chunks: readonly Blob[];
  /** Something may have been sent before: ask first. */
  readonly isResumed: boolean;
  /** Bytes of the chunks that are with the server. */
  onProgress(sentBytes: number): void;
}

/** Under way at the same time: enough to fill a line with latency, few enough to lose little when it is cut. */
const PARALLEL = 3;

/**
 * Sends chunks until the server has all of them. After a fault it waits, asks what was received and goes on with the
 * rest; after too many in a row it rejects with the last, and can be called again with `isResumed`.
 * @returns when it expires, in milliseconds since 1970
 */
export async function upload(upload: Upload): Promise<number> {
  const { target, chunks, signal } = upload;
  const faults = new FaultCount(upload);
  let mustAsk = upload.isResumed;
  for (;;) {
    try {
      const received = mustAsk ? await target.received(signal) : [];
      mustAsk = true;
      await sendAll(upload, missingChunks(chunks.length, received), () => faults.passed());
      return await target.finish(signal);
    } catch (thrown) {
      await faults.met(thrown);
    }
  }
}

async function sendAll(
  { target, chunks, signal, onProgress }: Upload,
  missing: readonly number[],
  passed: () => void,
): Promise<void> {
  const sizeOf = (numbers: readonly number[]) =>
    numbers.reduce((sum, chunk) => sum + (chunks[chunk]?.size ?? 0), 0);
  let sent = sizeOf([...chunks.keys()]) - sizeOf(missing);
  onProgress(sent);
  const faults: unknown[] = [];
  const queue = missing.values();
  const sender = async () => {
    while (faults.length === 0) {
      const { done, value: chunk } = queue.next();
      const bytes = chunks[chunk ?? 0];
      if (done || !bytes) return;
      try {
        await target.put(chunk, bytes, signal);
      } catch (thrown) {
        faults.push(thrown);
        return;
      }
      passed();
      sent += bytes.size;
      onProgress(sent);
    }
  };
  // What is under way beside a fault may still arrive, and on a bad line it is all there is.
  await Promise.all(Array.from({ length: PARALLEL }, sender));
  const lasting = faults.find((fault) => !isPassing(fault));
  if (faults.length > 0) throw lasting ?? faults[0];
}
