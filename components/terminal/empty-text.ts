import type { Listing } from './terminal-desk';
import type { TerminalReach } from './terminal-reach';
import type { TerminalRights } from './terminal-rights';

/** What stands where no terminal is. */
export function emptyText(reach: TerminalReach, listing: Listing, rights: TerminalRights): string {
  if (reach.kind !== 'open') return reach.reason;
  if (listing.kind === 'refused') return listing.text;
  if (rights === 'none') return 'Viewers have no terminals.';
  if (listing.kind === 'asking') return 'Looking for the terminals of this machine…';
  return rights === 'all'
    ? 'No terminal is open. psql starts connected to the database; a shell runs beside it in the machine.'
    : 'No terminal is open. psql starts connected to the database.';
}
