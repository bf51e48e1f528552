import { expect, test } from 'vitest';
import { Random } from '../../mux/random';
import { PAGE_BYTES } from '../types';
import { openKeptMachine } from './kept-machine';
import { CrashingDisk, Killed } from './testing/crashing-disk';
import {
  captureOf,
  contentsOf,
  devicesOf,
  factsOf,
  later,
  type Moment,
  momentOf,
  textOf,
} from './testing/small-machine';
import type { BlockFolder, GenerationName, KeptMachine } from './types';

const PAGES = 500;

function newDisk(): { disk: CrashingDisk; folder: BlockFolder } {
  const disk = new CrashingDisk(new Random(1));
  return { disk, folder: disk.start(Number.POSITIVE_INFINITY) };
}

/** A machine of 500 pages, each of the same version. */
function moment(savedAt: number, changes: readonly (readonly [number, number])[] = []): Moment {
  const pages = Array.from({ length: PAGES }, (_, page) => [page * 2, 1] as const);
  return { savedAt, versions: new Map([...pages, ...changes]) };
}

function write(machine: KeptMachine, what: Moment): Promise<number> {
  return machine.write(captureOf(what, machine.latestTable));
}

async function textIn(machine: KeptMachine, name: GenerationName): Promise<string> {
  const generation = await machine.read(name);
  return textOf(generation && (await momentOf(generation)));
}

test('an empty folder is a machine of which nothing is kept', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  expect(await machine.read('latest')).toBeUndefined();
  expect(await machine.read('start')).toBeUndefined();
  expect(machine.latestTable).toBeUndefined();
  expect(await machine.fallBack()).toBe(false);
  await expect(machine.markStart()).rejects.toMatchObject({ code: 'missing' });
  await expect(machine.resetToStart()).rejects.toMatchObject({ code: 'missing' });
  await machine.forgetLatest();
  expect(await machine.storedBytes()).toBe(0);
});

test('only pages that changed are written, and those of zeros take no room', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  const first = await write(machine, moment(1));
  const second = await write(
    machine,
    moment(2, [
      [4, 7],
      [5, 1],
      [6, 0],
    ]),
  );
  const third = await write(
    machine,
    moment(3, [
      [4, 7],
      [5, 1],
      [6, 0],
    ]),
  );
  // What is left over is a few bytes of the devices, which pack a little differently.
  expect(Math.round((first - third) / PAGE_BYTES)).toBe(PAGES);
  expect(Math.round((second - third) / PAGE_BYTES)).toBe(2);
  expect(await textIn(machine, 'latest')).toBe(
    textOf(
      moment(3, [
        [4, 7],
        [5, 1],
        [6, 0],
      ]),
    ),
  );
});

test('calls are worked off in their order', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  const capture = captureOf(moment(1), undefined);
  const calls = [
    machine.write(capture),
    machine.markStart(),
    machine.write(captureOf(moment(2, [[0, 2]]), capture.table)),
    machine.resetToStart(),
    machine.close(),
  ];
  await Promise.all(calls);
  const again = await openKeptMachine(folder);
  expect(await textIn(again, 'latest')).toBe(textOf(moment(1)));
});

test('a page that was not captured is an error, and what was kept stays', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  await write(machine, moment(1));
  const capture = captureOf(
    moment(2, [
      [0, 2],
      [2, 2],
    ]),
    machine.latestTable,
  );
  const changed = new Map(capture.changed);
  changed.delete(2);
  await expect(machine.write({ ...capture, changed })).rejects.toThrow('page 2');
  expect(await textIn(machine, 'latest')).toBe(textOf(moment(1)));
});

test('start stays what it was while latest goes on, comes back without pages, and is not written again', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  await write(machine, moment(1));
  await machine.markStart();
  for (let at = 2; at < 8; at += 1) await write(machine, moment(at, [[at * 2, at]]));
  expect(await textIn(machine, 'start')).toBe(textOf(moment(1)));
  const before = await machine.storedBytes();
  await machine.resetToStart();
  expect(await textIn(machine, 'latest')).toBe(textOf(moment(1)));
  expect(await machine.storedBytes()).toBeLessThanOrEqual(before);
  expect(await write(machine, moment(9, [[0, 9]]))).toBeLessThan(4 * PAGE_BYTES + PAGES * 16);
  await machine.forgetLatest();
  expect(await machine.read('latest')).toBeUndefined();
  // Compared with nothing, all pages count as changed; but `start` has them.
  expect(await write(machine, moment(10, [[2, 10]]))).toBeLessThan(4 * PAGE_BYTES + PAGES * 16);
  expect(await textIn(machine, 'latest')).toBe(textOf(moment(10, [[2, 10]])));
  expect(await textIn(machine, 'start')).toBe(textOf(moment(1)));
});

test('many saves and marks do not let it grow', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  const random = new Random(5);
  let now: Moment | undefined;
  let most = 0;
  for (let at = 1; at <= 150; at += 1) {
    now = later(now, at, random);
    await write(machine, now);
    if (at % 10 === 0) await machine.markStart();
    most = Math.max(most, now.versions.size);
  }
  // Three generations, and the pages of one save on top.
  expect(await machine.storedBytes()).toBeLessThan(4 * most * PAGE_BYTES);
});

