import { type ErrorMessage, encodeNegotiateProtocolVersion } from './backend-encoders';
import { PROTOCOL_3_0, PROTOCOL_3_2, type ProtocolVersion } from './protocol-version';

export type Negotiation =
  | {
      readonly ok: true;
      /** What is spoken from here on: 3.0 (4-byte cancel key) or 3.2. */
      readonly version: ProtocolVersion;
      /** NegotiateProtocolVersion, to be sent before authentication, when the client must be told. */
      readonly reply?: Uint8Array;
    }
  | { readonly ok: false; readonly error: ErrorMessage };

const PROTOCOL_OPTION = '_pq_.';

/**
 * Chooses the version: 3.0 and 3.2 as asked, 3.1 (never used by PostgreSQL) gets 3.0, later minor
 * versions get 3.2, another major version gets 0A000. Options `_pq_.…` are named as not understood.
 */
export function negotiateVersion(
  asked: ProtocolVersion,
  parameters: ReadonlyMap<string, string>,
): Negotiation {
  if (asked.major !== 3) {
    const message = `unsupported frontend protocol ${asked.major}.${asked.minor}: server supports 3.0 to 3.2`;
    return { ok: false, error: { severity: 'FATAL', code: '0A000', message } };
  }
  const version = asked.minor < PROTOCOL_3_2.minor ? PROTOCOL_3_0 : PROTOCOL_3_2;
  const unknown = [...parameters.keys()].filter((name) => name.startsWith(PROTOCOL_OPTION));
  if (version.minor === asked.minor && unknown.length === 0) return { ok: true, version };
  return { ok: true, version, reply: encodeNegotiateProtocolVersion(version, unknown) };
}
