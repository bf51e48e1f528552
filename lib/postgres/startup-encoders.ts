import { MessageWriter } from './message-writer';
import {
  PROTOCOL_3_0,
  type ProtocolVersion,
  REQUEST_CODES,
  versionNumber,
} from './protocol-version';

/** What PostgreSQL wants to see again before it cancels what a session runs. */
export interface BackendKey {
  readonly processId: number;
  /** 4 bytes in protocol 3.0, up to 256 in 3.2. */
  readonly secretKey: Uint8Array;
}

/**
 * A startup packet. Throws RangeError when a name or value holds a NUL or a name is empty: that
 * would let a value smuggle in further parameters.
 */
export function encodeStartup(
  parameters: Iterable<readonly [string, string]>,
  version: ProtocolVersion = PROTOCOL_3_0,
): Uint8Array {
  const writer = new MessageWriter().begin().int32(versionNumber(version));
  for (const [name, value] of parameters) {
    if (name === '' || name.includes('\0') || value.includes('\0')) {
      throw new RangeError('a startup parameter is empty or holds a NUL');
    }
    writer.cstring(name).cstring(value);
  }
  return writer.int8(0).end().take();
}

/** The bytes to send on a fresh stream to cancel what the session with `key` runs. */
export function cancelRequest({ processId, secretKey }: BackendKey): Uint8Array {
  return new MessageWriter()
    .begin()
    .int32(REQUEST_CODES.cancel)
    .int32(processId)
    .bytes(secretKey)
    .end()
    .take();
}
