import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Machine } from '@/lib/machine/machine';
import { builtImage, v86Wasm } from '@/lib/machine/testing/image';
import type { Credentials } from '@/lib/machine/types';
import { seedUpdate } from '@/lib/notebook/seed';
import { connectClient } from '@/lib/postgres/client';
import { TestRelay } from '@/relay/testing/test-relay';
import { findPlayground } from '../playgrounds/store';
import { Cell } from '../state/cell';
import type { StreamsOfMachine } from './machine-streams';
import { LinkOpening, lookAt } from './open-link';
import type { OwnLink } from './own-links';
import { findDump } from './pending-store';
import { restoreDump } from './restore-program';
import { deleteSnapshot, listSnapshots } from './snapshot-api';
import { SnapshotMaking } from './snapshot-making';
import { problemOf } from './snapshot-problem';

/** A real machine, a real relay, and the page's code between them; only the network misbehaves on purpose. */
let relay: TestRelay;
let machine: Machine;
let streams: StreamsOfMachine;
let credentials: Credentials;
/** Told each request before it is sent; throws for a fault. */
let network: (path: string, method: string) => void;
const MARKER = 'Zwergkaninchen';

/** More than one chunk of it, and nothing that compression could take away. */
function rows(): Uint8Array {
  const words = Array.from({ length: 400 }, (_, id) => {
    return `${id}\t${MARKER}${randomBytes(3000).toString('base64')}\n`;
  });
  return new TextEncoder().encode(words.join(''));
}

beforeAll(async () => {
  relay = await TestRelay.start();
  const wasm = await v86Wasm();
  machine = new Machine({ source: builtImage, wasm: async () => wasm, events: {} });
  await machine.start({ memoryMb: 256 });
  const owner = await session();
  await owner.simple(
    'create table big(id int primary key, word text); alter table big alter word set storage external;',
  );
  await owner.copyIn('copy big from stdin', [rows()]);
  owner.end();
  streams = { state: new Cell(machine.state), open: (metadata) => machine.open(metadata) };
  const { id, owner: link } = await relay.createPlayground();
  credentials = { playground: id, link: link.id, secret: link.secret };
});
afterAll(async () => {
  await machine.stop();
  await relay.stop();
});

beforeEach(() => {
  network = () => {};
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    network(path, init.method ?? 'GET');
    return real(relay.url + path, init);
  });
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

function session() {
  return connectClient(machine.connect(), { user: 'owner', database: 'postgres' });
}

async function make(options: { maxOpenings?: number } = {}): Promise<OwnLink> {
  const making = new SnapshotMaking(credentials);
  await making.create(streams, {
    ...{ kind: 'data', title: 'Rabbits', note: 'Look at big.', ttlSeconds: 3600 },
    notebook: seedUpdate(),
    ...options,
  });
  const state = making.state.get();
  if (state.kind !== 'made') throw new Error(JSON.stringify(state));
  return state.link;
}

const watch = () => ({
  signal: new AbortController().signal,
  onProgress: () => {},
  onFault: () => {},
});

/** Cuts some requests of a transfer, counted from the first. */
function cutting(...numbers: readonly number[]) {
  let requests = 0;
  network = (path) => {
    if (path.includes('/chunks') && numbers.includes(++requests)) throw new TypeError('cut');
  };
}

async function problem(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (thrown) => problemOf(thrown).title,
  );
}

