/// <reference lib="webworker" />

import type { IncomingStream } from '../mux/link';
import { Link } from '../mux/link';
import { messagePortTransport } from '../mux/message-port';
import { splice } from '../mux/pipe';
import { compileOnce } from './compile';
import { asMachineError, MachineError } from './errors';
import { dropState, loadState, storeState } from './kept-states';
import { Machine } from './machine';
import type { FromWorker, ToWorker } from './messages';
import { RelayLink } from './relay-link';
import { type Credentials, DEFAULT_MEMORY_MB, type KeptState, type MemoryMb } from './types';
import { webImage } from './web-image';

/** The dedicated Worker in which a page's machine lives, with its tunnel to the relay. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

function report(message: FromWorker): void {
  scope.postMessage(message);
}

scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type !== 'prepare' && data.type !== 'begin') {
    throw new Error(`the first message is ${data.type}, neither prepare nor begin`);
  }
  const host = new HostWorker(data.base, data.wasm);
  host.handle(data);
  scope.onmessage = (event: MessageEvent<ToWorker>) => host.handle(event.data);
};

class HostWorker {
  readonly #machine: Machine;
  readonly #base: string;
  /** Absent while the machine only prepares: nobody may reach it yet. */
  #credentials: Credentials | undefined;
  #tunnel: RelayLink | undefined;
  #memoryMb: MemoryMb = DEFAULT_MEMORY_MB;
  /** A machine was started ahead and the page's own `start` has not come yet. */
  #ahead = false;

  constructor(base: string, wasmUrl: string) {
    this.#base = base;
    this.#machine = new Machine({
      source: webImage(`${base}/vm/`),
      wasm: compileOnce(wasmUrl),
      events: {
        state: (state) => {
          report({ type: 'machine', state });
          if (state.stage === 'ready') this.#openTunnel();
        },
        health: (health) => report({ type: 'health', health }),
      },
    });
  }

  handle(message: ToWorker): void {
    switch (message.type) {
      case 'prepare':
        this.#memoryMb = message.memoryMb;
        this.#ahead = true;
        this.#start();
        return;
      case 'begin':
        if (this.#credentials) throw new Error('begin comes once');
        this.#credentials = message.credentials;
        this.#servePage(message.port);
        if (this.#machine.state.stage === 'ready') this.#openTunnel();
        return;
      case 'start':
        if (this.#ahead && this.#memoryMb === message.memoryMb && !message.from) {
          this.#ahead = false;
          return;
        }
        this.#ahead = false;
        this.#memoryMb = message.memoryMb;
        this.#start(message.from);
        return;
      case 'restart':
        this.#start();
        return;
      case 'stop':
        this.#closeTunnel();
        void this.#machine.stop();
        return;
      case 'keep':
        void this.#keep(message.name);
        return;
      case 'claim':
        this.#closeTunnel();
        this.#openTunnel();
        return;
    }
  }

  #servePage(port: MessagePort): void {
    new Link(messagePortTransport(port), {
      role: 'server',
      onStream: (stream) => this.#serve(stream),
    });
  }

  #start(kept?: KeptState): void {
    const from = kept && { state: () => loadState(kept.kept) };
    this.#machine.start({ memoryMb: this.#memoryMb, from }).then(
      // Not before: a page that is closed while the machine starts may try again.
      () => kept && dropState(kept.kept),
      // The failure is in the machine's state, where the page shows it.
      () => {},
    );
  }

  async #keep(name: string): Promise<void> {
    try {
      await storeState(name, await this.#machine.save());
      report({ type: 'kept', name });
    } catch (thrown) {
      const { code, message } = thrown instanceof MachineError ? thrown : uncopied(thrown);
      report({ type: 'kept', name, error: { code, message } });
    }
  }

  #openTunnel(): void {
    const credentials = this.#credentials;
    if (!credentials) return;
    this.#tunnel ??= new RelayLink({
      credentials,
      as: 'host',
      base: this.#base,
      events: {
        tunnel: (state) => report({ type: 'tunnel', state }),
        open: () => {},
        stream: (stream) => this.#serve(stream),
      },
    });
  }

  #closeTunnel(): void {
    this.#tunnel?.dispose();
    this.#tunnel = undefined;
  }

  /** Joins a stream of the page or of the relay to PostgreSQL in the machine. */
  #serve(stream: IncomingStream): void {
    const kind = stream.metadata[0]?.[1];
    if (kind !== 'pg') {
      stream.reset('unknown-kind', `this host does not serve ${kind}`);
      return;
    }
    if (this.#machine.state.stage !== 'ready') {
      stream.reset('unreachable', 'The machine is not running.');
      return;
    }
    try {
      const guest = this.#machine.open([['kind', 'pg']]);
      guest.accepted.then(
        () => stream.accept(),
        () => {},
      );
      splice(stream, guest);
    } catch (thrown) {
      stream.reset('unreachable', asMachineError(thrown).message);
    }
  }
}

/** Not as any failure of the emulator: the machine itself goes on. */
function uncopied(thrown: unknown): MachineError {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new MachineError(
    'emulator-failed',
    `The machine could not be copied: ${detail}. It goes on as it was; nothing is lost.`,
    { cause: thrown },
  );
}
