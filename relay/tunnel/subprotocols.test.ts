import { describe, expect, it } from 'vitest';
import { readTicket } from './subprotocols';

const TICKET = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('the ticket among subprotocols', () => {
  it.each([
    [`warren.mux.1, ticket.${TICKET}`, TICKET],
    [`ticket.${TICKET},warren.mux.1`, TICKET],
    [`ticket.${TICKET}`, undefined],
    ['warren.mux.1', undefined],
    [`warren.mux.1, ticket.${TICKET}, ticket.${TICKET}`, undefined],
    ['warren.mux.1, ticket.short', undefined],
    ['warren.mux.1, ticket.', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (header, ticket) => {
    expect(readTicket(header)).toBe(ticket);
  });
});
