import type { Socket } from 'node:net';

/** Reads a paused socket chunk by chunk, so that what follows stays in it for whoever comes next. */
export class SocketReader {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** The next bytes; undefined when the other side has ended or the socket is gone. */
  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      const chunk: Buffer | null = this.#socket.read();
      if (chunk !== null) return chunk;
      if (this.#socket.readableEnded || this.#socket.destroyed) return undefined;
      await this.#untilReadable();
    }
  }

  /** Puts bytes back in front of what is still to be read. */
  unread(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#socket.unshift(bytes);
  }

  async #untilReadable(): Promise<void> {
    const socket = this.#socket;
    const events = ['readable', 'end', 'close', 'error'] as const;
    await new Promise<void>((resolve) => {
      const done = () => {
        for (const event of events) socket.off(event, done);
        resolve();
      };
      for (const event of events) socket.on(event, done);
    });
  }
}
