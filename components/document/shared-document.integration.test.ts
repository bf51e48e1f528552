import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAbsolutePositionFromRelativePosition } from 'yjs';
import type { TicketAnswer } from '@/lib/machine/ticket';
import { addCell, deleteCell } from '@/lib/notebook/cells';
import { cellText } from '@/lib/notebook/read';
import { FIRST_CELL } from '@/lib/notebook/seed';
import type { SharedRun } from '@/lib/notebook/types';
import type { SharedDocument } from './shared-document';
import { ScriptedRoom } from './testing/scripted-room';
import { openPage, type PageOptions, untilPage, untilSave } from './testing/test-page';

const RUN: SharedRun = { by: 'A', at: 1, elapsedMs: 1, statementCount: 0, statements: [] };

let room: ScriptedRoom;
let pages: SharedDocument[];

beforeEach(async () => {
  room = await ScriptedRoom.start();
  pages = [];
});
afterEach(async () => {
  for (const page of pages) page.dispose();
  await room.stop();
});

const granted =
  (role = 'owner') =>
  async (): Promise<TicketAnswer> => ({ outcome: 'granted', ticket: role, role });

const open = (options: Partial<PageOptions> = {}) => {
  const page = openPage({ base: room.base, ask: granted(), ...options });
  pages.push(page);
  return page;
};
const type = (page: SharedDocument, text: string, at = 0) =>
  page.change(() => page.text(FIRST_CELL)?.insert(at, text));
const read = (page: SharedDocument) => page.text(FIRST_CELL)?.toString();
const onDisk = () => cellText(room.disk, FIRST_CELL)?.toString();

describe('N1: the connection', () => {
  it('shows its ticket and its tab, and nothing in the address; the tab stays the same', async () => {
    const page = open({ fresh: true });
    await untilSave(page, 'saved');
    room.cut();
    await untilSave(page, 'offline');
    await untilSave(page, 'saved');
    expect(room.requests.map(({ url }) => url)).toEqual(['/relay/notebook', '/relay/notebook']);
    const [first, second] = room.requests;
    expect(first?.protocols).toEqual([
      'warren.notebook.1',
      'ticket.owner',
      expect.stringMatching(/^tab\.[A-Za-z0-9_-]{22}$/),
    ]);
    expect(second?.protocols).toEqual(first?.protocols);
  });
});

describe('a connection that may be dead', () => {
  it('is given up when it answers no question, and kept when it does', async () => {
    const page = open({ fresh: true });
    await untilSave(page, 'saved');
    const shown: string[] = [];
    page.save.subscribe(() => shown.push(page.save.get().kind));
    page.probe();
    await new Promise((resolve) => setTimeout(resolve, 3200));
    expect(shown).toEqual([]);
    room.deaf = true;
    type(page, 'x');
    page.probe();
    await untilPage(page, () => shown.includes('offline'), 'the end of the connection');
    room.deaf = false;
    room.cut();
    await untilSave(page, 'saved');
    expect(onDisk()).toBe('x');
  });
});

describe('N2: Saved', () => {
  it('comes when it is on the disk, and goes in the same breath as the next edit', async () => {
    const page = open({ fresh: true });
    type(page, 'select 1');
    expect(page.save.get()).toEqual({ kind: 'opening' });
    await untilSave(page, 'saved');
    expect(onDisk()).toBe('select 1');
    type(page, '-- ');
    expect(page.save.get()).toEqual({ kind: 'saving' });
    await untilSave(page, 'saved');
    expect(onDisk()).toBe('-- select 1');
  });

  it('does not come while the server holds back, and no edit is lost when it crashes then', async () => {
    const page = open({ fresh: true });
    await untilSave(page, 'saved');
    room.holding = true;
    type(page, 'kept');
    await untilPage(page, () => cellText(room.live, FIRST_CELL)?.toString() === 'kept', 'arrival');
    expect(page.save.get()).toEqual({ kind: 'saving' });
    room.crash();
    await untilSave(page, 'offline');
    expect(page.save.get()).toEqual({ kind: 'offline', unsaved: true });
    // Node keeps nothing, as a private window does.
    expect(page.hasUnsaved()).toBe(true);
    await untilSave(page, 'saved');
    expect(onDisk()).toBe('kept');
    expect(page.hasUnsaved()).toBe(false);
  });

  it('N3: tells of trouble while something waits', async () => {
    const page = open({ fresh: true });
    await untilSave(page, 'saved');
    room.holding = true;
    type(page, 'x');
    room.say('storage-failed', 'The disk of the server is full.');
    await untilPage(page, () => 'trouble' in page.save.get(), 'trouble');
    room.say('storage-back', '');
    await untilPage(page, () => !('trouble' in page.save.get()), 'the end of trouble');
    room.release();
    await untilSave(page, 'saved');
  });
});

