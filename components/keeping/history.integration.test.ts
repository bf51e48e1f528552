import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Credentials } from '@/lib/machine/types';
import { FIRST_CELL } from '@/lib/notebook/seed';
import { type TestPlayground, TestRelay } from '../../relay/testing/test-relay';
import type { SharedDocument } from '../document/shared-document';
import { openPage, untilPage, untilSave } from '../document/testing/test-page';
import { keepVersion } from './keep-version';
import { openVersion } from './open-version';
import { readSpoken } from './read-spoken';
import { restoreVersion } from './restore-version';
import { deleteVersion, fetchVersions } from './versions-api';

let relay: TestRelay;
/** Where the page thinks the server is. */
let origin = '';

beforeAll(async () => {
  relay = await TestRelay.start();
  origin = relay.url;
  // A page asks its own origin.
  const { fetch } = globalThis;
  vi.stubGlobal('fetch', (path: string | URL, init?: RequestInit) =>
    fetch(new URL(path, origin), init),
  );
});

afterAll(async () => {
  vi.unstubAllGlobals();
  await relay.stop();
});

describe('the history of a notebook', () => {
  it('keeps what the page shows, and restores it for everybody, undoably', async () => {
    const playground = await relay.createPlayground();
    const credentials = ownerOf(playground);
    const page = openPage({ base: relay.url, fresh: true, credentials });
    write(page, 'select 1');
    // Not yet saved: the version waits for it.
    expect(await keepVersion(page, credentials, 'First')).toMatchObject({ ok: true });
    write(page, 'select 2');

    const [first] = await versionsOf(credentials);
    expect(first).toMatchObject({ name: 'First', by: nameOf(page), automatic: false });
    const opened = await openVersion(credentials, first?.id ?? '');
    if (!opened.ok) throw new Error(opened.message);
    expect(text(opened.value)).toBe('select 1');

    const other = openPage({ base: relay.url, credentials });
    await untilPage(other, () => text(other.doc) === 'select 2', 'the other page has it');
    const version = { doc: opened.value, label: '“First”' };
    expect(await restoreVersion(page, credentials, version)).toMatchObject({ ok: true });
    await untilPage(other, () => text(other.doc) === 'select 1', 'the other page sees it');
    const [before] = await versionsOf(credentials);
    expect(before?.name).toBe('Before restoring “First”');

    page.undo.undo();
    expect(text(page.doc)).toBe('select 2');
    await untilSave(page, 'saved');
    expect(await deleteVersion(credentials, before?.id ?? '')).toMatchObject({ ok: true });
    expect(await versionsOf(credentials)).toHaveLength(1);
    for (const one of [page, other]) one.dispose();
  });

  it('is not written by viewers, and says so', async () => {
    const playground = await relay.createPlayground();
    const page = openPage({
      base: relay.url,
      fresh: true,
      credentials: ownerOf(playground),
    });
    const viewer = await relay.createLink(playground, 'viewer');
    const credentials = {
      playground: playground.id,
      link: viewer.id,
      secret: viewer.secret,
    };
    expect(await fetchVersions(credentials)).toEqual({ ok: true, value: [] });
    const refused = await keepVersion(page, credentials, 'Mine');
    expect(refused.ok === false && refused.message.length).toBeGreaterThan(10);
    page.dispose();
  });

  it('tells of a version that is gone and of a server that is away', async () => {
    const credentials = ownerOf(await relay.createPlayground());
    expect(await openVersion(credentials, 'nothere00000')).toMatchObject({
      ok: false,
      status: 404,
    });
    origin = 'http://127.0.0.1:1';
    const away = await fetchVersions(credentials);
    origin = relay.url;
    expect(away).toMatchObject({ ok: false, code: 'offline' });
  });
});

function ownerOf({ id, owner }: TestPlayground): Credentials {
  return { playground: id, link: owner.id, secret: owner.secret };
}

function write(page: SharedDocument, sql: string): void {
  page.change(() => {
    const cell = page.text(FIRST_CELL);
    cell?.delete(0, cell.length);
    cell?.insert(0, sql);
  });
}

async function versionsOf(credentials: Credentials) {
  const answer = await fetchVersions(credentials);
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

function text(doc: SharedDocument['doc']): string | undefined {
  return readSpoken(doc).cells[0]?.text;
}

function nameOf(page: SharedDocument): string | undefined {
  return page.people.get().find(({ isMe }) => isMe)?.name;
}
