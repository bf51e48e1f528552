import type { Metadata } from '../../lib/mux/metadata';
import { type BackendKey, cancelRequest } from '../../lib/postgres/startup-encoders';
import type { Limits } from '../limits';
import type { Host } from '../tunnel/host';
import type { CancelOutcome } from './cancel-keys';

/** Sends PostgreSQL a CancelRequest on a stream of its own; it answers by hanging up. */
export async function sendCancel(
  host: Host,
  metadata: Metadata,
  key: BackendKey,
  limits: Limits,
): Promise<CancelOutcome> {
  const stream = host.open(metadata);
  stream.write(cancelRequest(key));
  stream.end();
  return await new Promise((resolve) => {
    const timer = setTimeout(() => {
      stream.reset('timeout');
      resolve('failed');
    }, limits.cancelTimeoutMs);
    const settle = (outcome: CancelOutcome) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    stream.attach({
      data: (chunk) => stream.consumed(chunk.length),
      end: () => settle('delivered'),
      reset: () => settle('failed'),
      drain: () => undefined,
    });
  });
}
