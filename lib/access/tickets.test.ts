import { describe, expect, it } from 'vitest';
import { isSecret } from './ids';
import { judgeTicket, TICKET_LIFETIME_MS, TicketBook, type TicketGrant } from './tickets';

const ORIGIN = 'https://warren.example';
const GRANT: TicketGrant = {
  playground: 'abcdefghijkl',
  link: 'linklink',
  role: 'editor',
  as: 'peer',
  origin: ORIGIN,
};
const USE = { as: 'peer', origin: ORIGIN } as const;

function bookAt(start: number, most?: number) {
  const clock = { now: start };
  return { clock, book: new TicketBook(() => clock.now, most) };
}

describe('a ticket', () => {
  it('admits once, to what it was issued for', () => {
    const { book } = bookAt(1_000);
    const { ticket, expiresInMs } = book.issue(GRANT);
    expect(isSecret(ticket)).toBe(true);
    expect(expiresInMs).toBe(60_000);
    const record = { ...GRANT, expiresAt: 61_000 };
    expect(book.redeem(ticket, USE)).toEqual({ ok: true, record });
    expect(book.redeem(ticket, USE)).toEqual({ ok: false, code: 'ticket-unknown' });
  });

  it('lives until its time has come, and not a millisecond longer', () => {
    const { book, clock } = bookAt(0);
    const early = book.issue(GRANT).ticket;
    const late = book.issue(GRANT).ticket;
    clock.now = TICKET_LIFETIME_MS - 1;
    expect(book.redeem(early, USE).ok).toBe(true);
    clock.now = TICKET_LIFETIME_MS;
    expect(book.redeem(late, USE)).toEqual({ ok: false, code: 'ticket-expired' });
  });

  it('is bound to its origin and its purpose, and spent by a wrong use', () => {
    const { book } = bookAt(0);
    const first = book.issue(GRANT).ticket;
    const foreign = { as: 'peer', origin: 'https://evil.example' } as const;
    expect(book.redeem(first, foreign)).toEqual({ ok: false, code: 'ticket-origin' });
    expect(book.redeem(first, USE)).toEqual({ ok: false, code: 'ticket-unknown' });
    const second = book.issue(GRANT).ticket;
    const asHost = { as: 'host', origin: ORIGIN } as const;
    expect(book.redeem(second, asHost)).toEqual({ ok: false, code: 'ticket-purpose' });
  });

  it('goes with its link', () => {
    const { book } = bookAt(0);
    const { ticket } = book.issue(GRANT);
    const other = book.issue({ ...GRANT, link: 'other123' }).ticket;
    book.revokeLink('linklink');
    expect(book.redeem(ticket, USE)).toEqual({ ok: false, code: 'ticket-unknown' });
    expect(book.redeem(other, USE).ok).toBe(true);
  });

  it('gives way to newer ones when there are too many', () => {
    const { book } = bookAt(0, 10);
    const first = book.issue(GRANT).ticket;
    const second = book.issue(GRANT).ticket;
    for (let i = 2; i <= 10; i++) book.issue(GRANT);
    expect(book.redeem(first, USE)).toEqual({ ok: false, code: 'ticket-unknown' });
    expect(book.redeem(second, USE).ok).toBe(true);
  });

  it('is judged alike in any store', () => {
    const record = { ...GRANT, expiresAt: 1_000 };
    expect(judgeTicket(record, USE, 999)).toEqual({ ok: true, record });
    expect(judgeTicket(record, USE, 1_000)).toEqual({ ok: false, code: 'ticket-expired' });
    expect(judgeTicket(undefined, USE, 0)).toEqual({ ok: false, code: 'ticket-unknown' });
  });

  it('is unknown when nobody issued it', () => {
    const { book } = bookAt(0);
    for (const ticket of ['', 'x', '__proto__', 'A'.repeat(22)]) {
      expect(book.redeem(ticket, USE)).toEqual({ ok: false, code: 'ticket-unknown' });
    }
  });
});
