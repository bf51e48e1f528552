import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { TestPage } from '../testing/test-page';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';

describe('versions of a notebook (W)', () => {
  let relay: TestRelay;
  let playground: TestPlayground;
  let editor: TestLink;
  let viewer: TestLink;
  let page: TestPage;

  beforeAll(async () => {
    relay = await TestRelay.start({
      limits: { notebookVersionsNamed: 4, createsPerAddressPerMinute: 100 },
    });
    playground = await relay.createPlayground();
    editor = await relay.createLink(playground, 'editor');
    viewer = await relay.createLink(playground, 'viewer');
    page = await TestPage.open(relay, playground, playground.owner);
  });
  afterAll(async () => {
    page?.provider.destroy();
    await relay?.stop();
  });

  const address = (id = playground.id) => `/api/playgrounds/${id}/versions`;
  const create = (name: string, as: TestLink) =>
    relay.call('POST', address(), { body: { name, by: 'Ada' }, as });
  const read = async (id: string, as: TestLink) => {
    const response = await fetch(`${relay.url}${address()}/${id}`, {
      headers: { authorization: `Bearer ${as.id}.${as.secret}` },
    });
    const doc = new Y.Doc();
    Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
    return { type: response.headers.get('content-type'), text: doc.getText('text').toString() };
  };

  it('hold what was stored when they were made, under a name', async () => {
    page.text.insert(0, 'first');
    const first = await create('One', editor);
    expect(first.status).toBe(201);
    page.text.insert(5, ' and second');
    await page.saved();
    const second = await create('  Two ', playground.owner);
    const { body } = await relay.call('GET', address(), { as: viewer });
    expect(body.versions).toEqual([
      {
        id: second.body.id,
        name: 'Two',
        by: 'Ada',
        automatic: false,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        bytes: expect.any(Number),
      },
      expect.objectContaining({ id: first.body.id, name: 'One' }),
    ]);
    expect(await read(first.body.id, viewer)).toEqual({
      type: 'application/octet-stream',
      text: 'first',
    });
    expect((await read(second.body.id, viewer)).text).toBe('first and second');
  });

  it('of a notebook that nobody has opened yet are none, and can be made', async () => {
    const fresh = await relay.createPlayground();
    const none = await relay.call('GET', address(fresh.id), { as: fresh.owner });
    expect(none.body.versions).toEqual([]);
    const made = await relay.call('POST', address(fresh.id), {
      body: { name: 'Empty', by: '' },
      as: fresh.owner,
    });
    expect(made.status).toBe(201);
  });

  it('are not made by viewers, nor deleted by editors', async () => {
    const made = await create('Mine', viewer);
    expect([made.status, made.body.error.code]).toEqual([403, 'viewer']);
    const { body } = await create('Three', editor);
    const one = `${address()}/${body.id}`;
    const deleted = await relay.call('DELETE', one, { as: editor });
    expect([deleted.status, deleted.body.error.code]).toEqual([403, 'not-owner']);
    expect((await relay.call('DELETE', one, { as: playground.owner })).status).toBe(204);
    const again = await relay.call('DELETE', one, { as: playground.owner });
    expect([again.status, again.body.error.code]).toEqual([404, 'version-unknown']);
  });

  it('are kept from strangers, and from those of another playground', async () => {
    const stranger = await relay.createPlayground();
    const { body } = await relay.call('GET', address(), { as: editor });
    const [version] = body.versions;
    expect((await relay.call('GET', address(), { as: stranger.owner })).status).toBe(401);
    expect((await relay.call('GET', address())).status).toBe(401);
    const elsewhere = `${address(stranger.id)}/${version?.id}`;
    expect((await relay.call('GET', elsewhere, { as: stranger.owner })).status).toBe(404);
    expect((await relay.call('DELETE', elsewhere, { as: stranger.owner })).status).toBe(404);
  });

  it.each([
    ['no name', { name: ' ', by: 'Ada' }],
    ['a name of 300 characters', { name: 'x'.repeat(300), by: 'Ada' }],
    ['a name that PostgreSQL cannot keep', { name: 'a\0b', by: 'Ada' }],
    ['a name that is no text', { name: { evil: true }, by: 'Ada' }],
  ])('are refused with %s', async (_name, body) => {
    const { status } = await relay.call('POST', address(), { body, as: editor });
    expect(status).toBe(400);
  });

  it('are bounded in number, also when made at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => create(`v${n}`, editor)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.find(({ status }) => status === 409)?.body.error.code).toBe('too-many-versions');
  });
});

describe('versions that nobody asked for (W)', () => {
  it('are made while a document changes, and the oldest give way', async () => {
    const relay = await TestRelay.start({
      limits: { notebookVersionEveryMs: 100, notebookVersionsAutomatic: 3 },
    });
    try {
      const playground = await relay.createPlayground();
      const page = await TestPage.open(relay, playground, playground.owner);
      const pathname = `/api/playgrounds/${playground.id}/versions`;
      await relay.call('POST', pathname, {
        body: { name: 'Named', by: 'Ada' },
        as: playground.owner,
      });
      const made = () => relay.metric('notebook_versions_total', { kind: 'automatic' });
      await until(async () => {
        page.text.insert(0, 'x');
        await new Promise((resolve) => setTimeout(resolve, 20));
        return (await made()) >= 5;
      }, 'five versions');
      await page.saved();
      const { body } = await relay.call('GET', pathname, { as: playground.owner });
      const automatic = body.versions.filter(({ name }) => name === '');
      expect(automatic.length).toBeLessThanOrEqual(4);
      expect(automatic.length).toBeGreaterThanOrEqual(3);
      expect(body.versions.filter(({ name }) => name === 'Named')).toHaveLength(1);
      // Nothing changes any more: no further version is made but the last one.
      await new Promise((resolve) => setTimeout(resolve, 300));
      const last = await made();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await made()).toBe(last);
      page.provider.destroy();
    } finally {
      await relay.stop();
    }
  });
});
