import type { Card } from '@/lib/snapshot/seal/card';
import { openCard } from '@/lib/snapshot/seal/card';
import { type OpeningKey, parseKey } from '@/lib/snapshot/seal/key';
import { openChunks } from '@/lib/snapshot/seal/stream';
import { fromBase64 } from './base64';
import { beginOpening, findSnapshot, type Opening, type SnapshotFacts } from './snapshot-api';
import { takeIn } from './take-in';
import { pause } from './transfer/back-off';
import { fetchChunk } from './transfer/chunk-requests';
import { download } from './transfer/download';
import { TransferError } from './transfer/transfer-error';

/** A snapshot as its link shows it before anything is fetched of it. */
export interface ShownSnapshot {
  readonly facts: SnapshotFacts;
  readonly card: Card;
  readonly key: OpeningKey;
}

/** Reads what a link is about. Rejects with a SnapshotError or a TransferError. */
export async function lookAt(id: string, fragment: string): Promise<ShownSnapshot> {
  const key = await parseKey(fragment);
  const answer = await findSnapshot(id);
  if (!answer.ok) throw new TransferError(answer.code, answer.message, answer.status);
  const facts = answer.value;
  return { facts, card: await openCard(key, fromBase64(facts.card)), key };
}

interface OpenOptions {
  readonly signal: AbortSignal;
  onProgress(bytes: number): void;
  onFault(message: string | undefined): void;
}

/** One opening of a snapshot: an attempt that failed goes on with the same, so that it counts once. */
export class LinkOpening {
  #opening: (Opening & { readonly until: number }) | undefined;

  constructor(private readonly shown: ShownSnapshot) {}

  /**
   * Fetches, verifies and decrypts all of it and makes a playground of it; its id. Rejects with what went wrong; then
   * there is no playground and nothing is kept.
   */
  async open(options: OpenOptions): Promise<string> {
    const { facts, card, key } = this.shown;
    const { token } = await this.#begin();
    const sealed = download({
      count: facts.chunks,
      get: (chunk, signal, onBytes) => fetchChunk(facts.id, token, chunk, signal, onBytes),
      pause,
      chance: Math.random,
      ...options,
    });
    try {
      return await takeIn({ kind: card.kind, by: 'link', file: openChunks(key, sealed) });
    } catch (thrown) {
      if (thrown instanceof TransferError && thrown.code === 'opening-unknown') {
        this.#opening = undefined;
      }
      throw thrown;
    }
  }

  async #begin(): Promise<Opening> {
    if (this.#opening && this.#opening.until > Date.now()) return this.#opening;
    const answer = await beginOpening(this.shown.facts.id);
    if (!answer.ok) throw new TransferError(answer.code, answer.message, answer.status);
    this.#opening = { ...answer.value, until: Date.now() + answer.value.expiresInMs };
    return this.#opening;
  }
}
