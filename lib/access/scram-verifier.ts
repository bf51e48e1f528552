import {
  type Bytes,
  constantTimeEqual,
  deriveKeys,
  fromBase64,
  hmac,
  KEY_BYTES,
  toBase64,
  utf8,
} from './scram-crypto';

/** PostgreSQL's default. Secrets have 128 random bits, so more iterations would protect nothing. */
const SCRAM_ITERATIONS = 4096;
/** PostgreSQL's SCRAM_DEFAULT_SALT_LEN. */
const SALT_BYTES = 16;
/** Keeps a damaged verifier or a hostile server from burning minutes of CPU. */
export const MAX_SCRAM_ITERATIONS = 1_000_000;

/** What is stored of a secret: enough to check it, not enough to use it. */
export interface ScramVerifier {
  readonly iterations: number;
  readonly salt: Bytes;
  readonly storedKey: Bytes;
  readonly serverKey: Bytes;
}

/**
 * Makes a verifier in PostgreSQL's own text form, `SCRAM-SHA-256$<iterations>:<salt>$<stored>:<server>`.
 * @param secret ASCII; SASLprep would leave it as it is and is therefore not applied
 */
export async function createVerifier(
  secret: string,
  {
    iterations = SCRAM_ITERATIONS,
    salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES)),
  }: { iterations?: number; salt?: Bytes } = {},
): Promise<string> {
  const { storedKey, serverKey } = await deriveKeys(secret, salt, iterations);
  return formatVerifier({ iterations, salt, storedKey, serverKey });
}

function formatVerifier({ iterations, salt, storedKey, serverKey }: ScramVerifier): string {
  const keys = `${toBase64(storedKey)}:${toBase64(serverKey)}`;
  return `SCRAM-SHA-256$${iterations}:${toBase64(salt)}$${keys}`;
}

/** Reads the text form; undefined when it is damaged. */
export function parseVerifier(text: string): ScramVerifier | undefined {
  const match = /^SCRAM-SHA-256\$(\d{1,7}):([^$:]+)\$([^$:]+):([^$:]+)$/.exec(text);
  if (!match) return undefined;
  const [, count = '', salt64 = '', stored64 = '', server64 = ''] = match;
  const iterations = Number(count);
  const salt = fromBase64(salt64);
  const storedKey = fromBase64(stored64);
  const serverKey = fromBase64(server64);
  if (!salt || storedKey?.length !== KEY_BYTES || serverKey?.length !== KEY_BYTES) return undefined;
  if (iterations < 1 || iterations > MAX_SCRAM_ITERATIONS) return undefined;
  return { iterations, salt, storedKey, serverKey };
}

/** True when `secret` is the one the verifier was made from; compares in constant time. */
export async function verifySecret(verifier: string, secret: string): Promise<boolean> {
  const parsed = parseVerifier(verifier);
  if (!parsed) return false;
  const { serverKey } = await deriveKeys(secret, parsed.salt, parsed.iterations);
  return constantTimeEqual(serverKey, parsed.serverKey);
}

/**
 * A verifier nothing satisfies, for a user that does not exist: the same user always gets the same
 * salt, as a real one would, so an exchange does not tell which users exist.
 * @param serverSecret at least 16 random bytes that this server keeps for good
 */
export async function mockVerifier(serverSecret: Bytes, user: string): Promise<ScramVerifier> {
  const salt = (await hmac(serverSecret, utf8(`salt ${user}`))).slice(0, SALT_BYTES);
  return {
    iterations: SCRAM_ITERATIONS,
    salt,
    storedKey: crypto.getRandomValues(new Uint8Array(KEY_BYTES)),
    serverKey: crypto.getRandomValues(new Uint8Array(KEY_BYTES)),
  };
}
