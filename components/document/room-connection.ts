import { readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { type Awareness, applyAwarenessUpdate } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { newSecret } from '@/lib/access/ids';
import { isRole, type Role } from '@/lib/access/roles';
import type { TicketAnswer } from '@/lib/machine/ticket';
import {
  CLOSE,
  MESSAGE_AWARENESS,
  MESSAGE_STORED,
  MESSAGE_TROUBLE,
  mayComeBack,
  type TroubleCode,
} from '@/lib/notebook/wire';
import { cleanAwareness } from './clean-awareness';
import { OwnAwareness } from './own-awareness';
import { Pacing } from './pacing';
import type { SaveEvent } from './save-machine';
import { ticketedSocket } from './ticketed-socket';

/** The provider puts a room's name behind the server's address: this is all of the path. The ticket says which playground. */
const PATH = '/relay';
const ROOM = 'notebook';

/**
 * Tickets granted in a row that the room then did not take. A server that was started again has forgotten those it
 * gave out before, so the first refusals are no reason to give up.
 */
const TICKETS_NOT_TAKEN = 5;
/** WebSocket's own code for a message larger than the other side takes. */
const CODE_TOO_BIG = 1009;
/** A connection that answers no question for this long after the browser said that the network is gone is dead. */
const PROBE_MS = 3000;

const BACK: TroubleCode = 'storage-back';

/** How the world is reached; the browser's own, or a test's. */
export interface RoomReach {
  /** The origin of the server, e.g. `http://127.0.0.1:3000`. */
  readonly base: string;
  /** Never rejects. */
  ask(): Promise<TicketAnswer>;
  dial(url: string, protocols: string[]): WebSocket;
}

export interface RoomEvents {
  /** The role of the link, told before the connection opens. */
  role(role: Role): void;
  save(event: SaveEvent): void;
}

/** The document's connection to its room on the server: y-websocket's provider with our ticket. Comes back by itself. */
export class RoomConnection {
  readonly #provider: WebsocketProvider;
  readonly #own: OwnAwareness;
  readonly #pacing = new Pacing();
  readonly #events: RoomEvents;
  #role: Role = 'viewer';
  #ticketRefused = false;
  #ticketsNotTaken = 0;
  #probe: ReturnType<typeof setTimeout> | undefined;

  constructor(doc: Y.Doc, awareness: Awareness, reach: RoomReach, events: RoomEvents) {
    this.#events = events;
    const Socket = ticketedSocket({
      ask: () => reach.ask(),
      dial: (url, protocols) => reach.dial(url, protocols),
      pacing: this.#pacing,
      tab: newSecret(),
      onGranted: (role) => this.#onGranted(role),
      onRefused: () => {
        this.#ticketRefused = true;
      },
      onOpen: () => this.#onOpen(awareness),
      onSent: (what) => events.save({ type: 'sent', what }),
    });
    const server = new URL(PATH, reach.base);
    server.protocol = server.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#provider = new WebsocketProvider(server.href, ROOM, doc, {
      awareness,
      connect: false,
      WebSocketPolyfill: Socket,
      // Waiting is the socket's business: it knows what the server asked for, and has the jitter.
      maxBackoffTime: 0,
      // What comes from another tab counts as the server's and is not sent on, so this page would say Saved of an
      // edit that is lost when the other tab closes before it has reached the server. All tabs hear each other there.
      disableBc: true,
      shouldReconnect: ({ code }) => this.#shouldComeBack(code),
    });
    this.#own = new OwnAwareness(this.#provider);
    this.#listen(awareness);
    this.#provider.connect();
  }

  /** True for what has come from the server, by a transaction's origin. */
  isOrigin(origin: unknown): boolean {
    return origin === this.#provider;
  }

  /** Does not wait any longer for the next attempt: the network is back. */
  hurry(): void {
    this.#pacing.hurry();
  }

  /** Tries again at once, also after a refusal. */
  retryNow(): void {
    this.#ticketRefused = false;
    this.#ticketsNotTaken = 0;
    this.#pacing.hurry();
    this.#provider.connect();
  }

  /** Asks the server something, and ends the connection if no answer comes: the browser suspects that the network is gone. */
  probe(): void {
    const { wsconnected, ws } = this.#provider;
    if (!wsconnected || this.#probe !== undefined) return;
    const before = this.#provider.wsLastMessageReceived;
    this.#own.askForEverybody();
    this.#probe = setTimeout(() => {
      this.#probe = undefined;
      if (this.#provider.ws !== ws || this.#provider.wsLastMessageReceived !== before) return;
      this.#provider.disconnect();
      this.#provider.connect();
    }, PROBE_MS);
  }

  dispose(): void {
    clearTimeout(this.#probe);
    this.#own.dispose();
    this.#provider.destroy();
    this.#pacing.hurry();
  }

  #listen(awareness: Awareness): void {
    const provider = this.#provider;
    const { save } = this.#events;
    provider.messageHandlers[MESSAGE_STORED] = (_encoder, decoder) =>
      save({ type: 'stored', count: readVarUint(decoder) });
    provider.messageHandlers[MESSAGE_TROUBLE] = (_encoder, decoder) => {
      const code = readVarString(decoder);
      const text = readVarString(decoder);
      save({ type: 'trouble', text: code === BACK ? undefined : text });
    };
    provider.messageHandlers[MESSAGE_AWARENESS] = (_encoder, decoder) => {
      const update = cleanAwareness(readVarUint8Array(decoder));
      if (update) applyAwarenessUpdate(awareness, update, provider);
    };
    provider.on('sync', (synced) => {
      if (!synced) return;
      this.#ticketsNotTaken = 0;
      save({ type: 'heard' });
    });
    provider.on('connection-close', () => save({ type: 'cut' }));
    provider.on('closed', ({ code, reason }) => {
      save({ type: 'refused', message: reason === '' ? refusalOf(code) : reason });
    });
  }

  #onGranted(role: string): void {
    this.#role = isRole(role) ? role : 'viewer';
    this.#events.role(this.#role);
  }

  #onOpen(awareness: Awareness): void {
    // The others have dropped this page with the connection before, and take it back only with a newer clock.
    awareness.setLocalState(awareness.getLocalState());
    this.#events.save({ type: 'connected', writes: this.#role !== 'viewer' });
  }

  #shouldComeBack(code: number): boolean {
    if (this.#ticketRefused) return false;
    if (code !== CLOSE.revoked) return mayComeBack(code);
    // Whether the link is revoked is settled by asking for another ticket.
    this.#ticketsNotTaken++;
    return this.#ticketsNotTaken < TICKETS_NOT_TAKEN;
  }
}

function refusalOf(code: number): string {
  return code === CODE_TOO_BIG || code === CLOSE.tooLarge
    ? 'The server does not take a change this large.'
    : 'The server does not take changes from this page.';
}