describe('edits made apart', () => {
  it('are merged when the server is back', async () => {
    const [a, b] = [open({ fresh: true }), open()];
    type(a, 'middle');
    await untilPage(b, () => read(b) === 'middle', 'the text');
    let away = true;
    const ask = async (): Promise<TicketAnswer> =>
      away ? { outcome: 'later', retryAfterMs: 0 } : granted()();
    const c = open({ ask });
    await untilSave(c, 'offline');
    expect(read(c)).toBe('');
    type(c, 'from c, ');
    type(b, ', from b', 6);
    away = false;
    c.retry();
    for (const page of [a, b, c]) {
      await untilPage(page, () => read(page)?.length === 22, 'the merge');
      expect(read(page)).toContain('middle, from b');
      expect(read(page)).toContain('from c, ');
      await untilSave(page, 'saved');
    }
  });
});

describe('N4: refusals', () => {
  it('a refused ticket ends it with the server’s sentence, until somebody tries again', async () => {
    let answer: TicketAnswer = { outcome: 'refused', reason: 'revoked', message: 'Revoked.' };
    const page = open({ fresh: true, ask: async () => answer });
    await untilSave(page, 'refused');
    expect(page.save.get()).toEqual({ kind: 'refused', message: 'Revoked.' });
    type(page, 'x');
    expect(read(page)).toBe('');
    expect(page.mayEdit.get()).toBe(false);
    answer = await granted()();
    page.retry();
    await untilSave(page, 'saved');
    expect(page.mayEdit.get()).toBe(true);
  });

  it('4413 ends it, and what was written stays on the page', async () => {
    const page = open({ fresh: true });
    await untilSave(page, 'saved');
    room.holding = true;
    type(page, 'long');
    room.cut(4413, 'Too long.');
    await untilSave(page, 'refused');
    expect(page.save.get()).toEqual({ kind: 'refused', message: 'Too long.' });
    expect(read(page)).toBe('long');
    expect(page.hasUnsaved()).toBe(true);
  });

  it('4409 comes back', async () => {
    const page = open({ fresh: true });
    await untilSave(page, 'saved');
    room.cut(4409, 'Elsewhere.');
    await untilSave(page, 'offline');
    await untilSave(page, 'saved');
  });

  it('4401 asks for another ticket: a restarted server has forgotten the one before', async () => {
    room.turnAway = 4401;
    const page = open({ fresh: true });
    await untilPage(page, () => room.requests.length > 1, 'a second attempt');
    room.turnAway = undefined;
    await untilSave(page, 'saved');
  });

  it('4401 again and again ends it', async () => {
    room.turnAway = 4401;
    const page = open({ fresh: true });
    await untilSave(page, 'refused');
    expect(room.requests).toHaveLength(5);
  });
});

describe('N5: a viewer', () => {
  it('sees everything, sends no change, and is seen', async () => {
    const owner = open({ fresh: true });
    type(owner, 'select 1');
    await untilSave(owner, 'saved');
    room.messages.length = 0;
    const viewer = open({ kind: 'guest', ask: granted('viewer') });
    await untilSave(viewer, 'saved');
    expect(read(viewer)).toBe('select 1');
    expect(viewer.mayEdit.get()).toBe(false);
    type(viewer, 'x');
    viewer.shareResult(FIRST_CELL, RUN);
    viewer.setPlace(FIRST_CELL);
    await untilPage(owner, () => owner.people.get()[1]?.cell === FIRST_CELL, 'the viewer');
    expect(owner.people.get()[1]).toMatchObject({ role: 'viewer', isMe: false });
    expect(room.messages).not.toContain('0.1');
    expect(room.messages).not.toContain('0.2');
  });

  it('does not begin a document', async () => {
    const viewer = open({ kind: 'guest', ask: granted('viewer') });
    await untilSave(viewer, 'saved');
    expect(viewer.notebook.get().standing).toBe('empty');
    const editor = open({ kind: 'guest', ask: granted('editor') });
    await untilPage(viewer, () => viewer.notebook.get().standing === 'usable', 'the beginning');
    expect(editor.mayEdit.get()).toBe(true);
  });
});

describe('D2: a document of a newer version', () => {
  it('is shown and not written', async () => {
    room.live.getMap('meta').set('schema', 2);
    const page = open();
    await untilSave(page, 'saved');
    expect(page.notebook.get().standing).toBe('newer');
    expect(page.mayEdit.get()).toBe(false);
    page.change((doc) => doc.getMap('meta').set('title', 'x'));
    page.shareResult(FIRST_CELL, RUN);
    expect(room.messages).not.toContain('0.2');
  });
});

