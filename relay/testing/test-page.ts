import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import WebSocket from 'ws';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import {
  MESSAGE_STORED,
  MESSAGE_SYNC,
  MESSAGE_TROUBLE,
  NOTEBOOK_PROTOCOL,
  TAB_PREFIX,
  TICKET_PREFIX,
} from '../../lib/notebook/wire';
import type { TestLink, TestPlayground } from './test-relay';
import { until } from './until';

/** Whoever gives tickets: a relay in this process or in another. */
export interface TicketSource {
  readonly webSocketUrl: string;
  ticket(playground: TestPlayground, link: TestLink, as: 'notebook'): Promise<string>;
}

/** A page's end of the notebook: the real provider over a real WebSocket, and the counting of rule N2. */
export class TestPage {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly troubles: string[] = [];
  /** The WebSocket's close code and reason. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  #sent = 0;
  #stored = 0;
  #answeredAt: number | undefined;
  #isClosed = false;

  private constructor(url: string, protocols: string[], doc: Y.Doc) {
    this.doc = doc;
    const count = (data: Uint8Array) => this.#count(data);
    let close: (end: { code: number; reason: string }) => void = () => {};
    this.closed = new Promise((resolve) => {
      close = resolve;
    });
    class CountingSocket extends WebSocket {
      constructor(address: string, offered: string[]) {
        super(address, offered);
        this.once('close', (code, reason) => close({ code, reason: reason.toString() }));
      }
      override send(data: Uint8Array) {
        count(data);
        super.send(data);
      }
    }
    this.provider = new WebsocketProvider(url, 'notebook', doc, {
      connect: false,
      disableBc: true,
      protocols,
      awareness: new Awareness(doc),
      WebSocketPolyfill: CountingSocket as unknown as typeof globalThis.WebSocket,
      shouldReconnect: () => false,
    });
    void this.closed.then(() => {
      this.#isClosed = true;
      // The provider leaves it running.
      this.provider.awareness.destroy();
    });
    this.provider.messageHandlers[MESSAGE_STORED] = (_encoder, decoder) => {
      this.#stored = decoding.readVarUint(decoder);
    };
    this.provider.messageHandlers[MESSAGE_TROUBLE] = (_encoder, decoder) => {
      this.troubles.push(decoding.readVarString(decoder));
    };
  }

  /** Connects; resolves when the document has come. */
  static async open(
    source: TicketSource,
    playground: TestPlayground,
    link: TestLink,
    options: { readonly doc?: Y.Doc; readonly tab?: string; readonly wait?: boolean } = {},
  ): Promise<TestPage> {
    const { doc = new Y.Doc(), tab, wait = true } = options;
    const ticket = await source.ticket(playground, link, 'notebook');
    const protocols = [NOTEBOOK_PROTOCOL, TICKET_PREFIX + ticket];
    if (tab !== undefined) protocols.push(TAB_PREFIX + tab);
    const page = new TestPage(`${source.webSocketUrl}/relay`, protocols, doc);
    page.provider.connect();
    if (wait) await until(() => page.provider.synced || page.#isClosed, 'the document to come');
    return page;
  }

  get text(): Y.Text {
    return this.doc.getText('text');
  }

  /** What a page may call Saved. */
  get isSaved(): boolean {
    const isQuiet = this.provider.ws?.bufferedAmount === 0;
    return (
      this.#answeredAt !== undefined && this.#sent === this.#stored && isQuiet && !this.#isClosed
    );
  }

  /** How many changes the server has said to have stored. */
  get stored(): number {
    return this.#stored;
  }

  get sent(): number {
    return this.#sent;
  }

  /** Of the changes sent, how many are stored with all they build upon: once what was there before is stored too. */
  get settled(): number | undefined {
    const isWhole = this.#answeredAt !== undefined && this.#stored >= this.#answeredAt;
    return isWhole ? this.#stored : undefined;
  }

  async saved(): Promise<void> {
    await until(() => this.isSaved, 'the page to be saved');
  }

  /** As when the network is lost: no goodbye, and nothing that is on its way arrives for sure. */
  cut(): void {
    const socket = this.provider.ws as unknown as WebSocket | null;
    this.provider.shouldConnect = false;
    socket?.terminate();
  }

  async leave(): Promise<void> {
    this.provider.destroy();
    await this.closed;
  }

  #count(data: Uint8Array): void {
    if (data[0] !== MESSAGE_SYNC || data[1] === 0) return;
    this.#sent += 1;
    if (data[1] === 1) this.#answeredAt ??= this.#sent;
  }
}

/** A connection that says whatever a test wants and keeps what it hears. */
export class RawPage {
  readonly socket: WebSocket;
  readonly heard: Buffer[] = [];
  readonly closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => this.heard.push(data));
    this.closed = once(socket, 'close').then(([code]) => code as number);
  }

  static async open(
    source: TicketSource,
    playground: TestPlayground,
    link: TestLink,
    tab?: string,
  ): Promise<RawPage> {
    const ticket = await source.ticket(playground, link, 'notebook');
    const protocols = [NOTEBOOK_PROTOCOL, TICKET_PREFIX + ticket];
    if (tab !== undefined) protocols.push(TAB_PREFIX + tab);
    const socket = new WebSocket(`${source.webSocketUrl}/relay/notebook`, protocols);
    const page = new RawPage(socket);
    await once(socket, 'open');
    return page;
  }

  send(...parts: readonly (readonly number[] | Uint8Array)[]): void {
    this.socket.send(Buffer.concat(parts.map((part) => Buffer.from(part))));
  }
}
