import { isSecret } from '../../lib/access/ids';
import { TAB_PREFIX, TICKET_PREFIX } from '../../lib/notebook/wire';

/** The subprotocol of tunnels; the notebook's stands in lib/notebook/wire.ts. */
export const MUX_PROTOCOL = 'warren.mux.1';

/** What a page says by the subprotocols it offers. */
export interface Offer {
  readonly ticket: string;
  /** The key of a tab that wants to take back what it held before its connection was cut. */
  readonly tab: string | undefined;
}

/**
 * Reads the subprotocols a page offers; undefined unless `protocol` is among them with exactly one ticket.
 * They carry the ticket because a page can set no other header of a WebSocket, and a URL would be logged.
 */
export function readOffer(header: string | undefined, protocol: string): Offer | undefined {
  const offered = (header ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(protocol)) return undefined;
  const [ticket, ...more] = valuesOf(offered, TICKET_PREFIX);
  if (!isSecret(ticket) || more.length > 0) return undefined;
  const [tab, ...others] = valuesOf(offered, TAB_PREFIX);
  if (tab !== undefined && (!isSecret(tab) || others.length > 0)) return undefined;
  return { ticket, tab };
}

function valuesOf(offered: readonly string[], prefix: string): readonly string[] {
  return offered.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}
