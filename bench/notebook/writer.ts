import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { cellText } from '../../lib/notebook/read';
import { FIRST_CELL, seedUpdate } from '../../lib/notebook/seed';
import { MESSAGE_STORED, MESSAGE_TROUBLE } from '../../lib/notebook/wire';
import { now } from './clock';
import { protocolsFor, relayUrl, webSocketFrom } from './enter';
import { findMarkers, markerAt } from './marker';
import type { Room, Run } from './scene';

/** Rules N2 and N3: y-websocket's own code would complain of them with each key. */
const OWN_MESSAGES = [MESSAGE_STORED, MESSAGE_TROUBLE];

export interface WriterEvents {
  /** A keystroke of that time stands in this document now. */
  update(typedAt: number, heardAt: number): void;
  awareness(): void;
  closed(why: string): void;
}

/** A page's document with y-websocket's provider: the people who are measured as they are. */
export class Writer {
  readonly #doc: Y.Doc;
  readonly #provider: WebsocketProvider;
  readonly #text: Y.Text;
  /** The others who are to see what is typed here. */
  readonly others: number;

  private constructor(provider: WebsocketProvider, text: Y.Text, others: number) {
    this.#provider = provider;
    this.#doc = provider.doc;
    this.#text = text;
    this.others = others;
  }

  /** Resolves when the document has come. */
  static async join(url: string, room: Room, name: string, events: WriterEvents): Promise<Writer> {
    const protocols = await protocolsFor(url, room);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, seedUpdate());
    const provider = new WebsocketProvider(relayUrl(url), 'notebook', doc, {
      protocols,
      connect: false,
      disableBc: true,
      // A ticket is good for one connection.
      shouldReconnect: () => false,
      WebSocketPolyfill: webSocketFrom(room.address) as unknown as typeof globalThis.WebSocket,
    });
    for (const type of OWN_MESSAGES) provider.messageHandlers[type] = () => {};
    provider.awareness.setLocalState({ user: { name, colour: 'oklch(0.6 0.15 30)' } });
    await new Promise<void>((resolve, reject) => {
      provider.on('sync', (synced) => synced && resolve());
      provider.on('connection-close', (event) => {
        // Without an event it is this side that leaves.
        if (!event) return;
        reject(new Error(`a writer was closed: ${event.code} ${event.reason}`));
        events.closed(`${event.code} ${event.reason}`);
      });
      provider.connect();
    });
    const text = cellText(doc, FIRST_CELL);
    if (!text) throw new Error('the notebook has no first cell');
    text.observe((event, { local }) => {
      if (local) return;
      const heardAt = now();
      for (const { insert } of event.delta) {
        if (typeof insert !== 'string') continue;
        for (const typedAt of findMarkers(Buffer.from(insert))) events.update(typedAt, heardAt);
      }
    });
    provider.awareness.on('update', (_: unknown, origin: unknown) => {
      if (origin !== 'local') events.awareness();
    });
    return new Writer(provider, text, room.typists + room.watchers + room.readers - 1);
  }

  /** Types until the run is over; `typed` hears when, in ms since its beginning. */
  async type(run: Run, typed: (at: number) => void): Promise<void> {
    const until = run.zeroAt + run.warmUpMs + run.windowMs;
    // People do not type in step.
    await sleep(run.zeroAt - now() + Math.random() * run.everyMs);
    while (now() < until) {
      const next = now() + run.everyMs;
      const at = now() - run.zeroAt;
      this.#text.insert(this.#text.length, markerAt(at));
      typed(at);
      this.#moveCursor();
      await sleep(next - now());
    }
  }

  leave(): void {
    this.#provider.destroy();
    this.#doc.destroy();
  }

  /**
   * As y-monaco tells of a selection after each key. Bound to the character before it: the end of a text is always
   * the same place, which would be no news.
   */
  #moveCursor(): void {
    const end = Y.createRelativePositionFromTypeIndex(this.#text, this.#text.length, -1);
    const position = Y.relativePositionToJSON(end);
    this.#provider.awareness.setLocalStateField('selection', { anchor: position, head: position });
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
