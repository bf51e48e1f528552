import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { ProtocolVersion } from '../../lib/postgres/protocol-version';
import type { BackendKey } from '../../lib/postgres/startup-encoders';

/** Protocol 3.0 has room for 4 bytes; 3.2 takes up to 256, of which PostgreSQL itself uses 32. */
const SECRET_BYTES_3_0 = 4;
const SECRET_BYTES_3_2 = 32;
/** Process ids are positive on every client. */
const PROCESS_IDS = 2 ** 31 - 1;

/** A session that can be told to cancel what it runs. */
export interface Cancellable {
  cancel(): Promise<CancelOutcome>;
}

export type CancelOutcome = 'delivered' | 'too-early' | 'failed';

/** The cancel keys the relay has handed out. PostgreSQL's own never leave it. */
export class CancelKeys {
  readonly #sessions = new Map<
    number,
    { readonly key: BackendKey; readonly session: Cancellable }
  >();

  /** A fresh key for a session; to be released when the session ends. */
  issue(session: Cancellable, version: ProtocolVersion): BackendKey {
    let processId = randomInt(1, PROCESS_IDS);
    while (this.#sessions.has(processId)) processId = randomInt(1, PROCESS_IDS);
    const bytes = version.minor >= 2 ? SECRET_BYTES_3_2 : SECRET_BYTES_3_0;
    const key = { processId, secretKey: new Uint8Array(randomBytes(bytes)) };
    this.#sessions.set(processId, { key, session });
    return key;
  }

  release({ processId }: BackendKey): void {
    this.#sessions.delete(processId);
  }

  /** The session a CancelRequest speaks of, if its key is one of ours. */
  find({ processId, secretKey }: BackendKey): Cancellable | undefined {
    const entry = this.#sessions.get(processId);
    if (entry?.key.secretKey.length !== secretKey.length) return undefined;
    return timingSafeEqual(entry.key.secretKey, secretKey) ? entry.session : undefined;
  }
}
