import {
  constantTimeEqual,
  fromBase64,
  hmac,
  KEY_BYTES,
  newNonce,
  sha256,
  toBase64,
  utf8,
  xor,
} from './scram-crypto';
import type { ScramVerifier } from './scram-verifier';

/** The only mechanism offered; there is no channel binding, so no `-PLUS`. */
export const SCRAM_MECHANISM = 'SCRAM-SHA-256';

export type ScramRefusalCode =
  | 'malformed'
  | 'channel-binding'
  | 'authorization-identity'
  | 'unknown-extension'
  | 'nonce'
  | 'wrong-secret';

export interface ScramRefusal {
  readonly ok: false;
  readonly code: ScramRefusalCode;
  /** For the log; a client learns only that authentication failed. */
  readonly message: string;
}

/** The exchange between the server's first message and the client's final one. */
export interface ScramExchange {
  readonly verifier: ScramVerifier;
  readonly gs2Header: string;
  readonly clientFirstBare: string;
  readonly serverFirst: string;
  readonly nonce: string;
}

/**
 * Answers the client's first message (RFC 5802, section 5). The user name in it is ignored, as in
 * PostgreSQL: the startup packet named the user.
 * @param serverNonce only given by tests
 */
export function scramFirst(
  verifier: ScramVerifier,
  clientFirst: string,
  serverNonce: string = newNonce(),
): { readonly ok: true; readonly exchange: ScramExchange } | ScramRefusal {
  const match = /^(p=[^,]*|[ny]),([^,]*),(.*)$/s.exec(clientFirst);
  if (!match) return refuse('malformed', 'client-first has no GS2 header');
  const [, flag = '', identity = '', bare = ''] = match;
  if (flag.startsWith('p')) return refuse('channel-binding', 'channel binding was not offered');
  if (identity !== '') return refuse('authorization-identity', 'an identity was asked for');
  if (bare.startsWith('m=')) return refuse('unknown-extension', 'a mandatory extension is unknown');
  const clientNonce = /^n=[^,]*,r=([\x21-\x2b\x2d-\x7e]+)(,.*)?$/s.exec(bare)?.[1];
  if (!clientNonce) return refuse('malformed', 'client-first has no user name or nonce');
  const nonce = clientNonce + serverNonce;
  const serverFirst = `r=${nonce},s=${toBase64(verifier.salt)},i=${verifier.iterations}`;
  const gs2Header = `${flag},,`;
  return {
    ok: true,
    exchange: { verifier, gs2Header, clientFirstBare: bare, serverFirst, nonce },
  };
}

/**
 * Checks the client's final message. A wrong secret and a mock verifier are refused alike, with
 * `wrong-secret` after the same work.
 */
export async function scramFinal(
  { verifier, gs2Header, clientFirstBare, serverFirst, nonce }: ScramExchange,
  clientFinal: string,
): Promise<{ readonly ok: true; readonly serverFinal: string } | ScramRefusal> {
  const match = /^(c=([^,]*),r=([^,]*)(?:,[^,]+)*),p=([^,]*)$/s.exec(clientFinal);
  if (!match) return refuse('malformed', 'client-final lacks c=, r= or p=');
  const [, withoutProof = '', binding = '', echoed = '', proof64 = ''] = match;
  if (binding !== btoa(gs2Header)) return refuse('channel-binding', 'c= is not the GS2 header');
  if (echoed !== nonce) return refuse('nonce', 'the nonce is not ours');
  const proof = fromBase64(proof64);
  if (proof?.length !== KEY_BYTES) return refuse('malformed', 'the proof is not 32 bytes');

  const authMessage = utf8(`${clientFirstBare},${serverFirst},${withoutProof}`);
  const clientKey = xor(proof, await hmac(verifier.storedKey, authMessage));
  const signature = await hmac(verifier.serverKey, authMessage);
  if (!constantTimeEqual(await sha256(clientKey), verifier.storedKey)) {
    return refuse('wrong-secret', 'the proof does not fit the verifier');
  }
  return { ok: true, serverFinal: `v=${toBase64(signature)}` };
}

function refuse(code: ScramRefusalCode, message: string): ScramRefusal {
  return { ok: false, code, message };
}
