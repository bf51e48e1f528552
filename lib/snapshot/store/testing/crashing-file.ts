import type { Random } from '../../../mux/random';

type Change =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly size: number };

const SECTOR_BYTES = 512;

/** A file of a disk that knows which changes since the last flush could still be lost. */
export class CrashingFile {
  /** As a process reads it. */
  bytes = new Uint8Array();
  #flushed = new Uint8Array();
  #unflushed: Change[] = [];

  write(at: number, bytes: Uint8Array): void {
    this.#apply({ kind: 'write', at, bytes });
  }

  truncate(size: number): void {
    this.#apply({ kind: 'truncate', size });
  }

  flush(): void {
    this.#flushed = this.bytes.slice();
    this.#unflushed = [];
  }

  /** Each change since the last flush is dropped, kept or torn, in any order. */
  losePower(random: Random): void {
    const changes = this.#unflushed;
    this.bytes = this.#flushed.slice();
    while (changes.length > 0) {
      const [change] = changes.splice(random.between(0, changes.length - 1), 1);
      if (change) this.#survive(change, random);
    }
    this.flush();
  }

  #survive(change: Change, random: Random): void {
    if (random.chance(0.3)) return;
    if (change.kind === 'truncate' || random.chance(0.4)) {
      this.bytes = applied(this.bytes, change);
      return;
    }
    for (let from = 0; from < change.bytes.length; from += SECTOR_BYTES) {
      if (random.chance(0.5)) continue;
      const bytes = change.bytes.subarray(from, from + SECTOR_BYTES);
      this.bytes = applied(this.bytes, { kind: 'write', at: change.at + from, bytes });
    }
  }

  #apply(change: Change): void {
    this.bytes = applied(this.bytes, change);
    this.#unflushed.push(change);
  }
}

function applied(bytes: Uint8Array<ArrayBuffer>, change: Change): Uint8Array<ArrayBuffer> {
  const size =
    change.kind === 'truncate'
      ? change.size
      : Math.max(bytes.length, change.at + change.bytes.length);
  const next = size === bytes.length ? bytes : new Uint8Array(size);
  if (next !== bytes) next.set(bytes.subarray(0, size));
  if (change.kind === 'write') next.set(change.bytes, change.at);
  return next;
}
