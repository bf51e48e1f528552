import type { TicketPurpose } from '../../lib/access/tickets';
import type { Link } from '../../lib/mux/link';
import type { Metrics } from '../../lib/server/metrics';

interface Entry {
  readonly as: TicketPurpose;
  received: number;
  sent: number;
}

/** Brings the byte counts that links keep into the metrics: when asked for, and when a link ends. */
export class Traffic {
  readonly #metrics: Metrics;
  readonly #links = new Map<Link, Entry>();

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  add(link: Link, as: TicketPurpose): void {
    this.#links.set(link, { as, received: 0, sent: 0 });
  }

  remove(link: Link): void {
    const entry = this.#links.get(link);
    if (entry) this.#count(link, entry);
    this.#links.delete(link);
  }

  /** To be called before the metrics are read. */
  collect(): void {
    for (const [link, entry] of this.#links) this.#count(link, entry);
  }

  #count(link: Link, entry: Entry): void {
    const { bytesReceived, bytesSent } = link.stats;
    const { as } = entry;
    this.#metrics.tunnelBytes.inc({ as, direction: 'in' }, bytesReceived - entry.received);
    this.#metrics.tunnelBytes.inc({ as, direction: 'out' }, bytesSent - entry.sent);
    entry.received = bytesReceived;
    entry.sent = bytesSent;
  }
}
