import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import path from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { generate } from 'selfsigned';
import type { Config } from '../../lib/server/config';

const DAY_MS = 86_400_000;
/** Nobody verifies a self-signed certificate by its age; it must outlive the installation. */
const LIFETIME_MS = 3_650 * DAY_MS;
/** Made anew at a start this close to its end. */
const RENEW_BEFORE_MS = 30 * DAY_MS;

interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** The TLS context of the Postgres port: the configured files, or a self-signed pair kept under DATA_DIR. */
export async function openSecureContext(
  config: Pick<Config, 'tls' | 'dataDir'>,
  hostname: string,
): Promise<SecureContext> {
  const pair = config.tls.kind === 'files' ? await readFiles(config.tls) : undefined;
  const { cert, key } =
    pair ?? (await ensureSelfSigned(path.join(config.dataDir, 'tls'), hostname));
  return createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
}

async function readFiles(paths: { certPath: string; keyPath: string }): Promise<KeyPair> {
  const [cert, key] = await Promise.all([
    readFile(paths.certPath, 'utf8'),
    readFile(paths.keyPath, 'utf8'),
  ]);
  return { cert, key };
}

async function ensureSelfSigned(directory: string, hostname: string): Promise<KeyPair> {
  const certPath = path.join(directory, 'cert.pem');
  const keyPath = path.join(directory, 'key.pem');
  const kept = await readFiles({ certPath, keyPath }).catch(() => undefined);
  if (kept && isUsable(kept.cert, hostname)) return kept;
  const made = await generateSelfSigned(hostname);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(keyPath, made.key, { mode: 0o600 });
  await writeFile(certPath, made.cert, { mode: 0o644 });
  return made;
}

function isUsable(cert: string, hostname: string): boolean {
  const certificate = new X509Certificate(cert);
  const left = Date.parse(certificate.validTo) - Date.now();
  const names = isIP(hostname) ? certificate.checkIP(hostname) : certificate.checkHost(hostname);
  return left > RENEW_BEFORE_MS && names !== undefined;
}

async function generateSelfSigned(hostname: string): Promise<KeyPair> {
  const names = new Set(['localhost', '127.0.0.1', '::1', hostname]);
  const altNames = [...names].map((name) =>
    isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
  );
  const made = await generate([{ name: 'commonName', value: hostname }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + LIFETIME_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { cert: made.cert, key: made.private };
}
