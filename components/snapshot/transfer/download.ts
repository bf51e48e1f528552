import { type Attempts, FaultCount } from './attempts';

export interface Download extends Attempts {
  readonly count: number;
  /** One chunk; rejects with a TransferError. `onBytes` hears how many of its bytes have come. */
  get(chunk: number, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<Uint8Array>;
  /** Bytes that have come of all chunks. */
  onProgress(bytes: number): void;
}

/** Asked for ahead of the one that is waited for. */
const AHEAD = 3;

/**
 * All chunks in order, each asked for again after a fault that may pass. Ends what is under way when the reader
 * returns early; rejects with a TransferError, or with the signal's reason.
 */
export async function* download(download: Download): AsyncGenerator<Uint8Array, void, void> {
  const { count, get, onProgress } = download;
  const left = new AbortController();
  const signal = AbortSignal.any([download.signal, left.signal]);
  const came = new Array<number>(count).fill(0);
  let total = 0;
  const note = (chunk: number, bytes: number) => {
    total += bytes - (came[chunk] ?? 0);
    came[chunk] = bytes;
    onProgress(total);
  };
  const fetchOne = async (chunk: number): Promise<Uint8Array> => {
    const faults = new FaultCount({ ...download, signal });
    for (;;) {
      try {
        const bytes = await get(chunk, signal, (loaded) => note(chunk, loaded));
        faults.passed();
        note(chunk, bytes.length);
        return bytes;
      } catch (thrown) {
        note(chunk, 0);
        await faults.met(thrown);
      }
    }
  };
  const ahead: Promise<Uint8Array>[] = [];
  try {
    for (let next = 0, given = 0; given < count; given++) {
      for (; next < count && next <= given + AHEAD; next++) {
        const fetched = fetchOne(next);
        // Whoever waits for it hears of its failure; until then nobody does.
        fetched.catch(() => {});
        ahead.push(fetched);
      }
      yield (await ahead.shift()) as Uint8Array;
    }
  } finally {
    left.abort(new DOMException('The reader has left.', 'AbortError'));
  }
}
