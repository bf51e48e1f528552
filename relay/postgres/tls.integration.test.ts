import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { psql } from '../testing/psql';
import { TestRelay } from '../testing/test-relay';

/** Nobody hosts: what psql hears after authentication shows that TLS and secret were right. */
const WELCOMED = "the playground's tab is not open";

describe('TLS on the Postgres port', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'warren-tls-'));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  /** What psql says when it trusts only `rootCert` and insists on the server's name. */
  const connect = async (relay: TestRelay, rootCert: string) => {
    const playground = await relay.createPlayground();
    const uri = relay
      .connectionString(playground, playground.owner)
      .replace('127.0.0.1', 'localhost')
      .replace('sslmode=require', `sslmode=verify-full&sslrootcert=${rootCert}`);
    return (await psql(uri, ['-c', 'select 1'])).stderr;
  };

  it('uses a certificate of its own, which can be verified and is kept', async () => {
    const dataDir = path.join(directory, 'own');
    const certificate = path.join(dataDir, 'tls', 'cert.pem');
    for (let start = 0; start < 2; start++) {
      const relay = await TestRelay.start({
        limits: { hostWaitMs: 10 },
        environment: { DATA_DIR: dataDir },
      });
      if (start === 0) await copyFile(certificate, path.join(directory, 'first.pem'));
      expect(await connect(relay, path.join(directory, 'first.pem'))).toContain(WELCOMED);
      await relay.running.stop();
    }
  });

  it('uses the configured files', async () => {
    const made = await generate([{ name: 'commonName', value: 'localhost' }], { keyType: 'ec' });
    const certPath = path.join(directory, 'cert.pem');
    const keyPath = path.join(directory, 'key.pem');
    await writeFile(certPath, made.cert);
    await writeFile(keyPath, made.private);
    const relay = await TestRelay.start({
      limits: { hostWaitMs: 10 },
      environment: { TLS_CERT: certPath, TLS_KEY: keyPath },
    });
    expect(await connect(relay, certPath)).toContain(WELCOMED);
    await relay.stop();
  });
});
