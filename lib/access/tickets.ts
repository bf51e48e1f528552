import { newSecret } from './ids';
import type { Role } from './roles';

/** Long enough to open one WebSocket after the POST, too short to be worth stealing. */
export const TICKET_LIFETIME_MS = 60_000;
/** Tickets open at a time; beyond it the oldest goes. A bound on memory, far above honest use. */
const MAX_TICKETS = 100_000;

/** The kinds of connection a ticket may be for. */
export const TICKET_PURPOSES = ['host', 'peer', 'notebook'] as const;
export type TicketPurpose = (typeof TICKET_PURPOSES)[number];

/** What a ticket admits to. */
export interface TicketGrant {
  readonly playground: string;
  readonly link: string;
  readonly role: Role;
  readonly as: TicketPurpose;
  /** The origin of the page that asked, e.g. `https://warren.example`; the WebSocket must match. */
  readonly origin: string;
}

export interface TicketRecord extends TicketGrant {
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Used tickets are forgotten, so a second use reads as unknown. */
export type TicketRefusal =
  | 'ticket-unknown'
  | 'ticket-expired'
  | 'ticket-origin'
  | 'ticket-purpose';

export type Redemption =
  | { readonly ok: true; readonly record: TicketRecord }
  | { readonly ok: false; readonly code: TicketRefusal };

/** What a WebSocket shows when it brings a ticket. */
export interface TicketUse {
  readonly as: TicketPurpose;
  readonly origin: string;
}

/**
 * The rule alone, for any store: whether a record that was taken out of the store admits `use`.
 * The caller must have removed the record atomically; that makes a ticket serve once.
 */
export function judgeTicket(
  record: TicketRecord | undefined,
  use: TicketUse,
  nowMs: number,
): Redemption {
  if (!record) return { ok: false, code: 'ticket-unknown' };
  if (nowMs >= record.expiresAt) return { ok: false, code: 'ticket-expired' };
  if (record.origin !== use.origin) return { ok: false, code: 'ticket-origin' };
  if (record.as !== use.as) return { ok: false, code: 'ticket-purpose' };
  return { ok: true, record };
}

/** The tickets of one process: issued once, redeemed once, forgotten when they expire. */
export class TicketBook {
  readonly #records = new Map<string, TicketRecord>();
  readonly #now: () => number;
  readonly #most: number;

  /**
   * @param now milliseconds since 1970
   * @param most how many tickets are kept
   */
  constructor(now: () => number, most = MAX_TICKETS) {
    this.#now = now;
    this.#most = most;
  }

  /** Issues a ticket that lives `TICKET_LIFETIME_MS`. */
  issue(grant: TicketGrant): { readonly ticket: string; readonly expiresInMs: number } {
    const now = this.#now();
    this.#sweep(now);
    const ticket = newSecret();
    this.#records.set(ticket, { ...grant, expiresAt: now + TICKET_LIFETIME_MS });
    return { ticket, expiresInMs: TICKET_LIFETIME_MS };
  }

  /** Takes the ticket out, whether or not it then admits: a refused ticket is spent too. */
  redeem(ticket: string, use: TicketUse): Redemption {
    const record = this.#records.get(ticket);
    this.#records.delete(ticket);
    return judgeTicket(record, use, this.#now());
  }

  /** Takes back the tickets of a revoked link. */
  revokeLink(link: string): void {
    for (const [ticket, record] of this.#records) {
      if (record.link === link) this.#records.delete(ticket);
    }
  }

  /** All live equally long, so a Map's order of insertion is the order of expiry. */
  #sweep(now: number): void {
    for (const [ticket, record] of this.#records) {
      if (record.expiresAt > now && this.#records.size < this.#most) return;
      this.#records.delete(ticket);
    }
  }
}
