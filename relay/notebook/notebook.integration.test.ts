import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newSecret } from '../../lib/access/ids';
import { CLOSE } from '../../lib/notebook/wire';
import { RawPage, TestPage } from '../testing/test-page';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';
import { readDocument } from './versions/read-document';

describe('a notebook', () => {
  let relay: TestRelay;
  let playground: TestPlayground;
  let editor: TestLink;
  const pages: TestPage[] = [];

  beforeAll(async () => {
    relay = await TestRelay.start({
      limits: { createsPerAddressPerMinute: 1_000, notebookIdleMs: 200 },
    });
  });
  afterAll(() => relay?.stop());
  beforeEach(async () => {
    playground = await relay.createPlayground();
    editor = await relay.createLink(playground, 'editor');
  });
  afterEach(() => {
    for (const page of pages.splice(0)) page.provider.destroy();
  });

  const open = async (link: TestLink, options?: Parameters<typeof TestPage.open>[3]) => {
    const page = await TestPage.open(relay, playground, link, options);
    pages.push(page);
    return page;
  };
  /** The document as the database has it. */
  const stored = async () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, await readDocument(relay.running.relay.database.prisma, playground.id));
    return doc;
  };
  const rows = () =>
    relay.running.relay.database.prisma.notebookUpdate.count({
      where: { playgroundId: playground.id },
    });

  it('is the same for everybody who writes in it', async () => {
    const ada = await open(playground.owner);
    const bob = await open(editor);
    ada.text.insert(0, 'select 1');
    bob.text.insert(0, '-- bob\n');
    ada.doc.getMap('cells').set('a', 1);
    await until(() => ada.text.length === 15 && bob.text.length === 15, 'both texts');
    expect(bob.text.toString()).toBe(ada.text.toString());
    await until(() => bob.doc.getMap('cells').get('a') === 1, 'the cell');
  });

  it('is given to a viewer, who is not asked for anything', async () => {
    const ada = await open(playground.owner);
    ada.text.insert(0, 'select 1');
    await ada.saved();
    const viewer = await open(await relay.createLink(playground, 'viewer'));
    expect(viewer.text.toString()).toBe('select 1');
    viewer.provider.awareness.setLocalState({ name: 'Vi' });
    await until(() => ada.provider.awareness.getStates().size === 2, 'the viewer to be seen');
    ada.text.insert(0, '-- ');
    await until(() => viewer.text.length === 11, 'the change');
    expect(viewer.isSaved).toBe(false);
  });

  it('acknowledges what is stored, and only that (N2)', async () => {
    const ada = await open(playground.owner);
    for (let n = 0; n < 50; n++) {
      ada.text.insert(0, 'x');
      if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(ada.isSaved).toBe(false);
    await ada.saved();
    expect((await stored()).getText('text').length).toBe(50);
    expect(ada.stored).toBe(51);
    expect(await relay.metric('notebook_stored_bytes_total')).toBeGreaterThan(0);
    expect(await relay.metric('notebook_store_seconds', { outcome: 'stored' })).toBeGreaterThan(0);
  });

  it('merges what was written without a network', async () => {
    const ada = await open(playground.owner);
    ada.text.insert(0, 'together ');
    await ada.saved();
    const offline = new Y.Doc();
    Y.applyUpdate(offline, Y.encodeStateAsUpdate(ada.doc));
    offline.getText('text').insert(9, 'offline ');
    ada.text.insert(0, 'online ');
    const back = await open(editor, { doc: offline });
    await back.saved();
    await until(() => ada.text.length === 24 && back.text.length === 24, 'both sides');
    expect(ada.text.toString()).toBe('online together offline ');
    expect((await stored()).getText('text').toString()).toBe('online together offline ');
  });

  it('takes what is typed before the long absence is brought in, and stores it', async () => {
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'offline ');
    const page = await RawPage.open(relay, playground, editor);
    const early: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => early.push(update));
    doc.getText('text').insert(8, 'early');
    const [update = new Uint8Array()] = early;
    const watcher = await open(playground.owner);
    page.send([0, 2, update.length], update);
    await until(() => page.heard.some((message) => message[0] === 100), 'the acknowledgement');
    const seen = await stored();
    expect(seen.getText('text').toString()).toBe('');
    // It waits in the document; with what it builds upon it is there.
    const whole = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(new Y.Doc()));
    page.send([0, 1, whole.length], whole);
    await until(() => watcher.text.toString() === 'offline early', 'all of it');
    await until(
      async () => (await stored()).getText('text').toString() === 'offline early',
      'all of it to be stored',
    );
    page.socket.close();
  });

  it('survives its memory: the last leaves, the next finds everything', async () => {
    const ada = await open(playground.owner);
    for (let n = 0; n < 20; n++) ada.text.insert(0, `${n % 10}`);
    await ada.saved();
    await ada.leave();
    await until(async () => (await rows()) === 0, 'the compaction');
    await until(async () => (await relay.metric('notebook_rooms')) === 0, 'the room to be gone');
    const again = await open(editor);
    expect(again.text.length).toBe(20);
    again.text.insert(0, 'and on ');
    await again.saved();
    expect((await stored()).getText('text').length).toBe(27);
  });

  it('shows who is there, and no longer who has gone', async () => {
    const ada = await open(playground.owner);
    const bob = await open(editor);
    ada.provider.awareness.setLocalState({ name: 'Ada' });
    bob.provider.awareness.setLocalState({ name: 'Bob' });
    const names = (page: TestPage) =>
      [...page.provider.awareness.getStates().values()].map(({ name }) => name).sort();
    await until(() => names(ada).join() === 'Ada,Bob' && names(bob).join() === 'Ada,Bob', 'both');
    const late = await open(editor);
    await until(() => names(late).includes('Ada') && names(late).includes('Bob'), 'those before');
    bob.cut();
    await until(() => !names(ada).includes('Bob'), 'Bob to be gone');
    expect(names(ada)).toContain('Ada');
  });

  it('lets a tab take back its awareness id over a cut connection (N6)', async () => {
    const tab = newSecret();
    const watcher = await open(playground.owner);
    const before = await open(editor, { tab });
    before.provider.awareness.setLocalState({ name: 'Ada' });
    const id = before.doc.clientID;
    const seen = () => watcher.provider.awareness.getStates().get(id)?.name;
    await until(() => seen() === 'Ada', 'Ada');
    const after = await RawPage.open(relay, playground, editor, tab);
    const state = Buffer.from('{"name":"Ada again"}');
    const entry = Buffer.concat([varUint(id), varUint(100), Buffer.from([state.length]), state]);
    after.send([1, entry.length + 1, 1], entry);
    await until(() => seen() === 'Ada again', 'the tab to be back');
    before.cut();
    await before.closed;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen()).toBe('Ada again');
    after.socket.close();
    await until(() => seen() === undefined, 'Ada to be gone');
  });

  it('ends within a second when the link is revoked, and is not given again', async () => {
    const owner = await open(playground.owner);
    const bob = await open(editor);
    const since = Date.now();
    await relay.revoke(playground, editor);
    expect(await bob.closed).toEqual({
      code: CLOSE.revoked,
      reason: 'The owner of the playground revoked this link.',
    });
    expect(Date.now() - since).toBeLessThan(1_000);
    owner.text.insert(0, 'still here');
    await owner.saved();
    const { status } = await relay.call('POST', `/api/playgrounds/${playground.id}/tickets`, {
      body: { link: editor.id, secret: editor.secret, as: 'notebook' },
    });
    expect(status).toBe(401);
  });

  it('counts its connections', async () => {
    expect(await relay.metric('notebook_connections')).toBe(0);
    const ada = await open(playground.owner);
    expect(await relay.metric('notebook_connections', { role: 'owner' })).toBe(1);
    await ada.leave();
    await until(async () => (await relay.metric('notebook_connections')) === 0, 'none');
    expect(await relay.metric('notebook_closed_total')).toBeGreaterThan(0);
  });
});

