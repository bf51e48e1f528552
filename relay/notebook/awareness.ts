import { isUtf8 } from 'node:buffer';
import { ByteReader, MalformedError } from './byte-reader';
import { type AwarenessEntry, awarenessMessage } from './write-message';

/** Who holds an awareness id: a connection, and the tab behind it. */
export interface AwarenessOwner {
  readonly link: string;
  readonly tab: string | undefined;
}

export type AwarenessFault = 'awareness-malformed' | 'awareness-too-large';

interface Known extends AwarenessEntry {
  readonly owner: AwarenessOwner;
}

/** Ids of Yjs clients are 32 bits. */
const MAX_ID = 2 ** 32 - 1;
const GONE = Buffer.from('null');

/**
 * Who is where in a notebook (rules N6, N7). States are bytes: they are looked at once, when they come, and what goes
 * out is written once for all. Two things wait here: news, and signs of life that tell nothing new.
 */
export class AwarenessBook {
  readonly #maxBytes: number;
  readonly #known = new Map<number, Known>();
  readonly #ids = new Map<AwarenessOwner, number>();
  readonly #news = new Map<number, AwarenessEntry>();
  readonly #renewed = new Set<number>();

  /** @param maxBytes the largest state, as JSON */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Takes what a connection says; gives how many entries were for ids that are not its own, or the fault. */
  receive(owner: AwarenessOwner, update: Uint8Array): number | AwarenessFault {
    let foreign = 0;
    try {
      const reader = new ByteReader(update);
      for (let left = reader.varUint(); left > 0; left--) {
        const entry = { id: reader.varUint(), clock: reader.varUint(), state: reader.varBytes() };
        if (entry.id > MAX_ID) return 'awareness-malformed';
        if (!this.#belongs(owner, entry)) {
          // Pages repeat what they hear of others; it is not even looked at.
          foreign += 1;
          continue;
        }
        if (entry.state.length > this.#maxBytes) return 'awareness-too-large';
        if (!isState(entry.state)) return 'awareness-malformed';
        this.#keep(owner, entry);
      }
      reader.end();
    } catch (error) {
      if (error instanceof MalformedError) return 'awareness-malformed';
      throw error;
    }
    return foreign;
  }

  /** The connection has ended: so has what it told, unless another has taken it over. */
  leave(owner: AwarenessOwner): void {
    const id = this.#ids.get(owner);
    this.#ids.delete(owner);
    const known = id === undefined ? undefined : this.#known.get(id);
    if (known?.owner !== owner) return;
    this.#known.delete(known.id);
    this.#news.set(known.id, { ...known, state: GONE });
  }

  get hasNews(): boolean {
    return this.#news.size > 0;
  }

  /** The newest of each id that changed since the last time, as one message. */
  takeNews(): Buffer {
    const entries = [...this.#news.values()];
    for (const { id } of entries) this.#renewed.delete(id);
    this.#news.clear();
    return awarenessMessage(entries);
  }

  /** Signs of life since the last time; may be of nobody, and then is a sign of life of the server. */
  takeRenewals(): Buffer {
    const entries = [...this.#renewed].flatMap((id) => this.#known.get(id) ?? []);
    this.#renewed.clear();
    return awarenessMessage(entries);
  }

  /** Everybody, for somebody who has just come; undefined when nobody is there. */
  everybody(): Buffer | undefined {
    if (this.#known.size === 0) return undefined;
    return awarenessMessage([...this.#known.values()]);
  }

  /** Whether the entry is the connection's own; a first one, or that of the same tab before, becomes it. */
  #belongs(owner: AwarenessOwner, { id, state }: AwarenessEntry): boolean {
    const own = this.#ids.get(owner);
    if (own !== undefined) return own === id && this.#known.get(id)?.owner === owner;
    const holder = this.#known.get(id)?.owner;
    if (holder && !isSameTab(holder, owner)) return false;
    // Nobody begins by leaving: that is what is repeated of others.
    if (isGone(state)) return false;
    // The one before keeps its number, which is no longer its own: it has lost it for good.
    this.#ids.set(owner, id);
    const known = this.#known.get(id);
    if (known) this.#known.set(id, { ...known, owner });
    return true;
  }

  #keep(owner: AwarenessOwner, { id, clock, state }: AwarenessEntry): void {
    const before = this.#known.get(id);
    // Not newer, and so ignored by pages as well.
    if (before && clock < before.clock) return;
    if (isGone(state)) {
      this.#known.delete(id);
      this.#ids.delete(owner);
      this.#news.set(id, { id, clock, state: GONE });
      return;
    }
    // The message's memory is a piece of a larger one; what is kept must not hold that.
    const entry: Known = { id, clock, state: Buffer.from(state), owner };
    this.#known.set(id, entry);
    const isSame = before !== undefined && Buffer.compare(before.state, state) === 0;
    if (isSame && !this.#news.has(id)) this.#renewed.add(id);
    else this.#news.set(id, entry);
  }
}

function isSameTab(a: AwarenessOwner, b: AwarenessOwner): boolean {
  return a.tab !== undefined && a.tab === b.tab && a.link === b.link;
}

function isGone(state: Uint8Array): boolean {
  return GONE.equals(state);
}

/** An object, or null for somebody who leaves. */
function isState(state: Uint8Array): boolean {
  if (isGone(state)) return true;
  if (state[0] !== 0x7b || !isUtf8(state)) return false;
  try {
    JSON.parse(Buffer.from(state.buffer, state.byteOffset, state.byteLength).toString());
    return true;
  } catch {
    return false;
  }
}
