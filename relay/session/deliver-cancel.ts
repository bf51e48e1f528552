import type { BackendKey } from '../../lib/postgres/startup-encoders';
import type { Relay } from '../relay';

/** Acts on a CancelRequest. As in PostgreSQL, who sent it learns nothing of the outcome. */
export async function deliverCancel(relay: Relay, key: BackendKey): Promise<void> {
  const session = relay.cancelKeys.find(key);
  const outcome = session ? await session.cancel() : 'unknown-key';
  relay.metrics.cancels.inc({ outcome });
  if (!session) relay.metrics.rejects.inc({ at: 'postgres', code: 'cancel-unknown' });
}
