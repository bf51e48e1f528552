import type { TicketRecord } from '../../lib/access/tickets';
import type { Log } from '../../lib/server/log';

/** Who opened a WebSocket: what the ticket tells, and the request. */
export interface Visitor {
  /** Made by chance for this connection. */
  readonly id: string;
  readonly grant: TicketRecord;
  readonly address: string;
  /** The browser in a person's words; may be empty. */
  readonly client: string;
  readonly tab: string | undefined;
  readonly log: Log;
}
