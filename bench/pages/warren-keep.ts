import { getFile, putFile } from '../../lib/machine/files';
import { createHost } from '../../lib/machine/host';
import { DEFAULT_MEMORY_MB, type KeepState } from '../../lib/machine/types';
import { connectClient, type PgClient } from '../../lib/postgres/client';
import { readCredentials } from './credentials';
import { TaskWatch } from './watch-tasks';

/** What a save cost. */
export interface SaveFigures {
  readonly writtenBytes: number;
  /** The longest `select 1` of those that were asked one after the other meanwhile, in milliseconds. */
  readonly stallMs: number;
  /** The longest task of the main thread meanwhile; 0 when none was over 50 ms. */
  readonly taskMs: number;
}

/** What the bench asks of a page that hosts a machine and keeps it. */
export interface KeepStage {
  ready(): Promise<void>;
  sql(text: string): Promise<void>;
  save(): Promise<SaveFigures>;
  snapshot(): Promise<{ readonly bytes: number; readonly ms: number }>;
  /** Megabytes of 10⁶ bytes a second. */
  fileIn(bytes: number): Promise<number>;
  fileOut(): Promise<number>;
}

declare global {
  var keeping: KeepStage;
}

const FILE = '/files/bench.bin';

const host = createHost(readCredentials());
host.start({ memoryMb: DEFAULT_MEMORY_MB, from: 'base' });
let kept: KeepState | undefined;
host.onKept((state) => {
  kept = state;
});
const isUp = new Promise<void>((resolve, reject) => {
  host.onMachine((state) => {
    if (state.stage === 'ready') resolve();
    if (state.stage === 'failed') reject(new Error(state.message));
  });
});
let client: PgClient | undefined;
const session = async () => {
  client ??= await connectClient(host.connect(), { user: 'owner', database: 'postgres' });
  return client;
};
const open = (metadata: Parameters<typeof host.open>[0]) => host.open(metadata);

globalThis.keeping = {
  ready: () => isUp,
  async sql(text) {
    await (await session()).simple(text);
  },
  async save() {
    const asked = await session();
    let isOver = false;
    let stallMs = 0;
    const ask = (async () => {
      while (!isOver) {
        const before = performance.now();
        await asked.simple('select 1');
        stallMs = Math.max(stallMs, performance.now() - before);
      }
    })();
    await new Promise((resolve) => setTimeout(resolve));
    const tasks = new TaskWatch(performance.now());
    await host.saveNow();
    isOver = true;
    await ask;
    const writtenBytes = kept?.kind === 'saved' ? kept.writtenBytes : Number.NaN;
    return { writtenBytes, stallMs, taskMs: await tasks.longestMs() };
  },
  snapshot() {
    const before = performance.now();
    const stream = open([['kind', 'snapshot']]);
    let bytes = 0;
    return new Promise((resolve, reject) => {
      stream.attach({
        data: (chunk) => {
          bytes += chunk.length;
          stream.consumed(chunk.length);
        },
        end: () => resolve({ bytes, ms: performance.now() - before }),
        reset: ({ text }) => reject(new Error(text)),
        drain: () => {},
      });
      stream.end();
    });
  },
  async fileIn(bytes) {
    const source = new Blob([new Uint8Array(bytes).fill(0x5a)]);
    const before = performance.now();
    await putFile(open, FILE, source, { size: bytes });
    return bytes / 1000 / (performance.now() - before);
  },
  async fileOut() {
    const before = performance.now();
    const { content, size } = await getFile(open, FILE);
    const reader = content.getReader();
    while (!(await reader.read()).done);
    return size / 1000 / (performance.now() - before);
  },
};
