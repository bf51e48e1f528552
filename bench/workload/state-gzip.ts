import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Machine } from '../../lib/machine/machine';
import { builtImage, v86Wasm } from '../../lib/machine/testing/image';
import { DEFAULT_MEMORY_MB } from '../../lib/machine/types';
import { connectClient } from '../../lib/postgres/client';

/**
 * What carrying a machine costs without a format of one's own: the whole state as v86 saves it, through gzip at its usual
 * level. In this process, natively.
 * @param sql run in the machine before
 */
export async function stateGzip(sql: string): Promise<{ bytes: number; ms: number }> {
  const wasm = await v86Wasm();
  const machine = new Machine({ source: builtImage, wasm: async () => wasm });
  await machine.start({ memoryMb: DEFAULT_MEMORY_MB });
  try {
    const client = await connectClient(machine.connect(), { user: 'owner', database: 'postgres' });
    await client.simple(sql);
    client.end();
    const before = performance.now();
    const state = await machine.save();
    const packed = await promisify(gzip)(new Uint8Array(state));
    return { bytes: packed.length, ms: performance.now() - before };
  } finally {
    await machine.stop();
  }
}
