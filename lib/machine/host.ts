import type { Duplex } from '../mux/duplex';
import { Link } from '../mux/link';
import { messagePortTransport } from '../mux/message-port';
import { MachineError } from './errors';
import { startWorker, takeHeadStart, workerPlaces } from './head-start';
import type { FromWorker, ToWorker } from './messages';
import { Topic } from './topic';
import type {
  Credentials,
  Health,
  KeptState,
  MachineHost,
  MachineState,
  MemoryMb,
  TunnelState,
} from './types';

/** Starts the machine's Worker for this page. Nothing is loaded into the machine before `start`. */
export function createHost(credentials: Credentials): MachineHost {
  return new WorkerHost(credentials);
}

interface Keeping {
  resolve(): void;
  reject(error: MachineError): void;
}

class WorkerHost implements MachineHost {
  readonly #worker: Worker;
  readonly #link: Link;
  readonly #machine = new Topic<MachineState>({ stage: 'off' });
  readonly #tunnel = new Topic<TunnelState>({ stage: 'off' });
  readonly #health = new Topic<Health>();
  /** Those who wait for a copy of the machine, by its name. */
  readonly #keeping = new Map<string, Keeping>();

  constructor(credentials: Credentials) {
    const ahead = takeHeadStart();
    this.#worker = ahead?.worker ?? startWorker();
    for (const report of ahead?.reports ?? []) this.#hear(report);
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data);
    this.#worker.onerror = (event) => {
      this.#failKeeping('The machine stopped while it was being copied.');
      this.#machine.publish({
        stage: 'failed',
        code: 'emulator-failed',
        message: `The machine's Worker failed: ${event.message}. Reload the page; what was in the machine is lost.`,
      });
    };
    const { port1, port2 } = new MessageChannel();
    this.#link = new Link(messagePortTransport(port1), { role: 'client' });
    const begin: ToWorker = {
      type: 'begin',
      credentials,
      ...workerPlaces(),
      port: port2,
    };
    this.#worker.postMessage(begin, [port2]);
  }

  start({ memoryMb, from }: { memoryMb: MemoryMb; from?: KeptState }): void {
    this.#say({ type: 'start', memoryMb, from });
  }

  restart(): void {
    this.#say({ type: 'restart' });
  }

  stop(): void {
    this.#say({ type: 'stop' });
  }

  keepState(name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#keeping.set(name, { resolve, reject });
      this.#say({ type: 'keep', name });
    });
  }

  claim(): void {
    this.#say({ type: 'claim' });
  }

  dispose(): void {
    this.#failKeeping('The page let the machine go.');
    this.#worker.terminate();
    this.#link.close({ code: 'ok', text: 'the page let the machine go' });
  }

  connect(): Duplex {
    return this.#link.open([['kind', 'pg']]);
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

  #say(message: ToWorker): void {
    this.#worker.postMessage(message);
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
      case 'kept': {
        const keeping = this.#keeping.get(message.name);
        this.#keeping.delete(message.name);
        const { error } = message;
        if (error) keeping?.reject(new MachineError(error.code, error.message));
        else keeping?.resolve();
        break;
      }
    }
  }

  #failKeeping(message: string): void {
    for (const { reject } of this.#keeping.values()) {
      reject(new MachineError('emulator-failed', message));
    }
    this.#keeping.clear();
  }
}
