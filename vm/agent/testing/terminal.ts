import type { Frame } from '../../../lib/mux/frame';
import { decodeMetadata, type Metadata } from '../../../lib/mux/metadata';
import type { RawHost } from './host';
import { CHANNEL, record, stdin } from './records';

/** A `pty` stream as a person sees it: what it has shown, and what was typed. */
export class RawTerminal {
  readonly host: RawHost;
  readonly id: number;
  /** All that came on channel 1 so far. */
  shown = Buffer.alloc(0);
  /** The exit code, once it came. */
  exit: number | undefined;
  #rest = Buffer.alloc(0);

  constructor(host: RawHost, id: number) {
    this.host = host;
    this.id = id;
  }

  /** Starts a shell script in a terminal, or attaches to the one of that name. */
  static open(host: RawHost, name: string, script = 'cat', ...more: Metadata): RawTerminal {
    const program: Metadata = [
      ['arg', 'sh'],
      ['arg', '-c'],
      ['arg', script],
    ];
    const id = host.open(['kind', 'pty'], ['terminal', name], ...program, ...more);
    return new RawTerminal(host, id);
  }

  /** The metadata of ACCEPT. */
  async accepted(): Promise<Metadata | null> {
    return decodeMetadata((await this.host.takeOf('accept', this.id)).metadata);
  }

  /** Waits until what was shown fits. */
  async shows(pattern: RegExp): Promise<string> {
    const fits = () => {
      this.#read();
      return pattern.test(`${this.shown}`);
    };
    await this.host.until(fits, `${pattern} in ${JSON.stringify(`${this.shown}`)}`);
    return `${this.shown}`;
  }

  /** Waits for END: everything shown, and the exit code. */
  async ended(): Promise<{ shown: string; exit: number | undefined }> {
    const isEnd = (frame: Frame) => frame.type === 'end' && frame.stream === this.id;
    const isHere = () => {
      this.#read();
      return this.host.frames.some(isEnd);
    };
    await this.host.until(isHere, `the end after ${JSON.stringify(`${this.shown}`)}`);
    await this.host.takeOf('end', this.id);
    this.#read();
    return { shown: `${this.shown}`, exit: this.exit };
  }

  type(text: string | Uint8Array): void {
    this.send(stdin(text));
  }

  signal(number: number): void {
    this.send(record(CHANNEL.signal, Buffer.from([number])));
  }

  resize(cols: number, rows: number): void {
    const size = Buffer.alloc(4);
    size.writeUInt16LE(cols, 0);
    size.writeUInt16LE(rows, 2);
    this.send(record(CHANNEL.size, size));
  }

  send(bytes: Uint8Array): void {
    this.host.send({ type: 'data', stream: this.id, bytes });
  }

  #read(): void {
    const fresh = this.host.takeBytes(this.id);
    if (fresh.length > 0) {
      this.host.send({ type: 'credit', stream: this.id, bytes: fresh.length });
    }
    this.#rest = Buffer.concat([this.#rest, fresh]);
    while (this.#rest.length >= 3) {
      const length = this.#rest.readUInt16LE(1);
      if (this.#rest.length < 3 + length) return;
      const payload = this.#rest.subarray(3, 3 + length);
      const channel = this.#rest.readUInt8(0);
      if (this.exit !== undefined) throw new Error('a record behind the exit code');
      if (channel === CHANNEL.stdout) this.shown = Buffer.concat([this.shown, payload]);
      else if (channel === CHANNEL.exit && length === 1) this.exit = payload[0];
      else throw new Error(`a record of channel ${channel} with ${length} bytes`);
      this.#rest = this.#rest.subarray(3 + length);
    }
  }
}
