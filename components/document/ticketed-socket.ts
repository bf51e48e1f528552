import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';
import type { TicketAnswer } from '@/lib/machine/ticket';
import {
  CLOSE,
  MESSAGE_SYNC,
  NOTEBOOK_PROTOCOL,
  TICKET_PREFIX,
  tabProtocol,
} from '@/lib/notebook/wire';
import type { Pacing } from './pacing';

/** What a ticketed socket needs of the world, and whom it tells. */
export interface TicketDesk {
  /** Exchanges the link's secret for a one-use ticket. Never rejects. */
  ask(): Promise<TicketAnswer>;
  /** Opens the real WebSocket. */
  dial(url: string, protocols: string[]): WebSocket;
  readonly pacing: Pacing;
  /** This tab's key: with it an awareness id is taken over from a connection that is not yet known to be dead (rule N6). */
  readonly tab: string;
  /** Before the WebSocket is opened: what the link allows. */
  onGranted(role: string): void;
  /** The ticket was refused: there is no use in coming back. Told before the socket closes. */
  onRefused(): void;
  /** Before anything is sent. */
  onOpen(): void;
  /** A message that the server counts (rule N2) has gone out. */
  onSent(what: 'answer' | 'update'): void;
}

type Handler<E> = ((event: E) => void) | null;

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 3;
/** What a browser reports of a connection that never stood. */
const CODE_NEVER_OPENED = 1006;

/**
 * A class for y-websocket's provider to make its sockets from: each waits its turn, fetches a ticket, and only then
 * opens the real WebSocket, since a ticket serves once and the provider makes a new socket for each attempt.
 * It has what the provider uses of a WebSocket.
 */
export function ticketedSocket(desk: TicketDesk): typeof WebSocket {
  class TicketedSocket {
    readonly OPEN = OPEN;
    binaryType: BinaryType = 'arraybuffer';
    onopen: Handler<Event> = null;
    onmessage: Handler<MessageEvent> = null;
    onerror: Handler<Event> = null;
    onclose: Handler<{ readonly code: number; readonly reason: string }> = null;
    #socket: WebSocket | undefined;
    #ended = false;

    constructor(url: string) {
      void this.#begin(url);
    }

    get readyState(): number {
      return this.#ended ? CLOSED : (this.#socket?.readyState ?? CONNECTING);
    }

    send(data: Uint8Array<ArrayBuffer>): void {
      if (this.readyState !== OPEN) return;
      this.#socket?.send(data);
      const what = countedKind(data);
      if (what) desk.onSent(what);
    }

    close(): void {
      if (this.#ended) return;
      this.#ended = true;
      desk.pacing.ended();
      this.#socket?.close();
    }

    async #begin(url: string): Promise<void> {
      await desk.pacing.wait();
      if (this.#ended) return;
      const answer = await desk.ask();
      if (this.#ended) return;
      if (answer.outcome === 'later') {
        return this.#end(CODE_NEVER_OPENED, '', answer.retryAfterMs);
      }
      if (answer.outcome === 'refused') {
        desk.onRefused();
        return this.#end(CLOSE.revoked, answer.message);
      }
      desk.onGranted(answer.role);
      this.#dial(url, answer.ticket);
    }

    #dial(url: string, ticket: string): void {
      const socket = desk.dial(url, [
        NOTEBOOK_PROTOCOL,
        TICKET_PREFIX + ticket,
        tabProtocol(desk.tab),
      ]);
      socket.binaryType = this.binaryType;
      this.#socket = socket;
      socket.onopen = (event) => {
        if (this.#ended) return;
        desk.pacing.opened();
        desk.onOpen();
        this.onopen?.(event);
      };
      socket.onmessage = (event) => {
        if (!this.#ended) this.onmessage?.(event);
      };
      socket.onerror = (event) => {
        if (!this.#ended) this.onerror?.(event);
      };
      socket.onclose = ({ code, reason }) => this.#end(code, reason);
    }

    #end(code: number, reason: string, retryAfterMs = 0): void {
      if (this.#ended) return;
      this.#ended = true;
      desk.pacing.ended(retryAfterMs);
      this.onclose?.({ code, reason });
    }
  }
  return TicketedSocket as unknown as typeof WebSocket;
}

/** Whether the server counts a message, by its first two numbers, which are small enough to be one byte each. */
function countedKind(message: Uint8Array): 'answer' | 'update' | undefined {
  if (message[0] !== MESSAGE_SYNC) return undefined;
  if (message[1] === messageYjsSyncStep2) return 'answer';
  return message[1] === messageYjsUpdate ? 'update' : undefined;
}
