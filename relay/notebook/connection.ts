import type { WebSocket } from 'ws';
import { may } from '../../lib/access/roles';
import type { Metrics } from '../../lib/server/metrics';
import type { Limits } from '../limits';
import type { Visitor } from '../websocket/visitor';
import type { AwarenessOwner } from './awareness';
import type { Author } from './journal';
import { isFault, REFUSALS, type RefusalCode } from './refusals';
import { TokenBucket } from './token-bucket';
import { storedMessage } from './write-message';

/** One page at a notebook: what it may, what it has sent, and its socket. */
export class Connection implements Author, AwarenessOwner {
  readonly link: string;
  readonly tab: string | undefined;
  readonly mayWrite: boolean;
  readonly #socket: WebSocket;
  readonly #visitor: Visitor;
  readonly #limits: Limits;
  readonly #metrics: Metrics;
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;
  /** Of an answer that is on its way: a document may be larger than what a reader may be behind. */
  #answerBytes = 0;
  #changes = 0;
  #unansweredPings = 0;
  #isOpen = true;

  constructor(
    socket: WebSocket,
    visitor: Visitor,
    { limits, metrics }: { readonly limits: Limits; readonly metrics: Metrics },
  ) {
    this.#socket = socket;
    this.#visitor = visitor;
    this.#limits = limits;
    this.#metrics = metrics;
    this.link = visitor.grant.link;
    this.tab = visitor.tab;
    this.mayWrite = may(visitor.grant.role, 'write');
    const now = performance.now();
    this.#messages = new TokenBucket(
      limits.notebookMessagesPerSecond,
      limits.notebookMessagesBurst,
      now,
    );
    this.#bytes = new TokenBucket(limits.notebookBytesPerSecond, limits.notebookBytesBurst, now);
    socket.on('pong', () => {
      this.#unansweredPings = 0;
    });
  }

  /** False once it was ended; what it says is not heard any more. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether one more message of this length is within what a page may send. */
  allows(bytes: number): boolean {
    const now = performance.now();
    return this.#messages.take(1, now) && this.#bytes.take(bytes, now);
  }

  /** Counts a change that came; gives its number (rule N2). */
  countChange(): number {
    this.#changes += 1;
    return this.#changes;
  }

  stored(count: number): void {
    this.send(storedMessage(count));
  }

  send(message: Buffer): void {
    if (!this.#isOpen || this.#socket.readyState !== this.#socket.OPEN) return;
    const most = this.#limits.notebookUnsentMaxBytes + this.#answerBytes;
    if (this.#socket.bufferedAmount > most) this.end('slow-reader');
    else this.#socket.send(message);
  }

  /** Sends the document; false when the answer before it is not even on its way. */
  answer(message: Buffer): boolean {
    if (this.#answerBytes > 0) return false;
    if (!this.#isOpen || this.#socket.readyState !== this.#socket.OPEN) return true;
    this.#answerBytes = message.length;
    this.#socket.send(message, () => {
      this.#answerBytes = 0;
    });
    return true;
  }

  /** A browser answers by itself; one that does not is gone. */
  ping(): void {
    if (!this.#isOpen) return;
    if (this.#unansweredPings >= this.#limits.pingsUnanswered) {
      this.#visitor.log.info('pings went unanswered');
      this.#socket.terminate();
      return;
    }
    this.#unansweredPings += 1;
    this.#socket.ping();
  }

  /** Tells the page why, counts it, and closes. */
  end(code: RefusalCode): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const [closeCode, reason] = REFUSALS[code];
    if (isFault(code)) this.#metrics.rejects.inc({ at: 'notebook', code });
    this.#visitor.log.info({ code }, 'notebook connection ended');
    // A paused socket would not see the other side's answer.
    this.#socket.resume();
    this.#socket.close(closeCode, reason);
  }

  /** The socket is closed, whoever closed it. */
  closed(): void {
    this.#isOpen = false;
  }
}
