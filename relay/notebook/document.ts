import * as Y from 'yjs';
import type { Limits } from '../limits';
import { MalformedError } from './byte-reader';
import { checkUpdate, type UpdateFacts } from './check-update';

/** Types inside types; a notebook has three. Deleting a deep chain would end the stack, here and in every page. */
const MAX_TYPE_DEPTH = 64;

/** An update that the document does not take. */
export type DocumentRefusal =
  | 'update-malformed'
  | 'update-too-large'
  | 'document-too-large'
  | 'pending-too-large';

export interface Change {
  /** To be stored; absent when all of it was known. */
  readonly store: Uint8Array | undefined;
  /** Whether `store` holds what could not be brought in yet, so that it is as its author made it. */
  readonly isRaw: boolean;
  /** For the others; absent when nothing has become visible. */
  readonly publish: Uint8Array | undefined;
  /** Whether `publish` holds more than its author sent: what had waited for it. */
  readonly isMore: boolean;
}

/** `broken`: it failed halfway. The document is of no use any more; what is stored is. */
export type Applied =
  | { readonly outcome: 'changed'; readonly change: Change }
  | { readonly outcome: 'refused'; readonly code: DocumentRefusal }
  | { readonly outcome: 'broken'; readonly error: unknown };

/** A notebook's document as the server holds it: opaque, but for its limits. */
export class ServerDocument {
  readonly #doc = new Y.Doc();
  readonly #limits: Limits;
  readonly #now: () => number;
  #published: Uint8Array | undefined;
  #depth = 0;
  /** Never less than the encoded length. */
  #bytes = 0;
  #measuredAt = Number.NEGATIVE_INFINITY;
  #answer: { readonly vector: Buffer; readonly update: Uint8Array } | undefined;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(limits: Limits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#doc.on('update', (update: Uint8Array) => {
      this.#published = update;
    });
    this.#doc.on('afterTransaction', (transaction: Y.Transaction) => {
      this.#depth = deepestNew(transaction);
    });
  }

  /** Brings in what is stored; throws when that is no document. */
  load(parts: readonly Uint8Array[]): void {
    this.#doc.transact(() => {
      for (const part of parts) Y.applyUpdate(this.#doc, part);
    });
    this.#published = undefined;
    this.#bytes = parts.reduce((sum, part) => sum + part.length, 0);
  }

  /** Brings in what a page sent. */
  apply(update: Uint8Array): Applied {
    const facts = this.#check(update);
    if (typeof facts === 'string') return { outcome: 'refused', code: facts };
    const waited = this.#pendingBytes > 0;
    this.#published = undefined;
    this.#depth = 0;
    try {
      Y.applyUpdate(this.#doc, update);
    } catch (error) {
      return { outcome: 'broken', error };
    }
    if (this.#depth > MAX_TYPE_DEPTH) {
      return { outcome: 'broken', error: new MalformedError('types are nested too deeply') };
    }
    const publish: Uint8Array | undefined = this.#published;
    const isRaw = this.#pendingBytes > 0;
    const store = isRaw ? update : publish;
    this.#bytes += store?.length ?? 0;
    if (store) this.#answer = undefined;
    return { outcome: 'changed', change: { store, isRaw, publish, isMore: waited } };
  }

  /** What somebody with this state vector has not; throws when it is malformed. */
  missing(stateVector: Uint8Array): Uint8Array {
    // When a class arrives at once, its pages ask the same.
    if (this.#answer?.vector.equals(stateVector)) return this.#answer.update;
    const update = Y.encodeStateAsUpdate(this.#doc, stateVector);
    this.#answer = { vector: Buffer.from(stateVector), update };
    return update;
  }

  get stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc);
  }

  /** The whole document as one update. */
  encode(): Uint8Array<ArrayBuffer> {
    // Yjs' types do not say that it makes new bytes.
    const state = Y.encodeStateAsUpdate(this.#doc) as Uint8Array<ArrayBuffer>;
    this.#bytes = state.length;
    this.#measuredAt = this.#now();
    return state;
  }

  destroy(): void {
    this.#doc.destroy();
  }

  #check(update: Uint8Array): UpdateFacts | DocumentRefusal {
    const limits = this.#limits;
    if (update.length > limits.notebookUpdateMaxBytes) return 'update-too-large';
    let facts: UpdateFacts;
    try {
      facts = checkUpdate(update);
    } catch (error) {
      if (error instanceof MalformedError) return 'update-malformed';
      throw error;
    }
    const pending = this.#pendingBytes;
    if (pending > 0 && pending + update.length > limits.notebookPendingMaxBytes) {
      return 'pending-too-large';
    }
    const most =
      limits.notebookDocumentMaxBytes +
      (facts.structs === 0 ? limits.notebookDeletionRoomBytes : 0);
    return this.#fits(update.length, most) ? facts : 'document-too-large';
  }

  #fits(more: number, most: number): boolean {
    if (this.#bytes + more <= most) return true;
    if (this.#now() - this.#measuredAt < this.#limits.notebookMeasureEveryMs) return false;
    this.encode();
    return this.#bytes + more <= most;
  }

  /** Of what waits for updates that have not come. */
  get #pendingBytes(): number {
    const { pendingStructs, pendingDs } = this.#doc.store;
    return (pendingStructs?.update.length ?? 0) + (pendingDs?.length ?? 0);
  }
}

/** How deep the deepest type stands that a transaction has made; looking stops when it is too deep anyway. */
function deepestNew(transaction: Y.Transaction): number {
  let deepest = 0;
  for (const [client, end] of transaction.afterState) {
    const from = transaction.beforeState.get(client) ?? 0;
    if (end === from) continue;
    const structs = transaction.doc.store.clients.get(client) ?? [];
    for (let at = structs.length - 1; at >= 0; at--) {
      const struct = structs[at];
      if (!struct || struct.id.clock < from) break;
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentType) {
        deepest = Math.max(deepest, depthOf(struct));
      }
    }
  }
  return deepest;
}

function depthOf(item: Y.Item): number {
  let depth = 1;
  let parent = item.parent;
  while (depth <= MAX_TYPE_DEPTH && parent instanceof Y.AbstractType && parent._item) {
    depth += 1;
    parent = parent._item.parent;
  }
  return depth;
}
