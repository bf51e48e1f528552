import { describe, expect, it } from 'vitest';
import { MUX_PROTOCOL, readOffer } from './subprotocols';

const TICKET = 'AAAAAAAAAAAAAAAAAAAAAA';
const TAB = 'BBBBBBBBBBBBBBBBBBBBBA';

describe('the subprotocols a page offers', () => {
  it.each([
    [`warren.mux.1, ticket.${TICKET}`, { ticket: TICKET, tab: undefined }],
    [`ticket.${TICKET},warren.mux.1`, { ticket: TICKET, tab: undefined }],
    [`warren.mux.1, ticket.${TICKET}, tab.${TAB}`, { ticket: TICKET, tab: TAB }],
    [`ticket.${TICKET}`, undefined],
    ['warren.mux.1', undefined],
    [`warren.notebook.1, ticket.${TICKET}`, undefined],
    [`warren.mux.1, ticket.${TICKET}, ticket.${TICKET}`, undefined],
    [`warren.mux.1, ticket.${TICKET}, tab.short`, undefined],
    [`warren.mux.1, ticket.${TICKET}, tab.${TAB}, tab.${TAB}`, undefined],
    ['warren.mux.1, ticket.short', undefined],
    ['warren.mux.1, ticket.', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (header, offer) => {
    expect(readOffer(header, MUX_PROTOCOL)).toEqual(offer);
  });
});
