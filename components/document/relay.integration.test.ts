import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Credentials } from '@/lib/machine/types';
import { addCell } from '@/lib/notebook/cells';
import { FIRST_CELL } from '@/lib/notebook/seed';
import { type TestLink, type TestPlayground, TestRelay } from '../../relay/testing/test-relay';
import type { SharedDocument } from './shared-document';
import { openPage, untilPage, untilSave } from './testing/test-page';

let relay: TestRelay;
let playground: TestPlayground;
let editor: TestLink;
let viewer: TestLink;
const pages: SharedDocument[] = [];

beforeAll(async () => {
  relay = await TestRelay.start();
  playground = await relay.createPlayground();
  editor = await relay.createLink(playground, 'editor');
  viewer = await relay.createLink(playground, 'viewer');
});
afterEach(() => {
  for (const page of pages.splice(0)) page.dispose();
});
afterAll(() => relay?.stop());

const open = (link: TestLink, fresh = false) => {
  const credentials: Credentials = {
    playground: playground.id,
    link: link.id,
    secret: link.secret,
  };
  const kind = link === playground.owner ? 'owner' : 'guest';
  const page = openPage({ base: relay.url, credentials, kind, fresh });
  pages.push(page);
  return page;
};
const type = (page: SharedDocument, text: string) =>
  page.change(() => page.text(FIRST_CELL)?.insert(0, text));
const read = (page: SharedDocument) => page.text(FIRST_CELL)?.toString();

describe('the document at the real relay', () => {
  it('is written together by owner and editor, and read by a viewer', async () => {
    const [a, b, c] = [open(playground.owner, true), open(editor), open(viewer)];
    type(a, 'select 1');
    for (const page of [a, b, c]) {
      await untilPage(page, () => read(page) === 'select 1', 'the text');
      await untilSave(page, 'saved');
      await untilPage(page, () => page.people.get().length === 3, 'three people');
    }
    expect(
      b.people
        .get()
        .map(({ role }) => role)
        .sort(),
    ).toEqual(['editor', 'owner', 'viewer']);
    b.change((doc) => addCell(doc, { kind: 'text', text: '# Both' }));
    b.setPlace(FIRST_CELL);
    await untilPage(c, () => c.notebook.get().cells.length === 2, 'the cell');
    await untilPage(c, () => c.people.get().some(({ cell }) => cell === FIRST_CELL), 'the place');
    expect(c.mayEdit.get()).toBe(false);
    await untilSave(b, 'saved');
  });

  it('is there for somebody who comes later', async () => {
    const later = open(editor);
    await untilSave(later, 'saved');
    expect(read(later)).toBe('select 1');
    expect(later.notebook.get().cells).toHaveLength(2);
  });

  it('every letter has its acknowledgement', async () => {
    const [a, b] = [open(playground.owner), open(editor)];
    await untilSave(a, 'saved');
    for (let key = 0; key < 200; key++) {
      type(a, 'x');
      expect(a.save.get().kind).toBe('saving');
      if (key % 20 === 0) await untilSave(a, 'saved');
    }
    await untilSave(a, 'saved');
    await untilPage(b, () => read(b) === `${'x'.repeat(200)}select 1`, 'the letters');
  });

  it('N4: too large a change is refused with what to do', async () => {
    const page = open(editor);
    await untilSave(page, 'saved');
    type(page, 'x'.repeat(5_000_000));
    await untilSave(page, 'refused');
    expect(page.save.get()).toMatchObject({ message: expect.stringContaining('4 MB') });
    expect(page.mayEdit.get()).toBe(false);
  });

  it('a revoked link ends it within a second, with the reason', async () => {
    const page = open(editor);
    await untilSave(page, 'saved');
    await relay.revoke(playground, editor);
    await untilPage(page, () => page.save.get().kind === 'refused', 'the end', 1000);
    expect(page.save.get()).toMatchObject({ message: expect.stringContaining('revoked') });
  });
});
