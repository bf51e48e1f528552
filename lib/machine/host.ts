import type { Duplex } from '../mux/duplex';
import { Link, type OutgoingStream } from '../mux/link';
import { messagePortTransport } from '../mux/message-port';
import { type Metadata, metadataValue } from '../mux/metadata';
import { PendingCalls } from '../snapshot/pending-calls';
import { MachineError } from './errors';
import { type MachineWorkers, startWorkers, takeHeadStart, workerPlaces } from './head-start';
import { LOOKING_SESSION } from './looking-session';
import type { FromWorker, ToWorker } from './messages';
import { Topic } from './topic';
import type {
  Continued,
  Credentials,
  Health,
  KeepState,
  MachineHost,
  MachineState,
  MemoryMb,
  NamedSession,
  StartFrom,
  TunnelState,
} from './types';

/** Starts the machine's Worker for this page. Nothing is loaded into the machine before `start`. */
export function createHost(credentials: Credentials): MachineHost {
  return new WorkerHost(credentials);
}

/** A boot writes some 20 KB; a kernel that complains for ever must not fill the page. */
const MAX_CONSOLE_CHARACTERS = 256 * 1024;

class WorkerHost implements MachineHost {
  readonly #workers: MachineWorkers;
  readonly #worker: Worker;
  readonly #link: Link;
  readonly #machine = new Topic<MachineState>({ stage: 'off' });
  readonly #tunnel = new Topic<TunnelState>({ stage: 'off' });
  readonly #health = new Topic<Health>();
  readonly #kept = new Topic<KeepState>({ kind: 'off', why: 'The machine has not started yet.' });
  readonly #continued = new Topic<Continued | null>(null);
  readonly #console = new Topic<string>('');
  #consoleText = '';
  /** Those who wait for something the Worker does for them. */
  readonly #tasks = new PendingCalls();

  constructor(credentials: Credentials) {
    const ahead = takeHeadStart();
    this.#workers = ahead?.workers ?? startWorkers();
    this.#worker = this.#workers.machine;
    for (const report of ahead?.reports ?? []) this.#hear(report);
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data);
    this.#worker.onerror = (event) => {
      this.#failTasks('The machine has failed.');
      this.#machine.publish({
        stage: 'failed',
        code: 'emulator-failed',
        message: `The machine's Worker failed: ${event.message}. Reload the page: the machine continues where it was saved last.`,
      });
    };
    const { port1, port2 } = new MessageChannel();
    this.#link = new Link(messagePortTransport(port1), { role: 'client' });
    const begin: ToWorker = { type: 'begin', credentials, ...workerPlaces(), port: port2 };
    this.#worker.postMessage(begin, [port2]);
    document.addEventListener('visibilitychange', this.#hidden);
    window.addEventListener('pagehide', this.#hidden);
  }

  start({ memoryMb, from }: { memoryMb: MemoryMb; from: StartFrom }): void {
    this.#say({ type: 'start', memoryMb, from });
  }

  stop(): void {
    this.#say({ type: 'stop' });
  }

  saveNow(): Promise<void> {
    return this.#ask('save');
  }

  markStart(): Promise<void> {
    return this.#ask('mark-start');
  }

  holdSaving(isHeld: boolean): void {
    this.#say({ type: 'hold-saving', isHeld });
  }

  allowTerminals(allowed: boolean): void {
    this.#say({ type: 'allow-terminals', allowed });
  }

  claim(): void {
    this.#say({ type: 'claim' });
  }

  dispose(): void {
    document.removeEventListener('visibilitychange', this.#hidden);
    window.removeEventListener('pagehide', this.#hidden);
    this.#failTasks('The page let the machine go.');
    this.#workers.terminate();
    this.#link.close({ code: 'ok', text: 'the page let the machine go' });
  }

  connect(nature?: 'look'): Duplex {
    return this.open(nature ? LOOKING_SESSION : [['kind', 'pg']]);
  }

  async connectNamed(name: string): Promise<NamedSession> {
    const stream = this.open([
      ['kind', 'pg'],
      ['session', name],
    ]);
    const answer = await stream.accepted;
    return { stream, isResumed: metadataValue(answer, 'resumed') === '1' };
  }

  open(metadata: Metadata): OutgoingStream {
    return this.#link.open(metadata);
  }

  onMachine(listener: (state: MachineState) => void): () => void {
    return this.#machine.subscribe(listener);
  }

  onTunnel(listener: (state: TunnelState) => void): () => void {
    return this.#tunnel.subscribe(listener);
  }

  onHealth(listener: (health: Health) => void): () => void {
    return this.#health.subscribe(listener);
  }

  onKept(listener: (state: KeepState) => void): () => void {
    return this.#kept.subscribe(listener);
  }

  onConsole(listener: (text: string) => void): () => void {
    return this.#console.subscribe(listener);
  }

  onContinued(listener: (continued: Continued | undefined) => void): () => void {
    return this.#continued.subscribe((continued) => listener(continued ?? undefined));
  }

  readonly #hidden = () => {
    if (document.visibilityState === 'hidden') this.#say({ type: 'hidden' });
  };

  #say(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #ask(type: 'save' | 'mark-start'): Promise<void> {
    return this.#tasks.begin((task) => this.#say({ type, task }));
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'machine':
        this.#machine.publish(message.state);
        break;
      case 'tunnel':
        this.#tunnel.publish(message.state);
        break;
      case 'health':
        this.#health.publish(message.health);
        break;
      case 'kept':
        this.#kept.publish(message.state);
        break;
      case 'continued':
        this.#continued.publish(message.continued ?? null);
        break;
      case 'console': {
        const before = message.fresh ? '' : this.#consoleText;
        this.#consoleText = (before + message.text).slice(-MAX_CONSOLE_CHARACTERS);
        this.#console.publish(this.#consoleText);
        break;
      }
      case 'done':
        this.#done(message);
        break;
    }
  }

  #done({ task, error }: Extract<FromWorker, { type: 'done' }>): void {
    if (error) this.#tasks.reject(task, new MachineError(error.code, error.message));
    else this.#tasks.resolve(task, undefined);
  }

  #failTasks(message: string): void {
    this.#tasks.rejectAll(new MachineError('emulator-failed', message));
  }
}
