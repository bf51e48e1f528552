import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '../../lib/notebook/wire';
import { connectionOf, prepareCluster } from '../../lib/server/database/cluster';
import { findSystemUser } from '../../lib/server/database/system-user';
import { TestPage } from '../testing/test-page';
import { TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';
import { readDocument } from './versions/read-document';

describe('a database that does not take what is written', () => {
  let relay: TestRelay;
  beforeAll(async () => {
    relay = await TestRelay.start({
      limits: {
        notebookRetryFirstMs: 20,
        notebookRetryLastMs: 100,
        notebookUnstoredMaxBytes: 10_000,
      },
    });
    const { prisma } = relay.running.relay.database;
    await prisma.$executeRaw`CREATE TABLE full_disk (playground_id CHAR(12) PRIMARY KEY)`;
    await prisma.$executeRaw`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT 1 FROM full_disk f WHERE f.playground_id = NEW.playground_id) THEN
          RAISE disk_full USING MESSAGE = 'could not extend file: No space left on device';
        END IF;
        RETURN NEW;
      END $$`;
    await prisma.$executeRaw`
      CREATE TRIGGER refuse BEFORE INSERT ON notebook_update FOR EACH ROW EXECUTE FUNCTION refuse()`;
  });
  afterAll(() => relay?.stop());

  const fill = (id: string) =>
    relay.running.relay.database.prisma.$executeRaw`INSERT INTO full_disk VALUES (${id})`;
  const empty = () => relay.running.relay.database.prisma.$executeRaw`DELETE FROM full_disk`;
  const stored = async (id: string) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await readDocument(relay.running.relay.database.prisma, id));
    return doc.getText('text').toString();
  };

  it('is told (N3), nothing is acknowledged meanwhile, and all is stored afterwards', async () => {
    const playground = await relay.createPlayground();
    const neighbour = await relay.createPlayground();
    const ada = await TestPage.open(relay, playground, playground.owner);
    const bob = await TestPage.open(relay, playground, playground.owner);
    const undisturbed = await TestPage.open(relay, neighbour, neighbour.owner);
    ada.text.insert(0, 'before ');
    await ada.saved();
    await fill(playground.id);
    const before = ada.stored;
    ada.text.insert(7, 'during ');
    await until(() => ada.troubles.length > 0 && bob.troubles.length > 0, 'the trouble');
    expect(ada.troubles).toEqual(['storage-failed']);
    // People go on, and see each other.
    bob.text.insert(0, 'bob ');
    await until(() => ada.text.toString() === 'bob before during ', 'the other');
    undisturbed.text.insert(0, 'elsewhere');
    await undisturbed.saved();
    expect(undisturbed.troubles).toEqual([]);
    expect([ada.stored, ada.isSaved]).toEqual([before, false]);
    const late = await TestPage.open(relay, playground, playground.owner);
    await until(() => late.troubles.length > 0, 'the newcomer to be told');
    await empty();
    await Promise.all([ada.saved(), bob.saved()]);
    expect(ada.troubles).toEqual(['storage-failed', 'storage-back']);
    expect(await stored(playground.id)).toBe('bob before during ');
    for (const page of [ada, bob, late, undisturbed]) page.provider.destroy();
  });

  it('does not fill our memory: beyond a bound pages are sent away for a while', async () => {
    const playground = await relay.createPlayground();
    const ada = await TestPage.open(relay, playground, playground.owner);
    await ada.saved();
    await fill(playground.id);
    for (let n = 0; n < 5; n++) ada.text.insert(0, 'x'.repeat(3_000));
    expect((await ada.closed).code).toBe(CLOSE.busy);
    expect(await relay.rejects('notebook', 'unstored-too-large')).toBe(1);
    await empty();
    await until(async () => (await stored(playground.id)).length === 9_000, 'what was taken');
    // The page has all of it, and brings it when it comes back.
    const back = await TestPage.open(relay, playground, playground.owner, { doc: ada.doc });
    await back.saved();
    expect((await stored(playground.id)).length).toBe(15_000);
    back.provider.destroy();
  });
});

describe('two servers on one database (N8)', () => {
  let first: TestRelay;
  let second: TestRelay;

  beforeAll(async () => {
    first = await TestRelay.start();
    const { config } = first.running.relay;
    const cluster = await prepareCluster(
      path.join(config.dataDir, 'postgres'),
      await findSystemUser(),
    );
    const { host, port, user, password, database } = connectionOf(cluster);
    const url = new URL(`postgres://${user}:${password}@localhost:${port}/${database}`);
    url.searchParams.set('host', String(host));
    second = await TestRelay.start({ environment: { DATABASE_URL: url.href } });
  });
  afterAll(async () => {
    await second?.stop();
    await first?.stop();
  });

  it('the later one writes, the earlier one says so and stores nothing', async () => {
    const playground = await first.createPlayground();
    const ada = await TestPage.open(first, playground, playground.owner);
    ada.text.insert(0, 'ada ');
    await ada.saved();
    const bob = await TestPage.open(second, playground, playground.owner);
    expect(bob.text.toString()).toBe('ada ');
    const { stored } = ada;
    ada.text.insert(4, 'unseen ');
    expect((await ada.closed).code).toBe(CLOSE.otherWriter);
    expect(ada.stored).toBe(stored);
    bob.text.insert(4, 'bob ');
    await bob.saved();
    // Ada's page comes back, to the other server or to this one, which then takes over.
    const back = await TestPage.open(first, playground, playground.owner, { doc: ada.doc });
    await back.saved();
    expect(back.text.toString()).toContain('bob ');
    expect(back.text.toString()).toContain('unseen ');
    bob.text.insert(0, 'too late');
    expect((await bob.closed).code).toBe(CLOSE.otherWriter);
    back.provider.destroy();
  });
});