test('a link that was made over a bad line opens over a bad line, with the same data', async () => {
  // Both chunks, then the question what has arrived, then one of them again.
  cutting(1, 2, 3, 5);
  const link = await make();
  cutting(1, 3);
  const shown = await lookAt(link.id, `#${link.key}`);
  expect(shown.card).toMatchObject({ title: 'Rabbits', note: 'Look at big.', kind: 'data' });
  expect(shown.facts.chunks).toBeGreaterThan(1);
  const playground = await new LinkOpening(shown).open(watch());
  expect(findPlayground(playground)).toMatchObject({
    name: 'Rabbits',
    memoryMb: 256,
    pendingDump: true,
  });
  const pending = await findDump(playground);
  const owner = await session();
  const digest = 'select md5(string_agg(word, id::text order by id)) from big';
  const before = (await owner.query(digest)).rows[0]?.[0];
  await owner.simple('drop table big');
  const dump = pending?.dump ?? new Blob();
  expect(await restoreDump(streams, { dump, isRepeated: false, onProgress: () => {} })).toEqual({
    errors: 0,
    said: '',
  });
  expect((await owner.query(digest)).rows[0]?.[0]).toBe(before);
  owner.end();
}, 300_000);

test('what leaves this tab shows neither data nor title', async () => {
  const sent: Blob[] = [];
  const stubbed = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    if (init.body) sent.push(new Blob([init.body as BlobPart]));
    return stubbed(path, init);
  });
  const link = await make();
  const all = Buffer.from(await new Blob(sent).arrayBuffer()).toString('latin1');
  expect(all.length).toBeGreaterThan(1_000_000);
  for (const secret of [MARKER, 'Rabbits', 'Look at', link.key]) expect(all).not.toContain(secret);
});

test('a link says why it does not open, and what has begun is not kept', async () => {
  const link = await make({ maxOpenings: 1 });
  expect(await problem(lookAt(link.id, ''))).toBe('The key in this link does not fit');
  expect(await problem(lookAt(link.id, link.key.slice(0, -1)))).toMatch(/key/);
  const other = await make();
  expect(await problem(lookAt(link.id, other.key))).toBe('The key in this link does not fit');
  expect(await problem(lookAt('aaaaaaaaaaaa', link.key))).toBe('There is no snapshot here');
  network = () => {
    throw new TypeError('away');
  };
  expect(await problem(lookAt(link.id, link.key))).toBe('The server cannot be reached');
  network = () => {};

  const shown = await lookAt(link.id, link.key);
  expect(shown.facts.openingsLeft).toBe(1);
  const opening = new LinkOpening(shown);
  const end = new AbortController();
  const cancelled = opening.open({ ...watch(), signal: end.signal, onProgress: () => end.abort() });
  await expect(cancelled).rejects.toBeDefined();
  // Another attempt goes on with the same opening; a new one is refused.
  expect(await problem(new LinkOpening(shown).open(watch()))).toMatch(/as often as it may/);
  const playground = await opening.open(watch());
  expect(findPlayground(playground)?.pendingDump).toBe(true);
  expect(await problem(lookAt(link.id, link.key))).toMatch(/as often as it may/);
});

test('one that is deleted while it is fetched leaves nothing behind', async () => {
  const link = await make();
  const shown = await lookAt(link.id, link.key);
  network = (path) => {
    if (path.endsWith('/chunks/1')) throw new TypeError('cut');
  };
  const opening = new LinkOpening(shown).open({
    ...watch(),
    onFault: async () => {
      network = () => {};
      await deleteSnapshot(credentials, link.id);
    },
  });
  expect(await problem(opening)).toBe('There is no snapshot here');
  const listed = await listSnapshots(credentials);
  if (listed.ok) expect(listed.value.some(({ id }) => id === link.id)).toBe(false);
});

test('an upload that is cancelled is forgotten by the server', async () => {
  const before = await listSnapshots(credentials);
  const making = new SnapshotMaking(credentials);
  const done = making.create(streams, {
    ...{ kind: 'data', title: 'Rabbits', note: '', ttlSeconds: 3600 },
  });
  await new Promise<void>((resolve) => {
    making.state.subscribe(() => making.state.get().kind === 'sending' && resolve());
  });
  making.cancel();
  await done;
  expect(making.state.get()).toEqual({ kind: 'idle' });
  await vi.waitFor(async () => expect(await listSnapshots(credentials)).toEqual(before));
});
