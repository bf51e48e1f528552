import { Random } from '../../../mux/random';
import { copyMachine } from '../copy-machine';
import { openKeptMachine } from '../kept-machine';
import { summariseMachine } from '../machine-summary';
import { type BlockFile, type Shelf, StoreError, type StoreErrorCode } from '../types';
import { captureOf, momentOf, textOf } from './small-machine';

/** What every shelf does, without a test runner, so that it can be checked in a browser's Worker, too. */
export interface ContractCase {
  readonly title: string;
  /** Throws when the shelf, which is empty at first, does something else. */
  check(shelf: Shelf): Promise<void>;
}

export const SHELF_CONTRACT: readonly ContractCase[] = [
  {
    title: 'machines are found by name, listed in order, and removed',
    async check(shelf) {
      same(await shelf.list(), []);
      same(await shelf.find('b'), undefined);
      await shelf.folder('b');
      await shelf.folder('a-1_Z');
      await shelf.folder('b');
      same(await shelf.list(), ['a-1_Z', 'b']);
      same((await shelf.find('b')) === undefined, false);
      await shelf.remove('b');
      await shelf.remove('never-was');
      same(await shelf.list(), ['a-1_Z']);
    },
  },
  {
    title: 'names that could lead elsewhere are refused',
    async check(shelf) {
      for (const name of ['', '.', '..', '../x', 'a/b', 'a\\b', 'a\n', 'ä', 'x'.repeat(65)]) {
        for (const call of [shelf.find, shelf.folder, shelf.remove]) {
          const thrown = await thrownBy(async () => call(name));
          same([name, thrown instanceof TypeError], [name, true]);
        }
      }
    },
  },
  {
    title: 'what is written is read, wherever it begins and however large it is',
    async check(shelf) {
      const file = await (await shelf.folder('m')).open('f');
      const random = new Random(7);
      let model = new Uint8Array();
      for (let step = 0; step < 60; step += 1) {
        if (random.chance(0.2)) {
          const size = random.between(0, model.length);
          await file.truncate(size);
          model = model.slice(0, size);
        } else {
          const at = random.between(0, 200_000);
          const bytes = random.bytes(random.pick([1, 10, 4096, 65_536, 150_000]));
          await file.write(at, bytes);
          const next = new Uint8Array(Math.max(model.length, at + bytes.length));
          next.set(model);
          next.set(bytes, at);
          model = next;
        }
        if (random.chance(0.2)) await file.flush();
        const at = random.between(0, 300_000);
        const expected = model.subarray(at, at + 70_000);
        same(await textAt(file, at, 70_000), textOfBytes(expected));
      }
      same(await file.size(), model.length);
      same(await textAt(file, 0, model.length), textOfBytes(model));
      await file.close();
    },
  },
  {
    title:
      'a file that grows by truncation, or by a write beyond its end, has zeros there, not what was cut off',
    async check(shelf) {
      const file = await (await shelf.folder('m')).open('f');
      await file.write(0, new Uint8Array(100_000).fill(7));
      await file.truncate(10);
      await file.truncate(20);
      await file.write(90_000, new Uint8Array([1]));
      const bytes = new Uint8Array(90_001).fill(9);
      same(await file.read(0, bytes), 90_001);
      same(bytes.lastIndexOf(7), 9);
      same(bytes.lastIndexOf(9), -1);
      await file.close();
    },
  },
  {
    title: 'what was written is there after it was closed, and can be peeked at while it is open',
    async check(shelf) {
      const folder = await shelf.folder('m');
      same(await folder.peek('f'), undefined);
      const file = await folder.open('f');
      const bytes = new Random(1).bytes(130_000);
      await file.write(0, bytes);
      await file.flush();
      const seen = await folder.peek('f');
      same(seen && textOfBytes(seen), textOfBytes(bytes));
      // Its own buffer, from the beginning: readers lay numbers over it.
      same([seen?.byteOffset, seen?.buffer.byteLength], [0, 130_000]);
      same(await folder.storedBytes(), 130_000);
      await file.close();
      await file.close();
      const again = await (await shelf.find('m'))?.open('f');
      same(again && (await textAt(again, 0, 130_000)), textOfBytes(bytes));
      await again?.close();
    },
  },
  {
    title: 'a file that is open is in use for all others, and its machine cannot be removed',
    async check(shelf) {
      const folder = await shelf.folder('m');
      const other = await folder.open('e');
      await other.write(0, new Uint8Array([1]));
      await other.close();
      const file = await folder.open('f');
      await rejects('in-use', folder.open('f'));
      await rejects('in-use', (await shelf.folder('m')).open('f'));
      await rejects('in-use', shelf.remove('m'));
      same(await folder.storedBytes(), 1);
      await file.close();
      await (await folder.open('f')).close();
      await shelf.remove('m');
      same(await shelf.list(), []);
      same(await (await shelf.folder('m')).storedBytes(), 0);
    },
  },
  {
    title: 'a machine is kept, described while it is open, copied, and comes back',
    async check(shelf) {
      const folder = await shelf.folder('m');
      const machine = await openKeptMachine(folder);
      const versions = new Map(
        Array.from({ length: 700 }, (_, page) => [page * 3, (page % 5) + 1]),
      );
      const first = { savedAt: 1, versions: new Map([...versions, [5, 0]]) };
      await machine.write(captureOf(first, machine.latestTable));
      await machine.markStart();
      const second = { savedAt: 2, versions: versions.set(3, 9).set(4, 1) };
      await machine.write(captureOf(second, machine.latestTable));
      await rejects('in-use', openKeptMachine(folder));
      const summary = await summariseMachine(folder);
      same([summary?.facts.savedAt, summary?.hasStart], [2, true]);
      same(summary?.storedBytes, await machine.storedBytes());
      await machine.close();
      await copyMachine(folder, await shelf.folder('copy'));
      for (const name of ['m', 'copy']) {
        const kept = await openKeptMachine(await shelf.folder(name));
        const latest = await kept.read('latest');
        const start = await kept.read('start');
        same(latest && textOf(await momentOf(latest)), textOf(second));
        same(start && textOf(await momentOf(start)), textOf(first));
        await kept.close();
      }
    },
  },
];

async function textAt(file: BlockFile, at: number, length: number): Promise<string> {
  const bytes = new Uint8Array(length);
  const got = await file.read(at, bytes);
  return textOfBytes(bytes.subarray(0, got));
}

/** Short, and another one for other bytes. */
function textOfBytes(bytes: Uint8Array): string {
  let hash = 0;
  for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
  return `${bytes.length} bytes, ${hash}`;
}

async function rejects(code: StoreErrorCode, call: Promise<unknown>): Promise<void> {
  const thrown = await thrownBy(() => call);
  same(thrown instanceof StoreError ? thrown.code : String(thrown), code);
}

async function thrownBy(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

function same(actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`it is ${is}, but should be ${should}`);
}
