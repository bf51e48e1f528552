import type { Link } from '../../lib/mux/link';
import type { Limits } from '../limits';

/**
 * Pings a link while it lives. A mux PING rather than a WebSocket one: a page cannot see the latter, and takes
 * long silence for a dead connection. Returns the function that stops it.
 */
export function keepAlive(link: Link, limits: Limits): () => void {
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered >= limits.pingsUnanswered) {
      link.close({ code: 'timeout', text: `${unanswered} pings went unanswered` });
      return;
    }
    unanswered += 1;
    link.ping().then(
      () => {
        unanswered = 0;
      },
      () => undefined, // the link has ended
    );
  }, limits.pingEveryMs);
  return () => clearInterval(timer);
}
