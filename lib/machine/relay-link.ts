import { type IncomingStream, Link } from '../mux/link';
import type { Reason } from '../mux/reason';
import { webSocketTransport } from '../mux/websocket';
import { requestTicket, type TicketRefusal } from './ticket';
import type { Credentials, TunnelState } from './types';

/** Back-off between attempts: doubles from the first to the last, with up to half of it as jitter. */
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 15_000;
/** A connection that lasted this long was a good one: the next cut starts from the first delay again. */
const STABLE_MS = 10_000;
/** The relay pings each 15 s; a link silent for longer than two of them is dead though TCP has not noticed. */
const SILENCE_MS = 40_000;

export interface RelayLinkEvents {
  tunnel(state: TunnelState): void;
  /** A fresh link is up; streams of the one before are gone. */
  open(link: Link): void;
  stream?(stream: IncomingStream): void;
}

/**
 * A WebSocket to the relay that comes back by itself, with back-off and jitter, until it is refused for good
 * (link revoked, a newer host took over) or disposed.
 */
export class RelayLink {
  readonly #credentials: Credentials;
  readonly #as: 'host' | 'peer';
  readonly #base: string;
  readonly #events: RelayLinkEvents;
  #attempt = 0;
  #link: Link | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  /** @param options.base the origin of the server, e.g. `http://127.0.0.1:3000` */
  constructor(options: {
    credentials: Credentials;
    as: 'host' | 'peer';
    base: string;
    events: RelayLinkEvents;
  }) {
    this.#credentials = options.credentials;
    this.#as = options.as;
    this.#base = options.base;
    this.#events = options.events;
    void this.#connect();
  }

  /** The link that is up now, if one is. */
  get link(): Link | undefined {
    return this.#link;
  }

  /** Tries at once instead of waiting, e.g. when the browser says it is online again. */
  retryNow(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#connect();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#link?.close({ code: 'ok', text: 'the page closed' });
    this.#link = undefined;
    this.#events.tunnel({ stage: 'off' });
  }

  async #connect(): Promise<void> {
    this.#attempt++;
    this.#events.tunnel({ stage: 'connecting', attempt: this.#attempt });
    const answer = await requestTicket(this.#base, this.#credentials, this.#as);
    if (this.#disposed) return;
    if (answer.outcome === 'refused') return this.#end(answer);
    if (answer.outcome === 'later') return this.#retryLater(answer.retryAfterMs);
    const url = new URL(`/relay/${this.#as}`, this.#base);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url, ['warren.mux.1', `ticket.${answer.ticket}`]);
    const openedAt = Date.now();
    let farewell: { reason: Reason; retryAfterMs: number } | undefined;
    const link: Link = new Link(webSocketTransport(socket), {
      role: 'client',
      silenceMs: SILENCE_MS,
      onHello: () => {
        if (this.#disposed) return link.close({ code: 'ok', text: 'the page closed' });
        this.#link = link;
        this.#events.tunnel({ stage: 'open', since: Date.now() });
        this.#events.open(link);
      },
      onStream: (stream) => {
        if (this.#events.stream === undefined) stream.reset('unknown-kind');
        else this.#events.stream(stream);
      },
      onGoodbye: (reason, retryAfterMs) => {
        farewell = { reason, retryAfterMs };
      },
      onClosed: () => {
        this.#link = undefined;
        if (this.#disposed) return;
        if (Date.now() - openedAt >= STABLE_MS) this.#attempt = 0;
        const code = farewell?.reason.code;
        if (code === 'replaced' || code === 'revoked') {
          this.#end({ outcome: 'refused', reason: code, message: farewell?.reason.text ?? '' });
        } else this.#retryLater(farewell?.retryAfterMs ?? 0);
      },
    });
  }

  #end(refusal: TicketRefusal): void {
    this.#events.tunnel({ stage: 'ended', reason: refusal.reason, message: refusal.message });
  }

  #retryLater(atLeastMs: number): void {
    const backOff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#attempt - 1, 10));
    const delay = Math.max(atLeastMs, backOff / 2 + (Math.random() * backOff) / 2);
    this.#events.tunnel({
      stage: 'waiting',
      retryAt: Date.now() + delay,
      attempt: this.#attempt,
    });
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#connect();
    }, delay);
  }
}
