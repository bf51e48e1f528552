import { once } from 'node:events';
import net from 'node:net';
import pg from 'pg';
import { type BackendKey, cancelRequest } from '../../lib/postgres/startup-encoders';
import type { TestLink, TestPlayground, TestRelay } from './test-relay';

/** A node-postgres client through the port, over TLS unless told. */
export async function connectClient(
  relay: TestRelay,
  playground: TestPlayground,
  link: TestLink,
  sslmode: 'require' | 'disable' = 'require',
): Promise<pg.Client> {
  const uri = relay.connectionString(playground, link, sslmode);
  const client = new pg.Client({
    // node-postgres' word for what libpq calls `require`: a self-signed certificate will do.
    connectionString: uri.replace('sslmode=require', 'sslmode=no-verify'),
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The key a client was given. */
export function keyOf(client: pg.Client): BackendKey {
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number };
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(secretKey);
  return { processId: processID, secretKey: bytes };
}

/** Sends a CancelRequest as libpq does, in plain text, and waits for the server to hang up. */
export async function sendCancel(relay: TestRelay, key: BackendKey): Promise<void> {
  const socket = net.connect(relay.running.pgPort, relay.running.pgHost);
  socket.write(cancelRequest(key));
  socket.resume();
  await once(socket, 'close');
}
