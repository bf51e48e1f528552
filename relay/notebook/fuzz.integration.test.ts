import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Random } from '../../lib/mux/random';
import { TestRelay } from '../testing/test-relay';
import { missingMarks, TestWriter } from '../testing/test-writer';
import { until } from '../testing/until';
import { readDocument } from './versions/read-document';

/** `NOTEBOOK_FUZZ=100000` for the long run. */
const OPERATIONS = Number(process.env.NOTEBOOK_FUZZ ?? 1_500);
const SEED = Number(process.env.NOTEBOOK_SEED ?? Date.now() % 2 ** 31);
const WRITERS = 6;
/** A fresh notebook, and the next seed, after as many: what a long course leaves behind. */
const ROUND = 5_000;
const ROUNDS = Array.from({ length: Math.ceil(OPERATIONS / ROUND) }, (_, round) => ({
  seed: SEED + round,
  operations: Math.min(ROUND, OPERATIONS - round * ROUND),
}));

describe('a notebook under random cuts (NOTEBOOK_SEED)', () => {
  let relay: TestRelay;
  beforeAll(async () => {
    relay = await TestRelay.start({
      limits: {
        createsPerAddressPerMinute: 1_000,
        notebookMessagesBurst: 1e9,
        notebookBytesBurst: 1e12,
        // Small, so that each of them happens again and again.
        notebookCompactUpdates: 25,
        notebookCompactQuietUpdates: 1,
        notebookQuietMs: 50,
        notebookIdleMs: 20,
      },
    });
  });
  afterAll(() => relay?.stop());

  const TIMEOUT = { timeout: 60_000 + ROUND * 60 };
  it.each(ROUNDS)('converges and keeps what was saved: %o', TIMEOUT, async (round) => {
    const random = new Random(round.seed);
    const playground = await relay.createPlayground();
    const link = await relay.createLink(playground, 'editor');
    const writers = Array.from({ length: WRITERS }, () => new TestWriter(playground, link, random));
    const promised = new Set<string>();
    for (let operation = 0; operation < round.operations; operation++) {
      const dice = random.next();
      const writer = writers[random.between(0, WRITERS - 1)] as TestWriter;
      if (dice < 0.94) writer.edit(`m${operation}.`);
      else if (dice < 0.96) writer.cut();
      else if (dice < 0.963) for (const mark of writer.lose()) promised.add(mark);
      else if (dice < 0.9635) for (const one of writers) one.cut();
      else if (!writer.isConnected) await writer.connect(relay);
      if (random.next() < 0.2) {
        await new Promise((resolve) => setTimeout(resolve, random.between(0, 7)));
      }
    }
    for (const writer of writers) if (!writer.isConnected) await writer.connect(relay);
    await until(() => writers.every((writer) => writer.isSaved), 'everybody to be saved');
    for (const writer of writers) for (const mark of writer.saved()) promised.add(mark);
    const kept = new Y.Doc();
    const { prisma } = relay.running.relay.database;
    Y.applyUpdate(kept, await readDocument(prisma, playground.id));
    expect(missingMarks(kept, promised)).toEqual([]);
    const whole = kept.getText('text').toString();
    for (const { doc } of writers) {
      await until(() => doc.getText('text').toString() === whole, 'the same text everywhere');
      expect(doc.getMap('marks').size).toBe(kept.getMap('marks').size);
    }
    expect(await relay.rejects('notebook', 'update-harmful')).toBe(0);
    expect(await relay.metric('notebook_compactions_total', { outcome: 'done' })).toBeGreaterThan(
      0,
    );
    for (const writer of writers) writer.cut();
  });
});