test('forgotten, it takes no room', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  await write(machine, moment(1));
  await write(machine, moment(2, [[0, 2]]));
  await machine.forgetLatest();
  expect(await machine.storedBytes()).toBe(0);
});

test('a page that is not what was written is told, and the generation before is whole', async () => {
  const { disk, folder } = newDisk();
  const machine = await openKeptMachine(folder);
  await write(machine, moment(1));
  await write(machine, moment(2, [[0, 2]]));
  await machine.close();
  // A save that is killed once it wrote its pages (opening takes four steps) spares those of both generations.
  const killed = await openKeptMachine(disk.start(6));
  await expect(
    write(
      killed,
      moment(3, [
        [0, 3],
        [2, 3],
      ]),
    ),
  ).rejects.toThrow(Killed);
  const again = disk.start(Number.POSITIVE_INFINITY);
  const pages = await again.open('pages');
  await pages.write(PAGES * PAGE_BYTES + 77, new Uint8Array([1, 2, 3]));
  await pages.close();
  const damaged = await openKeptMachine(again);
  const visited: number[] = [];
  const latest = await damaged.read('latest');
  await expect(latest!.eachPage((page) => visited.push(page))).rejects.toMatchObject({
    code: 'damaged',
  });
  expect(visited).not.toContain(0);
  expect(await damaged.fallBack()).toBe(true);
  expect(await textIn(damaged, 'latest')).toBe(textOf(moment(1)));
  expect(await damaged.fallBack()).toBe(false);
});

test('a generation read before two others were written is damaged rather than mixed', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  await write(machine, moment(1, [[0, 1]]));
  const old = await machine.read('latest');
  for (let at = 2; at < 4; at += 1) {
    await write(
      machine,
      moment(at, [
        [0, at],
        [2, at],
      ]),
    );
    expect(textOf(await momentOf(old!))).toBe(textOf(moment(1, [[0, 1]])));
  }
  await write(
    machine,
    moment(4, [
      [0, 4],
      [2, 4],
    ]),
  );
  await expect(momentOf(old!)).rejects.toMatchObject({ code: 'damaged' });
});

test('a generation comes in by pieces; other calls wait until it is over', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  const what = moment(1, [[3, 0]]);
  const incoming = await machine.receive();
  const reading = textIn(machine, 'latest');
  const numbers = Uint32Array.from(what.versions.keys()).sort();
  for (let from = 0; from < numbers.length; from += 64) {
    const some = numbers.subarray(from, from + 64);
    await incoming.add(some, (index) => {
      const page = some[index]!;
      if (what.versions.get(page) === 0) return new Uint8Array(PAGE_BYTES);
      // As from a file: anywhere in a buffer.
      const unaligned = new Uint8Array(PAGE_BYTES + 1);
      unaligned.set(contentsOf(page, 1), 1);
      return unaligned.subarray(1);
    });
  }
  await expect(incoming.add(Uint32Array.of(7), () => undefined)).rejects.toThrow(RangeError);
  await incoming.finish(factsOf(what), devicesOf(what));
  await incoming.abandon();
  await expect(incoming.finish(factsOf(what), devicesOf(what))).rejects.toThrow('finished');
  expect(await reading).toBe(textOf(what));
});

test('what came in and was abandoned gives its room back', async () => {
  const { folder } = newDisk();
  const machine = await openKeptMachine(folder);
  await write(machine, moment(1));
  const before = await machine.storedBytes();
  const incoming = await machine.receive();
  await incoming.add(
    Uint32Array.from({ length: 600 }, (_, page) => page),
    (page) => contentsOf(page, 3),
  );
  await incoming.abandon();
  await expect(incoming.add(Uint32Array.of(700), () => undefined)).rejects.toThrow('abandoned');
  expect(await machine.storedBytes()).toBe(before);
  expect(await textIn(machine, 'latest')).toBe(textOf(moment(1)));
});

test('a machine whose files cannot all be opened leaves none open', async () => {
  const { folder } = newDisk();
  const taken = await folder.open('start-1');
  await expect(openKeptMachine(folder)).rejects.toMatchObject({ code: 'in-use' });
  await taken.close();
  await (await openKeptMachine(folder)).close();
});

test('a disk with no room for anything still lets a machine be read', async () => {
  const { disk, folder } = newDisk();
  const machine = await openKeptMachine(folder);
  await write(machine, moment(1));
  await machine.close();
  disk.faultRate = 1;
  const again = await openKeptMachine(folder);
  expect(await textIn(again, 'latest')).toBe(textOf(moment(1)));
  await expect(write(again, moment(2, [[0, 2]]))).rejects.toMatchObject({ code: 'storage-full' });
  disk.faultRate = 0;
  await write(again, moment(3, [[0, 3]]));
  expect(await textIn(again, 'latest')).toBe(textOf(moment(3, [[0, 3]])));
});
