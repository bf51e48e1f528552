import type { WebSocket } from 'ws';
import { now } from './clock';
import { protocolsFor, relayUrl, webSocketFrom } from './enter';
import { findMarkers } from './marker';
import { ASK_FOR_ALL, awarenessMessage, GIVE_NOTHING, readMessage } from './messages';
import type { Room } from './scene';

/** As y-protocols renews a state that does not change. */
const RENEW_EVERY_MS = 15_000;
const MAX_ID = 2 ** 32;

export interface ReaderEvents {
  /** A keystroke of that time has come; both in ms, the one since the run's beginning, the other by `now()`. */
  update(typedAt: number, heardAt: number): void;
  awareness(): void;
  closed(why: string): void;
}

/** Somebody in a notebook without a document: says who it is, answers the handshake, hears the rest. */
export class Reader {
  readonly #socket: WebSocket;
  readonly #id = Math.floor(Math.random() * MAX_ID);
  readonly #name: string;
  #clock = 0;
  #renewal: ReturnType<typeof setTimeout> | undefined;

  private constructor(socket: WebSocket, name: string) {
    this.#socket = socket;
    this.#name = name;
  }

  /** Resolves when the document has come. */
  static async join(url: string, room: Room, name: string, events: ReaderEvents): Promise<Reader> {
    const protocols = await protocolsFor(url, room);
    const Socket = webSocketFrom(room.address);
    const socket = new Socket(`${relayUrl(url)}/notebook`, protocols);
    const reader = new Reader(socket, name);
    await new Promise<void>((resolve, reject) => {
      socket.on('open', () => {
        socket.send(ASK_FOR_ALL);
        reader.#tell();
      });
      socket.on('message', (message: Buffer) => reader.#hear(message, resolve, events));
      socket.on('error', reject);
      socket.on('close', (code, reason) => {
        clearTimeout(reader.#renewal);
        reject(new Error(`a reader was closed: ${code} ${reason}`));
        events.closed(`${code} ${reason}`);
      });
    });
    return reader;
  }

  leave(): void {
    this.#socket.removeAllListeners('close');
    clearTimeout(this.#renewal);
    this.#socket.close();
  }

  #hear(message: Buffer, onAll: () => void, events: ReaderEvents): void {
    const heardAt = now();
    const heard = readMessage(message);
    switch (heard.kind) {
      case 'asked':
        this.#socket.send(GIVE_NOTHING);
        break;
      case 'all':
        onAll();
        break;
      case 'update':
        for (const typedAt of findMarkers(heard.update)) events.update(typedAt, heardAt);
        break;
      case 'awareness':
        events.awareness();
        break;
      case 'other':
        break;
    }
  }

  #tell(): void {
    const user = { name: this.#name, colour: 'oklch(0.6 0.15 200)' };
    this.#socket.send(awarenessMessage(this.#id, ++this.#clock, { user }));
    // The first one anywhere in the period: people do not come at the same moment.
    const wait = this.#clock === 1 ? Math.random() * RENEW_EVERY_MS : RENEW_EVERY_MS;
    this.#renewal = setTimeout(() => this.#tell(), wait);
  }
}
