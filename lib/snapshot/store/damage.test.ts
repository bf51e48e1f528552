import { expect, test } from 'vitest';
import { Random } from '../../mux/random';
import { openKeptMachine } from './kept-machine';
import { summariseMachine } from './machine-summary';
import { CrashingDisk } from './testing/crashing-disk';
import { captureOf, type Moment, momentOf, textOf } from './testing/small-machine';
import type { BlockFile, BlockFolder } from './types';

const OLDER: Moment = {
  savedAt: 1,
  versions: new Map([
    [0, 1],
    [1, 1],
    [9, 0],
  ]),
};
const NEWER: Moment = {
  savedAt: 2,
  versions: new Map([
    [0, 1],
    [1, 2],
    [2, 1],
  ]),
};

/** A folder with two generations; the newer one is in the file of this name. */
async function keptFolder(): Promise<{ folder: BlockFolder; newer: string; older: string }> {
  const folder = new CrashingDisk(new Random(1)).start(Number.POSITIVE_INFINITY);
  const machine = await openKeptMachine(folder);
  await machine.write(captureOf(OLDER, machine.latestTable));
  await machine.write(captureOf(NEWER, machine.latestTable));
  await machine.close();
  return { folder, newer: 'gen-0', older: 'gen-1' };
}

async function change(
  folder: BlockFolder,
  name: string,
  work: (file: BlockFile, size: number) => Promise<void>,
): Promise<void> {
  const file = await folder.open(name);
  await work(file, await file.size());
  await file.close();
}

async function latestIn(folder: BlockFolder): Promise<string> {
  const machine = await openKeptMachine(folder);
  const latest = await machine.read('latest');
  const text = textOf(latest && (await momentOf(latest)));
  await machine.close();
  return text;
}

test('without damage it is the newer one', async () => {
  const { folder } = await keptFolder();
  expect(await latestIn(folder)).toBe(textOf(NEWER));
});

test('any flipped bit in the newer generation file brings back the older one', async () => {
  const random = new Random(3);
  for (let flip = 0; flip < 60; flip += 1) {
    const { folder, newer } = await keptFolder();
    await change(folder, newer, async (file, size) => {
      const byte = new Uint8Array(1);
      const at = random.between(0, size - 1);
      await file.read(at, byte);
      byte[0]! ^= 1 << random.between(0, 7);
      await file.write(at, byte);
    });
    expect(await latestIn(folder)).toBe(textOf(OLDER));
  }
});

test.each([0, 1, 31, 32, 63, 64, 100, 200])('cut to %i bytes, too', async (length) => {
  const { folder, newer } = await keptFolder();
  await change(folder, newer, (file) => file.truncate(length));
  expect(await latestIn(folder)).toBe(textOf(OLDER));
});

test('lengths beyond the file are refused before anything is read by them', async () => {
  for (const at of [12, 16, 20]) {
    const { folder, newer } = await keptFolder();
    await change(folder, newer, (file) => file.write(at, new Uint8Array(4).fill(0xff)));
    expect(await latestIn(folder)).toBe(textOf(OLDER));
  }
});

test('a generation is not whole when the pages file lost its end', async () => {
  const { folder } = await keptFolder();
  await change(folder, 'pages', (file, size) => file.truncate(size - 1));
  expect(await latestIn(folder)).toBe(textOf(OLDER));
});

test('with both damaged nothing is kept, and saving goes on', async () => {
  const { folder, newer, older } = await keptFolder();
  await change(folder, newer, (file) => file.write(40, new Uint8Array([99])));
  await change(folder, older, (file) => file.write(40, new Uint8Array([99])));
  expect(await summariseMachine(folder)).toBeUndefined();
  expect(await latestIn(folder)).toBe('none');
  const machine = await openKeptMachine(folder);
  await machine.write(captureOf(NEWER, machine.latestTable));
  await machine.close();
  expect(await latestIn(folder)).toBe(textOf(NEWER));
});
