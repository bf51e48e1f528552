import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const SECRET_BYTES = 32;

/** Random bytes this installation keeps for good, made the first time: what must look alike after a restart. */
export async function ensureServerSecret(dataDir: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = path.join(dataDir, 'server-secret');
  const kept = await readFile(file).catch(() => undefined);
  if (kept?.length === SECRET_BYTES) return new Uint8Array(kept);
  const secret = randomBytes(SECRET_BYTES);
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  await writeFile(file, secret, { mode: 0o600 });
  return new Uint8Array(secret);
}
