import type { Limits } from '../limits';

const DAY_MS = 86_400_000;
/** Addresses remembered at a time; beyond it the oldest is forgotten. A bound on memory, far above honest use. */
const MOST_ADDRESSES = 100_000;

interface Used {
  /** Milliseconds since 1970; a day later it counts no more. */
  readonly since: number;
  readonly count: number;
  readonly bytes: number;
}

export type QuotaResult =
  | { readonly ok: true; giveBack(): void }
  | { readonly ok: false; readonly retryAfterSeconds: number };

/** How many snapshots, and how many bytes of them, an address may announce within a day of its first. */
export class DailyQuota {
  readonly #used = new Map<string, Used>();

  constructor(
    private readonly limits: Pick<
      Limits,
      'snapshotsPerAddressPerDay' | 'snapshotBytesPerAddressPerDay'
    >,
    /** Milliseconds since 1970. */
    private readonly now: () => number,
  ) {}

  /** Takes all of it or nothing. `giveBack` is for what was not made after all. */
  take(addressKey: string, bytes: number): QuotaResult {
    const now = this.now();
    const used = this.#current(addressKey, now);
    const { snapshotsPerAddressPerDay: most, snapshotBytesPerAddressPerDay: mostBytes } =
      this.limits;
    if (used.count >= most || used.bytes + bytes > mostBytes) {
      const retryAfterSeconds = Math.ceil((used.since + DAY_MS - now) / 1000);
      return { ok: false, retryAfterSeconds };
    }
    this.#used.set(addressKey, { ...used, count: used.count + 1, bytes: used.bytes + bytes });
    const giveBack = () => {
      const then = this.#used.get(addressKey);
      if (then?.since !== used.since) return;
      this.#used.set(addressKey, { ...then, count: then.count - 1, bytes: then.bytes - bytes });
    };
    return { ok: true, giveBack };
  }

  /** A Map's order of insertion is the order of days' beginnings. */
  #current(addressKey: string, now: number): Used {
    for (const [key, { since }] of this.#used) {
      if (now < since + DAY_MS && this.#used.size < MOST_ADDRESSES) break;
      this.#used.delete(key);
    }
    return this.#used.get(addressKey) ?? { since: now, count: 0, bytes: 0 };
  }
}