describe('undo', () => {
  it('takes back one’s own edits only, never results, and brings back deleted cells', async () => {
    const [a, b] = [open({ fresh: true }), open()];
    await untilPage(b, () => b.mayEdit.get(), 'the document');
    type(a, 'mine');
    await untilPage(b, () => read(b) === 'mine', 'the text');
    type(b, 'theirs ');
    a.shareResult(FIRST_CELL, RUN);
    await untilPage(a, () => read(a) === 'theirs mine', 'the other text');
    a.undo.stopCapturing();
    a.change((doc) => deleteCell(doc, FIRST_CELL));
    expect(a.text(FIRST_CELL)).toBeUndefined();
    a.undo.undo();
    expect(read(a)).toBe('theirs mine');
    a.undo.undo();
    expect(read(a)).toBe('theirs ');
    expect(a.undo.undo()).toBeNull();
    await untilPage(b, () => read(b) === 'theirs ', 'the undo');
  });
});

describe('the structure', () => {
  it('is read anew for cells, not for letters, and keeps what is the same', async () => {
    const page = open({ fresh: true });
    await untilSave(page, 'saved');
    let told = 0;
    page.notebook.subscribe(() => told++);
    const before = page.notebook.get();
    type(page, 'select 1');
    await untilSave(page, 'saved');
    expect(page.notebook.get()).toBe(before);
    page.change((doc) => {
      addCell(doc, { kind: 'text' });
      addCell(doc, { kind: 'sql' });
    });
    const after = page.notebook.get();
    expect(after.cells).toHaveLength(3);
    expect(after.cells[0]).toBe(before.cells[0]);
    await untilSave(page, 'saved');
    expect(told).toBe(1);
  });

  it('D8: a result is the same object until it changes', async () => {
    const [a, b] = [open({ fresh: true }), open()];
    const result = b.result(FIRST_CELL);
    expect(result.get()).toBeUndefined();
    await untilSave(a, 'saved');
    a.shareResult(FIRST_CELL, RUN);
    await untilPage(b, () => result.get() !== undefined, 'the result');
    const first = result.get();
    type(a, 'x');
    await untilPage(b, () => read(b) === 'x', 'the text');
    expect(result.get()).toBe(first);
    expect(first).toEqual(RUN);
  });
});

describe('people', () => {
  it('are seen with name, colours apart, role and cell, and again after a cut', async () => {
    const [a, b] = [open({ fresh: true }), open({ kind: 'guest', ask: granted('editor') })];
    const seen = () => a.people.get().find(({ isMe }) => !isMe);
    await untilPage(a, () => seen() !== undefined, 'the other');
    b.rename('  Ada\u202e  Lovelace ');
    b.setPlace(FIRST_CELL);
    await untilPage(a, () => seen()?.cell === FIRST_CELL, 'the place');
    expect(seen()).toMatchObject({ name: 'Ada Lovelace', role: 'editor' });
    room.cut();
    await untilPage(a, () => seen() === undefined, 'the cut');
    await untilPage(a, () => seen()?.name === 'Ada Lovelace', 'the return');
    await untilPage(a, () => seen()?.colour !== a.people.get()[0]?.colour, 'two colours');
  });

  it('N6: a page tells the server of itself alone', async () => {
    const [a, b] = [open({ fresh: true }), open()];
    await untilPage(a, () => a.people.get().length === 2, 'the other');
    await untilPage(b, () => b.people.get().length === 2, 'the other');
    for (const update of room.awareness) {
      expect(update[0]).toBe(1);
    }
  });

  it('what others say of themselves is not believed', async () => {
    const page = open({ fresh: true });
    await untilSave(page, 'saved');
    const user = { name: 'Eve\u0000\n'.repeat(99), colour: 'red;}*{display:none', role: 'owner' };
    const position = { type: null, tname: 'meta2', item: null, assoc: 0 };
    room.spread({
      7: JSON.stringify({ user, cell: '../../x', selection: { anchor: position, head: position } }),
      8: JSON.stringify({ user: { ...user, role: 'god' } }),
      9: '[[[[',
    });
    room.spread({ 10: '"text"', 11: JSON.stringify({ user: { ...user, name: 5 } }) });
    room.spread({ 12: JSON.stringify({ user, selection: { anchor: {}, head: [] } }) });
    room.spread({ 13: JSON.stringify({ user: { name: 'Ann', role: 'viewer' } }) });
    await untilPage(page, () => page.people.get().some(({ name }) => name === 'Ann'), 'Ann');
    const others = page.people.get().filter(({ isMe }) => !isMe);
    expect(others.map(({ id }) => id)).toEqual([11, 12, 13]);
    for (const { name, colour, cell } of others) {
      expect(name).toMatch(/^(Somebody|Ann|Eve( Eve)*)$/);
      expect(name.length).toBeLessThanOrEqual(40);
      expect(colour).toMatch(/^#[0-9a-f]{6}$/);
      expect(cell).toBeUndefined();
    }
    for (const { selection } of page.awareness.getStates().values() as Iterable<{
      selection?: { anchor: Parameters<typeof createAbsolutePositionFromRelativePosition>[0] };
    }>) {
      if (selection) createAbsolutePositionFromRelativePosition(selection.anchor, page.doc);
    }
    expect(page.doc.share.has('meta2')).toBe(false);
    expect(page.save.get()).toEqual({ kind: 'saved' });
  });
});
