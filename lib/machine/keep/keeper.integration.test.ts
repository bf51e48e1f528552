import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metadataValue } from '../../mux/metadata';
import { connectClient, type PgClient } from '../../postgres/client';
import { openKeptMachine } from '../../snapshot/store/kept-machine';
import { openNodeShelf } from '../../snapshot/store/node-folder';
import type { KeptMachine, Shelf } from '../../snapshot/store/types';
import { Machine } from '../machine';
import { startFrom } from '../start-kept';
import { builtImage, v86Wasm } from '../testing/image';
import type { KeepState } from '../types';
import { adoptSnapshot } from './adopt-snapshot';
import { exportSnapshot } from './export-snapshot';
import { Keeper } from './keeper';

/** Real emulator, real PostgreSQL, a real folder for the browser's storage. */
let wasm: WebAssembly.Module;
let folder: string;
let shelf: Shelf;
beforeAll(async () => {
  wasm = await v86Wasm();
  folder = await mkdtemp(path.join(tmpdir(), 'warren-keep-'));
  shelf = openNodeShelf(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A tab: its machine, and what keeps it. Closing it is what a reload does. */
class Tab {
  readonly machine = new Machine({ source: builtImage, wasm: async () => wasm });
  readonly told: KeepState[] = [];
  readonly keeper: Keeper;
  #kept: KeptMachine | undefined;

  constructor(name: string) {
    this.keeper = new Keeper({
      machine: this.machine,
      open: async () => {
        this.#kept = await openKeptMachine(await shelf.folder(name));
        return this.#kept;
      },
      report: (state) => this.told.push(state),
    });
  }

  async named(): Promise<{ client: PgClient; isResumed: boolean }> {
    const stream = this.machine.open([
      ['kind', 'pg'],
      ['session', 'page'],
    ]);
    const isResumed = metadataValue(await stream.accepted, 'resumed') === '1';
    const client = await connectClient(stream, { user: 'owner', database: 'postgres', isResumed });
    return { client, isResumed };
  }

  session(): Promise<PgClient> {
    return connectClient(this.machine.connect(), { user: 'owner', database: 'postgres' });
  }

  async close(): Promise<void> {
    this.keeper.end();
    await this.machine.stop();
    await this.#kept?.close();
  }
}

async function value(client: PgClient, sql: string): Promise<string | null> {
  const { rows } = await client.query(sql);
  return rows[0]?.[0] ?? null;
}

describe('a machine that is kept', () => {
  it('continues where it was saved, with its open transaction, and resets to its start', async () => {
    const first = new Tab('kept');
    expect(await startFrom(first.machine, first.keeper, 256, 'kept')).toBeUndefined();
    const { client, isResumed } = await first.named();
    expect(isResumed).toBe(false);
    await client.query('create table t as select g from generate_series(1, 1000) g');
    await first.keeper.markStart();
    await client.simple('begin');
    await client.query('insert into t values (1001)');
    first.keeper.work();
    expect(first.told.at(-1)).toMatchObject({ kind: 'saved', unsavedSince: expect.any(Number) });
    await first.keeper.saveNow();
    const saved = first.told.at(-1);
    expect(saved).toMatchObject({ kind: 'saved', unsavedSince: undefined });
    // After a small change, at most 4 MB.
    expect(saved?.kind === 'saved' && saved.writtenBytes).toBeLessThan(4_000_000);
    await client.query('insert into t values (1002)');
    await first.close();

    const second = new Tab('kept');
    const continued = await startFrom(second.machine, second.keeper, 256, 'kept');
    expect(continued).toEqual({ savedAt: saved?.kind === 'saved' && saved.savedAt, from: 'kept' });
    const other = await second.session();
    expect(await value(other, 'select count(*) from t')).toBe('1000');
    const resumed = await second.named();
    expect(resumed.isResumed).toBe(true);
    expect(resumed.client.status).toBe('transaction');
    expect(await value(resumed.client, 'select count(*) from t')).toBe('1001');
    await resumed.client.simple('commit');
    expect(await value(other, 'select count(*) from t')).toBe('1001');
    await second.keeper.saveNow();

    const reset = await startFrom(second.machine, second.keeper, 256, 'start');
    expect(reset?.from).toBe('start');
    expect(await value(await second.session(), 'select count(*) from t')).toBe('1000');
    await second.close();
  });

  it('goes into a snapshot file and out of it into another place', async () => {
    const sender = new Tab('sender');
    await startFrom(sender.machine, sender.keeper, 256, 'base');
    const { client } = await sender.named();
    await client.query(
      'create table sent as select g, md5(g::text) from generate_series(1, 1000) g',
    );
    await client.simple('begin; insert into sent values (0)');
    const pieces: Uint8Array[] = [];
    const words = { title: 'A bug', note: 'Look here', notebook: Uint8Array.of(1, 2, 3) };
    await exportSnapshot(sender.machine, 256, words, async (piece) => {
      pieces.push(piece.slice());
    });
    await sender.close();
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBeLessThan(2_500_000);

    const file = () => new Blob(pieces as Uint8Array<ArrayBuffer>[]).stream();
    const contents = await adoptSnapshot(shelf, 'receiver', file(), builtImage, async () => wasm);
    expect(contents.header).toMatchObject({ title: 'A bug', note: 'Look here', memoryMb: 256 });
    expect(contents.notebook).toEqual(words.notebook);
    const receiver = new Tab('receiver');
    expect(await startFrom(receiver.machine, receiver.keeper, 256, 'kept')).toBeDefined();
    const resumed = await receiver.named();
    expect(resumed.client.status).toBe('transaction');
    expect(await value(resumed.client, 'select count(*) from sent')).toBe('1001');
    await receiver.close();

    const cut = file().pipeThrough(firstBytes(bytes >> 1));
    await expect(
      adoptSnapshot(shelf, 'cut', cut, builtImage, async () => wasm),
    ).rejects.toMatchObject({ code: 'damaged' });
    expect(await shelf.list()).not.toContain('cut');
  });
});

function firstBytes(count: number): TransformStream<Uint8Array, Uint8Array> {
  let left = count;
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk.subarray(0, left));
      left -= Math.min(left, chunk.length);
      if (left === 0) controller.terminate();
    },
  });
}
