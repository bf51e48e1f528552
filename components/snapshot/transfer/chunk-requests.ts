import type { UploadPermit } from '../snapshot-api';
import type { ChunkRange } from './chunk-list';
import { type Exchange, exchange, offline } from './exchange';
import { TransferError } from './transfer-error';
import type { UploadTarget } from './upload';

/**
 * Fetches one sealed chunk; rejects with a TransferError, or with the signal's reason.
 * @param token of the opening
 */
export async function fetchChunk(
  id: string,
  token: string,
  chunk: number,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array> {
  const watch = new Watch(signal);
  try {
    const request: Exchange = { method: 'GET', token, signal: watch.signal };
    const response = await exchange(`/api/snapshots/${id}/chunks/${chunk}`, request);
    return await readAll(response, (bytes) => {
      watch.moved();
      onBytes(bytes);
    });
  } catch (thrown) {
    throw signal.aborted ? signal.reason : offline(thrown, watch.signal);
  } finally {
    watch.end();
  }
}

/** Where the chunks of a snapshot go that the server was told of. */
export function uploadTarget({ id, uploadToken: token }: UploadPermit): UploadTarget {
  const path = `/api/snapshots/${id}`;
  return {
    async put(chunk, body, signal) {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(PUT_MS)]);
      const request: Exchange = { method: 'PUT', token, body, signal: limited };
      try {
        await exchange(`${path}/chunks/${chunk}`, request);
      } catch (thrown) {
        throw limited.aborted && !signal.aborted ? stalled() : thrown;
      }
    },
    async received(signal) {
      const response = await exchange(`${path}/chunks`, { method: 'GET', token, signal });
      const value = (await response.json()) as { received: readonly ChunkRange[] };
      return value.received;
    },
    async finish(signal) {
      const response = await exchange(`${path}/finish`, { method: 'POST', token, signal });
      const { expiresAt } = (await response.json()) as { expiresAt: string | number };
      return new Date(expiresAt).getTime();
    },
  };
}

/** A chunk of 1 MB takes this long on a line of 70 kbit/s. */
const PUT_MS = 120_000;
/** No byte for so long means that the line is dead, whatever it says. */
const SILENCE_MS = 30_000;

function stalled(): TransferError {
  return new TransferError('stalled', 'Nothing has come through for a while.', 0);
}

/** Ends a request in which nothing moves. */
class Watch {
  readonly #cut = new AbortController();
  readonly signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.#cut.signal]);
    this.moved();
  }

  moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#cut.abort(stalled()), SILENCE_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

async function readAll(
  response: Response,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) break;
    parts.push(piece.value);
    length += piece.value.length;
    onBytes(length);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
