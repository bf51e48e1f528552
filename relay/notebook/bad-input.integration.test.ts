import { once } from 'node:events';
import type net from 'node:net';
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { TICKET_LIFETIME_MS } from '../../lib/access/tickets';
import { CLOSE } from '../../lib/notebook/wire';
import { RawPage, TestPage } from '../testing/test-page';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';
import type { RefusalCode } from './refusals';

/** A sync message with an update. */
function update(bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

/** The update that an edit makes. */
function edit(change: (doc: Y.Doc) => void, doc = new Y.Doc()): Uint8Array {
  const before = Y.encodeStateVector(doc);
  change(doc);
  return Y.encodeStateAsUpdate(doc, before);
}

describe('bad input on a notebook', () => {
  let relay: TestRelay;
  let playground: TestPlayground;
  let editor: TestLink;
  let viewer: TestLink;
  let bystander: TestPage;
  let now = Date.now();

  beforeAll(async () => {
    relay = await TestRelay.start({
      now: () => now,
      limits: {
        createsPerAddressPerMinute: 1_000,
        linksPerPlayground: 1_000,
        notebookConnectionsPerRoom: 10,
        notebookMeasureEveryMs: 0,
      },
    });
    playground = await relay.createPlayground();
    editor = await relay.createLink(playground, 'editor');
    viewer = await relay.createLink(playground, 'viewer');
    bystander = await TestPage.open(relay, playground, playground.owner);
  });
  afterAll(async () => {
    bystander?.provider.destroy();
    await relay?.stop();
  });
  beforeEach(() => {
    // Everyone else is undisturbed: this page stays through every test.
    expect(bystander.provider.wsconnected).toBe(true);
  });

  const open = (link = editor) => RawPage.open(relay, playground, link);
  /** Says something that must end the connection and be counted. */
  const refused = async (code: RefusalCode, say: (page: RawPage) => void, link = editor) => {
    const before = await relay.rejects('notebook', code);
    const page = await open(link);
    say(page);
    const closeCode = await page.closed;
    expect(await relay.rejects('notebook', code)).toBe(before + 1);
    return closeCode;
  };
  const undisturbed = async () => {
    const { length } = bystander.text;
    bystander.text.insert(0, 'x');
    await bystander.saved();
    expect(bystander.text.length).toBe(length + 1);
  };

  describe('before it is open', () => {
    const dial = (ticket: string, options: { origin?: string } = {}) => {
      const protocols = ['warren.notebook.1', `ticket.${ticket}`];
      const socket = new WebSocket(`${relay.webSocketUrl}/relay/notebook`, protocols, options);
      socket.on('error', () => undefined);
      return socket;
    };
    const refusal = async (socket: WebSocket) => {
      const [, response] = await once(socket, 'unexpected-response');
      let text = '';
      for await (const chunk of response) text += chunk;
      return { status: response.statusCode, code: JSON.parse(text).error.code };
    };
    const ticket = (as: 'notebook' | 'peer' = 'notebook') => relay.ticket(playground, editor, as);

    it('a used ticket', async () => {
      const used = await ticket();
      const socket = dial(used);
      await once(socket, 'open');
      expect(socket.protocol).toBe('warren.notebook.1');
      expect(await refusal(dial(used))).toEqual({ status: 401, code: 'ticket-unknown' });
      socket.close();
    });

    it('an expired ticket', async () => {
      const expired = await ticket();
      now += TICKET_LIFETIME_MS + 1;
      expect(await refusal(dial(expired))).toEqual({ status: 401, code: 'ticket-expired' });
    });

    it('a foreign origin', async () => {
      const socket = dial(await ticket(), { origin: 'https://evil.example' });
      expect(await refusal(socket)).toEqual({ status: 403, code: 'origin-foreign' });
    });

    it('a ticket for a tunnel', async () => {
      expect(await refusal(dial(await ticket('peer')))).toEqual({
        status: 401,
        code: 'ticket-purpose',
      });
    });

    it('the protocol of tunnels', async () => {
      const protocols = ['warren.mux.1', `ticket.${await ticket()}`];
      const socket = new WebSocket(`${relay.webSocketUrl}/relay/notebook`, protocols);
      socket.on('error', () => undefined);
      expect(await refusal(socket)).toEqual({ status: 400, code: 'protocol-missing' });
    });
  });

  it.each<[string, (page: RawPage) => void, RefusalCode, number]>([
    ['text', (page) => page.socket.send('hello'), 'text-frame', CLOSE.malformed],
    ['nothing', (page) => page.send([]), 'message-malformed', CLOSE.malformed],
    ['an unknown type', (page) => page.send([77]), 'message-malformed', CLOSE.malformed],
    ['an auth message', (page) => page.send([2, 0]), 'message-malformed', CLOSE.malformed],
    ['an unknown step', (page) => page.send([0, 9, 0]), 'message-malformed', CLOSE.malformed],
    ['a length beyond the end', (page) => page.send([0, 2, 99, 0]), 'message-malformed', 4400],
    ['a malformed state vector', (page) => page.send([0, 0, 1, 9]), 'message-malformed', 4400],
    [
      'a malformed update',
      (page) => page.send(update(Buffer.from('no update'))),
      'update-malformed',
      4400,
    ],
    ['malformed awareness', (page) => page.send([1, 2, 1, 1]), 'awareness-malformed', 4400],
    [
      'awareness of 5 KB',
      (page) => {
        const state = Buffer.from(JSON.stringify({ name: 'x'.repeat(5_000) }));
        const length = encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, state.length);
        });
        const size = encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, 3 + length.length + state.length);
        });
        page.send([1], size, [1, 5, 1], length, state);
      },
      'awareness-too-large',
      CLOSE.tooLarge,
    ],
    [
      'an update of 5 MB',
      (page) =>
        page.send(update(edit((doc) => doc.getText('t').insert(0, 'x'.repeat(5 * 2 ** 20))))),
      'update-too-large',
      CLOSE.tooLarge,
    ],
    [
      'a flood of messages',
      (page) => {
        for (let n = 0; n < 1_500; n++) page.send([3]);
      },
      'too-many-messages',
      CLOSE.tooMany,
    ],
    [
      'more bytes than anybody writes',
      (page) => {
        const large = update(edit((doc) => doc.getText('t').insert(0, 'x'.repeat(3 * 2 ** 20))));
        for (let n = 0; n < 12; n++) page.send(large);
      },
      'too-many-messages',
      CLOSE.tooMany,
    ],
  ])('%s', async (_name, say, code, closeCode) => {
    expect(await refused(code, say)).toBe(closeCode);
    await undisturbed();
  });

  it('a message that is larger than any may be', async () => {
    const page = await open();
    page.send(Buffer.alloc(9 * 2 ** 20));
    expect(await page.closed).toBe(1009);
    expect(await relay.rejects('websocket', 'message-too-large')).toBe(1);
  });

  it.each<[string, number]>([
    ['an update', 2],
    ['a step 2', 1],
  ])('%s of a viewer (N5)', async (_name, step) => {
    const bytes = edit((doc) => doc.getText('text').insert(0, 'viewer was here'));
    const say = (page: RawPage) => page.send([0, step, bytes.length], bytes);
    expect(await refused('viewer-wrote', say, viewer)).toBe(CLOSE.viewerWrote);
    await undisturbed();
    expect(bystander.text.toString()).not.toContain('viewer');
  });

  it('somebody else’s awareness id is dropped and counted (N6)', async () => {
    bystander.provider.awareness.setLocalState({ name: 'bystander' });
    const other = await TestPage.open(relay, playground, editor);
    const { clientID } = bystander.doc;
    const seen = () => other.provider.awareness.getStates().get(clientID)?.name;
    await until(() => seen() === 'bystander', 'the bystander');
    const before = await relay.rejects('notebook', 'awareness-foreign');
    const page = await open();
    const state = Buffer.from('{"name":"nobody"}');
    const entry = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, clientID);
      encoding.writeVarUint(encoder, 1_000_000);
      encoding.writeVarUint8Array(encoder, state);
    });
    page.send([1, entry.length], entry);
    await until(
      async () => (await relay.rejects('notebook', 'awareness-foreign')) > before,
      'it to be counted',
    );
    expect(seen()).toBe('bystander');
    page.socket.close();
    other.provider.destroy();
  });

  it('`__proto__` as a key of anything does nothing but be there', async () => {
    const page = await open();
    const evil = JSON.parse('{"__proto__":{"polluted":true}}');
    page.send(
      update(
        edit((doc) => {
          doc.getMap('__proto__').set('a', 1);
          doc.getMap('map').set('__proto__', evil);
          doc.getMap('map').set('constructor', evil);
        }),
      ),
    );
    await until(() => bystander.doc.getMap('map').has('constructor'), 'the keys');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    page.socket.close();
    await undisturbed();
  });

  it('10,000 cells and a cell of 1 MB are taken as they come', async () => {
    const page = await TestPage.open(relay, playground, editor);
    page.doc.transact(() => {
      const cells = page.doc.getMap('cells');
      for (let n = 0; n < 10_000; n++) cells.set(`cell${n}`, new Y.Map([['kind', 'sql']]));
      cells.set('large', new Y.Map([['source', new Y.Text('x'.repeat(2 ** 20))]]));
    });
    await page.saved();
    await until(() => bystander.doc.getMap('cells').size === 10_001, 'the cells');
    page.provider.destroy();
    await undisturbed();
  });

  it('ids that clash: two pages that use one client id', async () => {
    const one = await open();
    const two = await open();
    const as = (clientID: number, text: string) =>
      edit((doc) => {
        doc.clientID = clientID;
        doc.getText('clash').insert(0, text);
      });
    one.send(update(as(777, 'one')));
    two.send(update(as(777, 'two and more')));
    await until(() => bystander.doc.getText('clash').length === 12, 'the text');
    expect(two.socket.readyState).toBe(WebSocket.OPEN);
    one.socket.close();
    two.socket.close();
    await undisturbed();
  });

  it('a peer that never reads is cut before memory grows (N7)', async () => {
    const own = await relay.createPlayground();
    const writer = await TestPage.open(relay, own, own.owner);
    const lazy = await RawPage.open(relay, own, own.owner);
    const { _socket: raw } = lazy.socket as unknown as { _socket: net.Socket };
    raw.pause();
    const before = await relay.rejects('notebook', 'slow-reader');
    for (let n = 0; n < 40; n++) {
      writer.text.delete(0, writer.text.length);
      writer.text.insert(0, `${n}`.repeat(500_000));
      await writer.saved();
      if ((await relay.rejects('notebook', 'slow-reader')) > before) break;
    }
    expect(await relay.rejects('notebook', 'slow-reader')).toBe(before + 1);
    await until(async () => (await relay.metric('notebook_connections')) <= 2, 'it to be cut');
    writer.provider.destroy();
    raw.destroy();
  });

  it('a page that asks for the document again and again while it reads nothing', async () => {
    const own = await relay.createPlayground();
    const writer = await TestPage.open(relay, own, own.owner);
    writer.text.insert(0, 'x'.repeat(3_500_000));
    await writer.saved();
    const before = await relay.rejects('notebook', 'asked-too-often');
    const lazy = await RawPage.open(relay, own, own.owner);
    const { _socket: raw } = lazy.socket as unknown as { _socket: net.Socket };
    raw.pause();
    for (let n = 0; n < 20; n++) lazy.send([0, 0, 1, 0]);
    await relay.untilRejected('notebook', 'asked-too-often', before);
    raw.destroy();
    writer.provider.destroy();
  });

  it('types nested to the end of the stack: who made them goes, the others come back', async () => {
    const own = await relay.createPlayground();
    const other = await TestPage.open(relay, own, own.owner);
    other.text.insert(0, 'kept');
    await other.saved();
    const page = await RawPage.open(relay, own, own.owner);
    const deep = edit((doc) => {
      let map = doc.getMap('deep');
      for (let n = 0; n < 200; n++) map = map.set('in', new Y.Map());
    });
    page.send(update(deep));
    expect(await page.closed).toBe(CLOSE.malformed);
    expect((await other.closed).code).toBe(CLOSE.otherWriter);
    const back = await TestPage.open(relay, own, own.owner);
    expect(back.text.toString()).toBe('kept');
    expect(back.doc.getMap('deep').size).toBe(0);
    back.provider.destroy();
  });

  it('more people than a notebook takes', async () => {
    const pages = await Promise.all(Array.from({ length: 9 }, () => open()));
    expect(await refused('room-full', () => undefined)).toBe(CLOSE.busy);
    for (const page of pages) page.socket.close();
    await Promise.all(pages.map((page) => page.closed));
  });
});

describe('a notebook that is full', () => {
  it('takes no more, but deletions, and then again', async () => {
    const relay = await TestRelay.start({
      limits: { notebookDocumentMaxBytes: 100_000, notebookMeasureEveryMs: 0 },
    });
    try {
      const playground = await relay.createPlayground();
      const page = await TestPage.open(relay, playground, playground.owner);
      page.text.insert(0, 'x'.repeat(90_000));
      await page.saved();
      const greedy = await TestPage.open(relay, playground, playground.owner);
      greedy.text.insert(0, 'y'.repeat(20_000));
      expect((await greedy.closed).code).toBe(CLOSE.tooLarge);
      page.text.delete(0, 80_000);
      await page.saved();
      page.text.insert(0, 'z'.repeat(20_000));
      await page.saved();
      expect(page.text.length).toBe(30_000);
      page.provider.destroy();
    } finally {
      await relay.stop();
    }
  });
});
