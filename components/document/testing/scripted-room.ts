import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import {
  createEncoder,
  type Encoder,
  toUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding';
import { type WebSocket as Socket, WebSocketServer } from 'ws';
import { messageYjsSyncStep1, writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import {
  MESSAGE_AWARENESS,
  MESSAGE_QUERY_AWARENESS,
  MESSAGE_STORED,
  MESSAGE_SYNC,
  MESSAGE_TROUBLE,
} from '@/lib/notebook/wire';

interface Page {
  readonly socket: Socket;
  received: number;
  /** The last it said of itself. */
  awareness?: Uint8Array;
}

/** A room as docs/notebook.md has it that does what a test says: holds back, forgets, cuts, refuses. One of the network's faults. */
export class ScriptedRoom {
  /** What everybody sees. */
  live = new Y.Doc();
  /** What is on disk: only this outlives `crash`. */
  readonly disk = new Y.Doc();
  /** While true nothing is stored. */
  holding = false;
  /** While true nothing that comes is answered, as when the network has gone and nobody has noticed. */
  deaf = false;
  /** Closes each connection at once, with this code. */
  turnAway: number | undefined;
  readonly requests: { readonly url: string; readonly protocols: readonly string[] }[] = [];
  /** The first number of each message that came, and for sync messages the second. */
  readonly messages: string[] = [];
  readonly awareness: Uint8Array[] = [];
  readonly #server: WebSocketServer;
  readonly #pages = new Set<Page>();

  private constructor(server: WebSocketServer) {
    this.#server = server;
    server.on('connection', (socket, request) => this.#welcome(socket, request));
  }

  static async start(): Promise<ScriptedRoom> {
    const server = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      handleProtocols: () => 'warren.notebook.1',
    });
    await once(server, 'listening');
    return new ScriptedRoom(server);
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Everything received so far goes to disk and is acknowledged. */
  release(): void {
    this.holding = false;
    Y.applyUpdate(this.disk, Y.encodeStateAsUpdate(this.live));
    for (const page of this.#pages) this.#acknowledge(page);
  }

  cut(code = 4500, reason = ''): void {
    for (const { socket } of this.#pages) socket.close(code, reason);
  }

  /** As after SIGKILL: what was not stored is gone. */
  crash(): void {
    for (const { socket } of this.#pages) socket.terminate();
    this.#pages.clear();
    this.live = new Y.Doc();
    Y.applyUpdate(this.live, Y.encodeStateAsUpdate(this.disk));
    this.holding = false;
  }

  say(code: string, text: string): void {
    this.#toAll((encoder) => {
      writeVarUint(encoder, MESSAGE_TROUBLE);
      writeVarString(encoder, code);
      writeVarString(encoder, text);
    });
  }

  /** Awareness states as a hostile page may send them. */
  spread(states: Readonly<Record<number, string>>): void {
    const update = createEncoder();
    const entries = Object.entries(states);
    writeVarUint(update, entries.length);
    for (const [id, json] of entries) {
      writeVarUint(update, Number(id));
      writeVarUint(update, 1);
      writeVarString(update, json);
    }
    this.#toAll((encoder) => writeAwareness(encoder, toUint8Array(update)));
  }

  async stop(): Promise<void> {
    for (const { socket } of this.#pages) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #welcome(socket: Socket, request: IncomingMessage): void {
    const protocols = String(request.headers['sec-websocket-protocol']).split(/,\s*/);
    this.requests.push({ url: request.url ?? '', protocols });
    if (this.turnAway !== undefined) {
      socket.close(this.turnAway, 'Not today.');
      return;
    }
    const page: Page = { socket, received: 0 };
    for (const { awareness } of this.#pages) {
      if (awareness) send(socket, (encoder) => writeAwareness(encoder, awareness));
    }
    this.#pages.add(page);
    socket.on('close', () => this.#pages.delete(page));
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.#receive(page, new Uint8Array(data as Buffer)));
    if (!protocols.includes('ticket.viewer')) {
      send(socket, (encoder) => {
        writeVarUint(encoder, MESSAGE_SYNC);
        writeSyncStep1(encoder, this.live);
      });
    }
  }

  #receive(page: Page, message: Uint8Array): void {
    if (this.deaf) return;
    const decoder = createDecoder(message);
    const type = readVarUint(decoder);
    if (type !== MESSAGE_SYNC) {
      this.messages.push(String(type));
      if (type === MESSAGE_QUERY_AWARENESS) this.spread({});
      if (type !== MESSAGE_AWARENESS) return;
      const awareness = readVarUint8Array(decoder);
      page.awareness = awareness;
      this.awareness.push(awareness);
      this.#toAll((encoder) => writeAwareness(encoder, awareness), page);
      return;
    }
    const kind = readVarUint(decoder);
    this.messages.push(`${type}.${kind}`);
    const body = readVarUint8Array(decoder);
    if (kind === messageYjsSyncStep1) {
      send(page.socket, (encoder) => {
        writeVarUint(encoder, MESSAGE_SYNC);
        writeSyncStep2(encoder, this.live, body);
      });
      return;
    }
    page.received++;
    Y.applyUpdate(this.live, body);
    this.#toAll((encoder) => {
      writeVarUint(encoder, MESSAGE_SYNC);
      writeUpdate(encoder, body);
    }, page);
    if (this.holding) return;
    Y.applyUpdate(this.disk, body);
    this.#acknowledge(page);
  }

  #acknowledge({ socket, received }: Page): void {
    send(socket, (encoder) => {
      writeVarUint(encoder, MESSAGE_STORED);
      writeVarUint(encoder, received);
    });
  }

  #toAll(write: (encoder: Encoder) => void, except?: Page): void {
    for (const page of this.#pages) if (page !== except) send(page.socket, write);
  }
}

function send(socket: Socket, write: (encoder: Encoder) => void): void {
  const encoder = createEncoder();
  write(encoder);
  socket.send(toUint8Array(encoder));
}

function writeAwareness(encoder: Encoder, update: Uint8Array): void {
  writeVarUint(encoder, MESSAGE_AWARENESS);
  writeVarUint8Array(encoder, update);
}
