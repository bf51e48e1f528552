import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Random } from '../testing/random';
import { TestRelay } from '../testing/test-relay';
import { missingMarks, TestWriter } from '../testing/test-writer';
import { until } from '../testing/until';
import { readDocument } from './versions/read-document';

/** `NOTEBOOK_FUZZ=100000` for the long run. */
const OPERATIONS = Number(process.env.NOTEBOOK_FUZZ ?? 1_500);
const SEED = Number(process.env.NOTEBOOK_SEED ?? Date.now() % 2 ** 31);
const WRITERS = 6;

describe(`a notebook under random cuts (NOTEBOOK_SEED=${SEED})`, () => {
  let relay: TestRelay;
  beforeAll(async () => {
    relay = await TestRelay.start({
      limits: {
        notebookMessagesBurst: 1e9,
        notebookBytesBurst: 1e12,
        // Small, so that each of them happens again and again.
        notebookCompactUpdates: Math.max(25, OPERATIONS / 200),
        notebookCompactQuietUpdates: 1,
        notebookQuietMs: 50,
        notebookIdleMs: 20,
      },
    });
  });
  afterAll(() => relay?.stop());

  it(`converges and keeps what was saved, over ${OPERATIONS} operations`, {
    timeout: 60_000 + OPERATIONS * 60,
  }, async () => {
    const random = new Random(SEED);
    const playground = await relay.createPlayground();
    const link = await relay.createLink(playground, 'editor');
    const writers = Array.from({ length: WRITERS }, () => new TestWriter(playground, link, random));
    const promised = new Set<string>();
    const pick = () => writers[random.below(WRITERS)] as TestWriter;
    for (let operation = 0; operation < OPERATIONS; operation++) {
      const dice = random.next();
      const writer = pick();
      if (dice < 0.94) writer.edit(`m${operation}.`);
      else if (dice < 0.96) writer.cut();
      else if (dice < 0.963) for (const mark of writer.lose()) promised.add(mark);
      else if (dice < 0.9635) for (const one of writers) one.cut();
      else if (!writer.isConnected) await writer.connect(relay);
      if (random.next() < 0.2) {
        await new Promise((resolve) => setTimeout(resolve, random.below(8)));
      }
      for (const mark of pick().saved().slice(-20)) promised.add(mark);
    }
    for (const writer of writers) if (!writer.isConnected) await writer.connect(relay);
    await until(() => writers.every((writer) => writer.isSaved), 'everybody to be saved');
    for (const writer of writers) for (const mark of writer.saved()) promised.add(mark);
    const { prisma } = relay.running.relay.database;
    const kept = new Y.Doc();
    Y.applyUpdate(kept, await readDocument(prisma, playground.id));
    expect(missingMarks(kept, promised)).toEqual([]);
    const contents = kept.toJSON();
    for (const { doc } of writers) {
      doc.getText('text');
      doc.getMap('marks');
      await until(() => doc.getText('text').toString() === kept.getText('text').toString(), 'all');
      expect(doc.getMap('marks').size).toBe(kept.getMap('marks').size);
    }
    expect(contents).toBeDefined();
    expect(await relay.metric('rejects_total', { at: 'notebook', code: 'update-harmful' })).toBe(0);
    expect(await relay.metric('notebook_compactions_total', { outcome: 'done' })).toBeGreaterThan(
      0,
    );
    for (const writer of writers) writer.cut();
  });
});
