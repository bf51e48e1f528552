import type { PgClient } from '../../lib/postgres/client';
import { percentile } from '../report/stats';

const PIECE_BYTES = 64_000;
/** A query of 100 bytes that is answered with 100 bytes. */
const ECHO = 'source 100'.padEnd(94, ' ');

/** MB a second of `bytes` from the host to the client. */
export async function download(client: PgClient, bytes: number): Promise<number> {
  let received = 0;
  const startedAt = performance.now();
  await client.copyOut(`source ${bytes}`, (chunk) => {
    received += chunk.length;
  });
  const ms = performance.now() - startedAt;
  if (received !== bytes) throw new Error(`${received} bytes came instead of ${bytes}`);
  return bytes / 1e3 / ms;
}

/** MB a second of `bytes` from the client to the host, its answer included. */
export async function upload(client: PgClient, bytes: number): Promise<number> {
  const startedAt = performance.now();
  await client.copyIn('sink', pieces(bytes));
  return bytes / 1e3 / (performance.now() - startedAt);
}

/** Echoes one after the other for as long as `beside` takes: milliseconds of the median and of the slowest hundredth. */
export async function echoWhile(
  client: PgClient,
  beside: Promise<unknown>,
): Promise<{ p50: number; p99: number }> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  beside.then(end, end);
  const latencies: number[] = [];
  while (!isOver || latencies.length === 0) {
    const startedAt = performance.now();
    await client.copyOut(ECHO, () => {});
    latencies.push(performance.now() - startedAt);
  }
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}

/** Asks for bytes and never takes the second chunk; resolves once the first has come. */
export function stallReader(client: PgClient, bytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const never = new Promise<void>(() => {});
    client
      .copyOut(`source ${bytes}`, () => {
        resolve();
        return never;
      })
      .catch(reject);
  });
}

function* pieces(bytes: number): Iterable<Uint8Array> {
  const piece = new Uint8Array(PIECE_BYTES);
  for (let left = bytes; left > 0; left -= PIECE_BYTES) yield piece.subarray(0, left);
}
