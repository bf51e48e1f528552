import {
  type Bytes,
  constantTimeEqual,
  deriveKeys,
  fromBase64,
  hmac,
  newNonce,
  toBase64,
  utf8,
  xor,
} from './scram-crypto';
import { MAX_SCRAM_ITERATIONS } from './scram-verifier';

const GS2_HEADER = 'n,,';

/** The client's first message, kept for the answer to it. */
export interface ScramHello {
  readonly clientFirst: string;
  readonly clientFirstBare: string;
  readonly nonce: string;
}

/** The client's final message, and what the server must answer. */
export interface ScramProof {
  readonly clientFinal: string;
  readonly serverSignature: Bytes;
}

/**
 * Begins an exchange without channel binding.
 * @param user PostgreSQL takes the user from the startup packet and wants this empty, as libpq does
 * @param nonce only given by tests
 */
export function scramHello(user = '', nonce: string = newNonce()): ScramHello {
  const name = user.replaceAll('=', '=3D').replaceAll(',', '=2C');
  const clientFirstBare = `n=${name},r=${nonce}`;
  return { clientFirst: GS2_HEADER + clientFirstBare, clientFirstBare, nonce };
}

/**
 * Proves the secret. Undefined when the server's first message is malformed, does not extend our
 * nonce, or asks for an unreasonable number of iterations.
 * @param secret ASCII; SASLprep is not applied
 */
export async function scramProof(
  { clientFirstBare, nonce }: ScramHello,
  serverFirst: string,
  secret: string,
): Promise<ScramProof | undefined> {
  const match = /^r=([^,]+),s=([^,]+),i=(\d{1,7})(?:,.*)?$/s.exec(serverFirst);
  if (!match) return undefined;
  const [, combined = '', salt64 = '', count = ''] = match;
  const salt = fromBase64(salt64);
  const iterations = Number(count);
  if (!combined.startsWith(nonce) || combined.length === nonce.length || !salt) return undefined;
  if (iterations < 1 || iterations > MAX_SCRAM_ITERATIONS) return undefined;

  const withoutProof = `c=${btoa(GS2_HEADER)},r=${combined}`;
  const authMessage = utf8(`${clientFirstBare},${serverFirst},${withoutProof}`);
  const { clientKey, storedKey, serverKey } = await deriveKeys(secret, salt, iterations);
  const proof = xor(clientKey, await hmac(storedKey, authMessage));
  return {
    clientFinal: `${withoutProof},p=${toBase64(proof)}`,
    serverSignature: await hmac(serverKey, authMessage),
  };
}

/** True when the server's final message proves that it knows the verifier. */
export function scramServerProven({ serverSignature }: ScramProof, serverFinal: string): boolean {
  const signature = fromBase64(/^v=([^,]+)/.exec(serverFinal)?.[1] ?? '');
  return signature !== undefined && constantTimeEqual(signature, serverSignature);
}