describe('a notebook that many write in', () => {
  it('is compacted while they write, and loses nothing (N9)', async () => {
    const relay = await TestRelay.start({
      limits: { notebookCompactUpdates: 10, notebookMessagesBurst: 10_000 },
    });
    try {
      const playground = await relay.createPlayground();
      const pages = await Promise.all(
        Array.from({ length: 4 }, () => TestPage.open(relay, playground, playground.owner)),
      );
      for (let n = 0; n < 200; n++) {
        pages[n % 4]?.text.insert(0, 'x');
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await Promise.all(pages.map((page) => page.saved()));
      const { prisma } = relay.running.relay.database;
      const doc = new Y.Doc();
      Y.applyUpdate(doc, await readDocument(prisma, playground.id));
      expect(doc.getText('text').length).toBe(200);
      expect(await relay.metric('notebook_compactions_total', { outcome: 'done' })).toBeGreaterThan(
        1,
      );
      for (const page of pages) page.provider.destroy();
    } finally {
      await relay.stop();
    }
  });
});

describe('a server that stops', () => {
  it('stores what has come, says when to come back, and has it afterwards', async () => {
    const relay = await TestRelay.start();
    const playground = await relay.createPlayground();
    const ada = await TestPage.open(relay, playground, playground.owner);
    for (let n = 0; n < 100; n++) ada.text.insert(0, 'x');
    await until(() => ada.provider.ws?.bufferedAmount === 0, 'the changes to be on their way');
    const dataDir = await relay.halt();
    expect((await ada.closed).code).toBe(CLOSE.shuttingDown);
    const again = await TestRelay.start({ dataDir });
    const page = await TestPage.open(again, playground, playground.owner);
    expect(page.text.length).toBeGreaterThanOrEqual(ada.stored - 1);
    page.provider.destroy();
    await again.stop();
  });
});

function varUint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push(0x80 | (left % 128));
    left = Math.floor(left / 128);
  }
  return Buffer.from([...bytes, left]);
}
