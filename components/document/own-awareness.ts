import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { encodeAwarenessUpdate } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import { MESSAGE_AWARENESS, MESSAGE_QUERY_AWARENESS } from '@/lib/notebook/wire';

/** As often as the server hands it on (rule N7); a moving cursor changes more often. */
const EVERY_MS = 50;

/**
 * Sends what this page says of itself, and nothing else: the provider would send back to the server what others said,
 * which it drops (rule N6), three hundred times over in a room of three hundred.
 */
export class OwnAwareness {
  readonly #provider: WebsocketProvider;
  #lastSentAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(provider: WebsocketProvider) {
    this.#provider = provider;
    provider.awareness.off('update', provider._awarenessUpdateHandler);
    provider.awareness.on('update', this.#onUpdate);
  }

  /** Asks the server who is there. */
  askForEverybody(): void {
    const encoder = createEncoder();
    writeVarUint(encoder, MESSAGE_QUERY_AWARENESS);
    this.#provider.ws?.send(toUint8Array(encoder));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#provider.awareness.off('update', this.#onUpdate);
  }

  readonly #onUpdate = (_changes: unknown, origin: unknown): void => {
    if (origin !== 'local' || this.#timer !== undefined) return;
    const dueInMs = this.#lastSentAt + EVERY_MS - Date.now();
    if (dueInMs <= 0) this.#send();
    else this.#timer = setTimeout(() => this.#send(), dueInMs);
  };

  #send(): void {
    this.#timer = undefined;
    this.#lastSentAt = Date.now();
    const { awareness, wsconnected, ws } = this.#provider;
    // When there is no connection, the provider sends it as soon as there is one.
    if (!wsconnected) return;
    const encoder = createEncoder();
    writeVarUint(encoder, MESSAGE_AWARENESS);
    writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [awareness.clientID]));
    ws?.send(toUint8Array(encoder));
  }
}
