/// <reference lib="webworker" />

import { Link } from '../mux/link';
import { messagePortTransport } from '../mux/message-port';
import { farShelf } from '../snapshot/store/far/far-shelf';
import type { KeptMachine, Shelf } from '../snapshot/store/types';
import { compileOnce } from './compile';
import { asMachineError } from './errors';
import { Keeper } from './keep/keeper';
import { openKept } from './keep/open-kept';
import { Machine } from './machine';
import type { FromWorker, ToMachine, ToWorker, WorkerPlaces } from './messages';
import { RelayLink } from './relay-link';
import { servePage, serveRelay } from './serve-stream';
import { startFrom } from './start-kept';
import { type Credentials, DEFAULT_MEMORY_MB, type MemoryMb, type StartFrom } from './types';
import { webImage } from './web-image';

/** The dedicated Worker in which a page's machine lives, with its tunnel to the relay. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

function report(message: FromWorker): void {
  scope.postMessage(message);
}

scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.type !== 'disk') throw new Error(`the first message is ${data.type}, not disk`);
  const disk = farShelf(data.port);
  let host: HostWorker | undefined;
  scope.onmessage = ({ data: message }: MessageEvent<ToWorker>) => {
    if (message.type === 'disk') throw new Error('disk comes once');
    if (message.type === 'disk-lost') return disk.fail(new Error(message.message));
    if (message.type === 'prepare' || message.type === 'begin') {
      host ??= new HostWorker(message, disk.shelf);
    }
    if (!host) throw new Error(`${message.type} comes after prepare or begin`);
    host.handle(message);
  };
};

/** The kernel's console comes byte by byte; the page is told this often. */
const CONSOLE_EVERY_MS = 100;

class HostWorker {
  readonly #machine: Machine;
  readonly #keeper: Keeper;
  readonly #base: string;
  readonly #disk: Shelf;
  /** Absent while the machine only prepares: nobody may reach it yet. */
  #credentials: Credentials | undefined;
  #tunnel: RelayLink | undefined;
  #playground: string | undefined;
  #memoryMb: MemoryMb = DEFAULT_MEMORY_MB;
  /** A machine was started ahead and the page's own `start` has not come yet. */
  #ahead = false;
  #allowsTerminals = false;
  #console = '';
  #consoleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ base, wasm }: WorkerPlaces, disk: Shelf) {
    this.#base = base;
    this.#disk = disk;
    this.#machine = new Machine({
      source: webImage(`${base}/vm/`),
      wasm: compileOnce(wasm),
      events: {
        state: (state) => {
          report({ type: 'machine', state });
          if (state.stage === 'ready') {
            this.#memoryMb = state.memoryMb;
            this.#openTunnel();
          } else if (state.stage === 'failed' || state.stage === 'stopped') this.#keeper.end();
        },
        health: (health) => report({ type: 'health', health }),
        serial: (text) => this.#heardConsole(text),
      },
    });
    this.#keeper = new Keeper({
      machine: this.#machine,
      open: () => this.#openKept(),
      report: (state) => report({ type: 'kept', state }),
    });
  }

  handle(message: ToMachine): void {
    switch (message.type) {
      case 'prepare':
        this.#ahead = true;
        this.#playground = message.playground;
        this.#start(message.memoryMb, message.playground ? 'kept' : 'base');
        return;
      case 'begin':
        if (this.#credentials) throw new Error('begin comes once');
        this.#credentials = message.credentials;
        this.#playground = message.credentials.playground;
        this.#servePage(message.port);
        if (this.#machine.state.stage === 'ready') this.#openTunnel();
        return;
      case 'start': {
        const isUnderWay = this.#ahead && message.from === 'kept';
        this.#ahead = false;
        if (!isUnderWay) this.#start(message.memoryMb, message.from);
        return;
      }
      case 'stop':
        this.#closeTunnel();
        this.#keeper.end();
        void this.#machine.stop();
        return;
      case 'hidden':
        void this.#keeper.saveUnsaved();
        return;
      case 'save':
        this.#do(message.task, this.#keeper.saveNow());
        return;
      case 'mark-start':
        this.#do(message.task, this.#keeper.markStart());
        return;
      case 'hold-saving':
        this.#keeper.hold(message.isHeld);
        return;
      case 'allow-terminals':
        this.#allowsTerminals = message.allowed;
        return;
      case 'claim':
        this.#closeTunnel();
        this.#openTunnel();
        return;
    }
  }

  #openKept(): Promise<KeptMachine> {
    if (!this.#playground) throw new Error('nothing is saved before it is known whose it is');
    return openKept(this.#disk, this.#playground);
  }

  #servePage(port: MessagePort): void {
    new Link(messagePortTransport(port), {
      role: 'server',
      onStream: (stream) =>
        servePage(stream, this.#machine, this.#memoryMb, () => this.#keeper.work()),
    });
  }

  #start(memoryMb: MemoryMb, from: StartFrom): void {
    this.#memoryMb = memoryMb;
    this.#keeper.end();
    clearTimeout(this.#consoleTimer);
    this.#consoleTimer = undefined;
    this.#console = '';
    report({ type: 'console', text: '', fresh: true });
    report({ type: 'continued', continued: undefined });
    startFrom(this.#machine, this.#keeper, memoryMb, from).then(
      (continued) => report({ type: 'continued', continued }),
      (thrown: unknown) => {
        // What fails while it starts is in the machine's state already; what fails before is told the same way.
        if (this.#machine.state.stage === 'failed') return;
        const { code, message } = asMachineError(thrown);
        report({ type: 'machine', state: { stage: 'failed', code, message } });
      },
    );
  }

  #do(task: number, work: Promise<void>): void {
    work.then(
      () => report({ type: 'done', task }),
      (thrown: unknown) => {
        const { code, message } = asMachineError(thrown);
        report({ type: 'done', task, error: { code, message } });
      },
    );
  }

  #heardConsole(text: string): void {
    this.#console += text;
    this.#consoleTimer ??= setTimeout(() => {
      report({ type: 'console', text: this.#console, fresh: false });
      this.#console = '';
      this.#consoleTimer = undefined;
    }, CONSOLE_EVERY_MS);
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
        stream: (stream) =>
          serveRelay(stream, this.#machine, this.#allowsTerminals, () => this.#keeper.work()),
      },
    });
  }

  #closeTunnel(): void {
    this.#tunnel?.dispose();
    this.#tunnel = undefined;
  }
}
