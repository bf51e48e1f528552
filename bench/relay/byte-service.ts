import type { Duplex } from '../../lib/mux/duplex';
import { encodeBackendKeyData } from '../../lib/postgres/backend-encoders';
import { MessageWriter } from '../../lib/postgres/message-writer';
import { StartupReader } from '../../lib/postgres/startup';
import { MessageReader } from './message-reader';

/** One message of COPY data as a busy server sends them. */
const PIECE_BYTES = 64_000;
const TEXT_FORMAT = 0;

/**
 * Stands where PostgreSQL would, without its work: any startup packet is welcome, and there are two statements.
 * `source <bytes>` copies so many bytes out; `sink` takes a COPY in and throws it away.
 */
export class ByteService {
  readonly #duplex: Duplex;
  readonly #startup = new StartupReader();
  #messages: MessageReader | undefined;
  #leftToSend = 0;

  constructor(duplex: Duplex) {
    this.#duplex = duplex;
    duplex.attach({
      data: (chunk) => {
        this.#receive(chunk);
        duplex.consumed(chunk.length);
      },
      end: () => duplex.end(),
      reset: () => {
        this.#leftToSend = 0;
      },
      drain: () => this.#send(),
    });
  }

  /** Bytes of the present `source` that the duplex has not taken yet. */
  get leftToSend(): number {
    return this.#leftToSend;
  }

  #receive(chunk: Uint8Array): void {
    if (this.#messages !== undefined) {
      this.#messages.push(chunk);
      return;
    }
    const { event, rest } = this.#startup.feed(chunk);
    if (event?.type !== 'startup') return;
    this.#messages = new MessageReader(
      (type) => type === 'Q',
      (type, body) => this.#serve(type, body),
    );
    this.#duplex.write(authenticationOk());
    this.#duplex.write(
      encodeBackendKeyData({ processId: 1, secretKey: Uint8Array.of(1, 2, 3, 4) }),
    );
    this.#duplex.write(readyForQuery());
    this.#messages.push(rest);
  }

  #serve(type: string, body: Uint8Array): void {
    if (type === 'Q') {
      const statement = new TextDecoder().decode(body.subarray(0, -1));
      const bytes = /^source (\d+)/.exec(statement)?.[1];
      this.#duplex.write(copyResponse(bytes === undefined ? 'G' : 'H'));
      if (bytes === undefined) return;
      this.#leftToSend = Number(bytes);
      this.#send();
    } else if (type === 'c') {
      this.#finish();
    }
  }

  #send(): void {
    while (this.#leftToSend > 0) {
      const bytes = Math.min(PIECE_BYTES, this.#leftToSend);
      this.#leftToSend -= bytes;
      const wantsMore = this.#duplex.write(copyData(bytes));
      if (this.#leftToSend === 0) {
        this.#duplex.write(new MessageWriter().begin('c').end().take());
        this.#finish();
      } else if (!wantsMore) return;
    }
  }

  #finish(): void {
    this.#duplex.write(new MessageWriter().begin('C').cstring('COPY 1').end().take());
    this.#duplex.write(readyForQuery());
  }
}

/** A fresh one each time: the duplex keeps it. */
function copyData(bytes: number): Uint8Array {
  const message = new Uint8Array(5 + bytes);
  message[0] = 'd'.charCodeAt(0);
  new DataView(message.buffer).setUint32(1, 4 + bytes);
  return message;
}

function copyResponse(type: 'G' | 'H'): Uint8Array {
  return new MessageWriter().begin(type).int8(TEXT_FORMAT).int16(0).end().take();
}

function authenticationOk(): Uint8Array {
  return new MessageWriter().begin('R').int32(0).end().take();
}

function readyForQuery(): Uint8Array {
  return new MessageWriter().begin('Z').int8('I'.charCodeAt(0)).end().take();
}
