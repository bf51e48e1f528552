import type { Credentials } from '@/lib/machine/types';
import { type Answer, ask } from '../playgrounds/ask';
import type { ChunkRange } from './transfer/chunk-list';
import { type Exchange, exchange, offline } from './transfer/exchange';
import { TransferError } from './transfer/transfer-error';
import type { UploadTarget } from './transfer/upload';

/** What the server tells everybody of a snapshot; what it is stands in the card, which it cannot read. */
export interface SnapshotFacts {
  readonly id: string;
  /** Of all sealed chunks. */
  readonly bytes: number;
  readonly chunks: number;
  /** The sealed card in base64. */
  readonly card: string;
  readonly createdAt: string | number;
  readonly expiresAt: string | number;
  /** Null: as many as one likes. */
  readonly openingsLeft: number | null;
}

/** What the server is told of a snapshot before it is sent. */
export interface Announcement {
  readonly bytes: number;
  readonly chunks: number;
  readonly card: string;
  readonly ttlSeconds: number;
  readonly maxOpenings?: number;
}

/** What the server tells a playground's owner of a snapshot. */
export interface ListedSnapshot {
  readonly id: string;
  readonly bytes: number;
  readonly createdAt: string | number;
  /** Of one that is not finished: when its upload counts as given up. */
  readonly expiresAt: string | number;
  readonly openingsLeft: number | null;
  readonly finished: boolean;
}

export interface UploadPermit {
  readonly id: string;
  readonly uploadToken: string;
}

export interface Opening {
  readonly token: string;
  readonly expiresInMs: number;
}

/** What this server keeps at most. */
export interface SnapshotLimits {
  readonly maxBytes: number;
  readonly ttlMaxSeconds: number;
}

export async function fetchSnapshotLimits(): Promise<Answer<SnapshotLimits>> {
  const answer = await ask<{ snapshots: SnapshotLimits }>('GET', '/api/config');
  return answer.ok ? { ok: true, value: answer.value.snapshots } : answer;
}

export function announceSnapshot(
  credentials: Credentials,
  announcement: Announcement,
): Promise<Answer<UploadPermit>> {
  const path = `/api/playgrounds/${credentials.playground}/snapshots`;
  return ask('POST', path, { ...proof(credentials), body: announcement });
}

/** Those of a playground that have not expired, newest first. */
export async function listSnapshots(
  credentials: Credentials,
): Promise<Answer<readonly ListedSnapshot[]>> {
  const path = `/api/playgrounds/${credentials.playground}/snapshots`;
  const answer = await ask<{ snapshots: readonly ListedSnapshot[] }>(
    'GET',
    path,
    proof(credentials),
  );
  return answer.ok ? { ok: true, value: answer.value.snapshots } : answer;
}

/** Its link opens nothing from then on, and what is stored of it is removed. */
export function deleteSnapshot(credentials: Credentials, id: string): Promise<Answer<null>> {
  const path = `/api/playgrounds/${credentials.playground}/snapshots/${id}`;
  return ask('DELETE', path, proof(credentials));
}

export function findSnapshot(id: string): Promise<Answer<SnapshotFacts>> {
  return ask('GET', `/api/snapshots/${id}`);
}

/** Counts as one of its openings; the token fetches its chunks for a while. */
export function beginOpening(id: string): Promise<Answer<Opening>> {
  return ask('POST', `/api/snapshots/${id}/openings`, { body: {} });
}

/** @param token of the opening */
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

function proof({ link, secret }: Credentials) {
  return { link: { id: link, secret } };
}
