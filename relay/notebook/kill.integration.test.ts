import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../lib/mux/random';
import { ChildRelay } from '../testing/child-relay';
import { TestPage } from '../testing/test-page';
import { missingMarks, TestWriter } from '../testing/test-writer';
import { until } from '../testing/until';

/** `NOTEBOOK_KILLS=50` for the long run. */
const KILLS = Number(process.env.NOTEBOOK_KILLS ?? 3);
const SEED = Number(process.env.NOTEBOOK_SEED ?? Date.now() % 2 ** 31);
const WRITERS = 8;
/** A fast typist. */
const EDIT_EVERY_MS = 12;

describe(`a server that is killed (NOTEBOOK_SEED=${SEED})`, () => {
  let dataDir: string;
  let server: ChildRelay;
  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'warren-kill-'));
    server = await ChildRelay.start(dataDir);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it(`has every edit that a page called Saved, after each of ${KILLS} kills under load`, {
    timeout: 60_000 + KILLS * 30_000,
  }, async () => {
    const random = new Random(SEED);
    const playground = await server.createPlayground();
    const { owner } = playground;
    const writers = Array.from(
      { length: WRITERS },
      () => new TestWriter(playground, owner, random),
    );
    const promised = new Set<string>();
    const remember = () => {
      for (const writer of writers) for (const mark of writer.saved()) promised.add(mark);
    };
    let count = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      await Promise.all(writers.map((writer) => writer.connect(server)));
      await until(() => writers.every((writer) => writer.isSaved), 'everybody to be saved');
      const before = promised.size;
      const typing = setInterval(() => {
        for (const writer of writers) if (random.next() < 0.5) writer.edit(`m${count++}.`);
        remember();
      }, EDIT_EVERY_MS);
      await new Promise((resolve) => setTimeout(resolve, 200 + random.between(0, 1_499)));
      await server.kill();
      remember();
      clearInterval(typing);
      expect(promised.size).toBeGreaterThan(before);
      for (const writer of writers) writer.cut();

      server = await ChildRelay.start(dataDir);
      // Somebody who has nothing of it: what comes is what was on disk.
      const page = await TestPage.open(server, playground, owner);
      expect(missingMarks(page.doc, promised)).toEqual([]);
      page.provider.destroy();
      // Some have lost what was theirs, and with it what was not saved.
      if (random.next() < 0.5) writers[random.between(0, WRITERS - 1)]?.lose();
    }
    await Promise.all(writers.map((writer) => writer.connect(server)));
    await until(() => writers.every((writer) => writer.isSaved), 'everybody to be saved');
    const [first, ...others] = writers.map(({ doc }) => doc.getText('text'));
    await until(
      () => others.every((text) => text.toString() === first?.toString()),
      'all texts to be the same',
    );
    for (const writer of writers) writer.cut();
    console.log(`${KILLS} kills, ${promised.size} edits called Saved, none lost`);
  });
});
