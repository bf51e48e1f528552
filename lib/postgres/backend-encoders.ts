import { MessageWriter } from './message-writer';
import { type ProtocolVersion, versionNumber } from './protocol-version';
import type { BackendKey } from './startup-encoders';

/** Messages of a server, for the relay, which speaks to clients before PostgreSQL does. */

export interface ErrorMessage {
  /** FATAL ends the connection; the sender then closes it. */
  readonly severity: 'ERROR' | 'FATAL' | 'PANIC';
  /** SQLSTATE, five characters. */
  readonly code: string;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
}

export function encodeErrorResponse(error: ErrorMessage): Uint8Array {
  const writer = new MessageWriter().begin('E');
  const field = (type: string, text: string | undefined) => {
    if (text !== undefined) writer.text(type).cstring(text.replaceAll('\0', ' '));
  };
  field('S', error.severity);
  field('V', error.severity);
  field('C', error.code);
  field('M', error.message);
  field('D', error.detail);
  field('H', error.hint);
  return writer.int8(0).end().take();
}

export function encodeAuthenticationSasl(mechanisms: readonly string[]): Uint8Array {
  const writer = new MessageWriter().begin('R').int32(10);
  for (const mechanism of mechanisms) writer.cstring(mechanism);
  return writer.int8(0).end().take();
}

/** @param data the mechanism's challenge, ASCII */
export function encodeAuthenticationSaslContinue(data: string): Uint8Array {
  return new MessageWriter().begin('R').int32(11).text(data).end().take();
}

/** @param data the mechanism's outcome, ASCII */
export function encodeAuthenticationSaslFinal(data: string): Uint8Array {
  return new MessageWriter().begin('R').int32(12).text(data).end().take();
}

export function encodeBackendKeyData({ processId, secretKey }: BackendKey): Uint8Array {
  return new MessageWriter().begin('K').int32(processId).bytes(secretKey).end().take();
}

/** @param options the `_pq_.` parameters of the client that are not understood */
export function encodeNegotiateProtocolVersion(
  newest: ProtocolVersion,
  options: readonly string[],
): Uint8Array {
  const writer = new MessageWriter().begin('v').int32(versionNumber(newest)).int32(options.length);
  for (const option of options) writer.cstring(option);
  return writer.end().take();
}
