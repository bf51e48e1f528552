import { encodeMetadata, type Metadata } from '../../lib/mux/metadata';
import { splice } from '../../lib/mux/pipe';
import type { ReasonCode } from '../../lib/mux/reason';
import type { IncomingStream, OutgoingStream } from '../../lib/mux/stream';
import type { Relay } from '../relay';
import type { Actor } from '../session/session';
import { countBroken } from './faults';
import type { Room } from './room';
import { refuseStream } from './tunnel';

/** Keys of `pty` a page may send (rule M3); who asks is written by the relay alone. */
const PAGE_KEYS: ReadonlySet<string> = new Set([
  'terminal',
  'arg',
  'env',
  'cwd',
  'user',
  'cols',
  'rows',
]);

/**
 * Passes `pty` and `ptys` streams of one peer on to the host, whose Worker decides what each role gets. Viewers get
 * nothing. What such a peer can take is bounded: streams at a time, and the way to the host.
 */
export class TerminalStreams {
  readonly #relay: Relay;
  readonly #room: Room;
  readonly #actor: Actor;
  #open = 0;

  constructor(relay: Relay, room: Room, actor: Actor) {
    this.#relay = relay;
    this.#room = room;
    this.#actor = actor;
  }

  serve(kind: 'pty' | 'ptys', stream: IncomingStream): void {
    const { host } = this.#room;
    const metadata = this.#metadata(kind, stream.metadata);
    const refuse = (code: ReasonCode, text: string) =>
      refuseStream(this.#relay, stream, code, text);
    const most = this.#relay.limits.terminalStreamsPerPeer;
    if (this.#actor.role === 'viewer') refuse('refused', 'Viewers have no terminals.');
    else if (this.#open >= most) refuse('busy', `This page has ${most} terminals open already.`);
    else if (!metadata) refuse('too-large', 'The terminal is described in too many words.');
    else if (!host) refuse('unreachable', 'No tab runs this playground’s machine.');
    else this.#join(stream, host.open(metadata));
  }

  #join(stream: IncomingStream, guest: OutgoingStream): void {
    const { metrics, limits } = this.#relay;
    this.#open += 1;
    const late = setTimeout(() => {
      countBroken(metrics, { code: 'timeout', text: '' });
      guest.reset('timeout');
      stream.reset('timeout', 'The machine did not answer in time.');
      over();
    }, limits.hostAcceptMs);
    const over = () => {
      clearTimeout(late);
      this.#open -= 1;
    };
    guest.accepted.then(
      (answer) => {
        clearTimeout(late);
        stream.accept(answer.filter(([key]) => key === 'attached'));
      },
      () => undefined, // the splice carries the reset over
    );
    splice(stream, guest, {
      closed: (reason) => {
        over();
        if (reason) countBroken(metrics, reason);
      },
    });
  }

  /** For the host; undefined when it does not fit into an OPEN (M1). */
  #metadata(kind: 'pty' | 'ptys', asked: Metadata): Metadata | undefined {
    const { role, peer, link } = this.#actor;
    const metadata: Metadata = [
      ['kind', kind],
      ['role', role],
      ['peer', peer],
      ['link', link],
      ...asked.filter(([key]) => kind === 'pty' && PAGE_KEYS.has(key)),
    ];
    try {
      encodeMetadata(metadata);
      return metadata;
    } catch {
      return undefined;
    }
  }
}
