import type { Reason } from '../../lib/mux/reason';
import type { Metrics } from '../../lib/server/metrics';

/** Reasons that tell of a rule of the mux (docs/protocol.md) which the other side broke. */
const BROKEN: ReadonlySet<string> = new Set([
  'protocol-error',
  'version',
  'data-after-end',
  'credit-exceeded',
  'credit-overflow',
  'busy',
  'timeout',
]);

/** Counts the end of a link or a stream where the other side is to blame for it. */
export function countBroken(metrics: Metrics, { code }: Reason): void {
  if (BROKEN.has(code)) metrics.rejects.inc({ at: 'mux', code });
}
