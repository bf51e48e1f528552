import { isSecret } from '../../lib/access/ids';

export const MUX_PROTOCOL = 'warren.mux.1';
const TICKET_PREFIX = 'ticket.';

/**
 * The ticket among the subprotocols a page offers; undefined unless the mux is offered with exactly one ticket.
 * It stands here because a page can set no other header of a WebSocket, and a URL would be logged.
 */
export function readTicket(header: string | undefined): string | undefined {
  const offered = (header ?? '').split(',').map((name) => name.trim());
  const tickets = offered.filter((name) => name.startsWith(TICKET_PREFIX));
  if (!offered.includes(MUX_PROTOCOL) || tickets.length !== 1) return undefined;
  const ticket = tickets[0]?.slice(TICKET_PREFIX.length);
  return isSecret(ticket) ? ticket : undefined;
}
