import type { Duplex } from '../mux/duplex';
import { type BackendKey, cancelRequest } from './startup-encoders';

/**
 * Asks the server, on a fresh duplex, to cancel what the session with `key` runs. Resolves when
 * the server has taken the request, whether or not there was anything to cancel; the session
 * itself then fails with 57014.
 */
export function sendCancel(duplex: Duplex, key: BackendKey): Promise<void> {
  return new Promise((resolve) => {
    duplex.attach({
      data: (chunk) => duplex.consumed(chunk.length),
      end: () => {
        duplex.end();
        resolve();
      },
      reset: () => resolve(),
      drain: () => undefined,
    });
    duplex.write(cancelRequest(key));
  });
}
