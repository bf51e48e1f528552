import { Link } from '../mux/link';
import { messagePortTransport } from '../mux/message-port';
import type { SnapshotContents } from '../snapshot/codec/read-snapshot';
import { PendingCalls } from '../snapshot/pending-calls';
import { MachineError } from './errors';
import { startShelfWorker, workerPlaces } from './head-start';
import type {
  ShelfAnswer,
  ShelfResults,
  ShelfTask,
  ShelvedMachine,
  ToShelf,
} from './shelf-messages';

export type { ShelvedMachine } from './shelf-messages';

/** The machines that this browser keeps, for a page that need not run one. All reject with a MachineError. */
export interface MachineShelf {
  list(): Promise<readonly ShelvedMachine[]>;
  remove(name: string): Promise<void>;
  /** Code `in-use` while one of them runs. */
  duplicate(from: string, to: string): Promise<void>;
  /**
   * Takes in a snapshot file of a machine, checks all of it, and keeps it as machine `name`: where it continues, and where
   * Reset to start goes. Nothing is kept unless all of it is right.
   */
  adopt(name: string, file: ReadableStream<Uint8Array>): Promise<SnapshotContents>;
  /** Ends the Worker; what is under way fails. */
  dispose(): void;
}

/** Starts the Worker that works on this browser's storage. */
export function openShelf(): MachineShelf {
  return new WorkerShelf();
}

class WorkerShelf implements MachineShelf {
  readonly #worker = startShelfWorker();
  readonly #pending = new PendingCalls();

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<ShelfAnswer>) => this.#answered(data);
    this.#worker.onerror = ({ message }) =>
      this.#failAll(`This browser's storage could not be used: ${message}. Nothing was changed.`);
    this.#say({ type: 'begin', ...workerPlaces() });
  }

  list(): Promise<readonly ShelvedMachine[]> {
    return this.#ask('list', { what: 'list' });
  }

  remove(name: string): Promise<void> {
    return this.#ask('remove', { what: 'remove', name });
  }

  duplicate(from: string, to: string): Promise<void> {
    return this.#ask('duplicate', { what: 'duplicate', from, to });
  }

  async adopt(name: string, file: ReadableStream<Uint8Array>): Promise<SnapshotContents> {
    const { port1, port2 } = new MessageChannel();
    const link = new Link(messagePortTransport(port1), { role: 'client' });
    const contents = this.#ask('adopt', { what: 'adopt', name, port: port2 }, [port2]);
    const reader = file.getReader();
    try {
      // The Worker's refusal ends the sending, and a file that breaks off ends the Worker's reading.
      await Promise.race([contents, send(link, reader)]);
      return await contents;
    } catch (thrown) {
      // A file that broke off is told once the Worker has tidied up after it: it may be let go then.
      await contents.catch(() => {});
      throw thrown;
    } finally {
      await reader.cancel().catch(() => {});
      link.close({ code: 'ok', text: 'the file is over' });
    }
  }

  dispose(): void {
    this.#worker.terminate();
    this.#failAll('The page let it go. Nothing was changed.');
  }

  #ask<K extends keyof ShelfResults>(
    _what: K,
    task: ShelfTask & { readonly what: K },
    transfer: Transferable[] = [],
  ): Promise<ShelfResults[K]> {
    return this.#pending.begin((number) =>
      this.#say({ type: 'task', task: number, ...task }, transfer),
    );
  }

  #say(message: ToShelf, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #answered(answer: ShelfAnswer): void {
    if ('result' in answer) this.#pending.resolve(answer.task, answer.result);
    else {
      const { code, message } = answer.error;
      this.#pending.reject(answer.task, new MachineError(code, message));
    }
  }

  #failAll(message: string): void {
    this.#pending.rejectAll(new MachineError('storage-refused', message));
  }
}

/** Sends a file on a stream of its own. Rejects with what the file failed with. */
async function send(link: Link, reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  let wake = () => {};
  let isOver = false;
  const stream = link.open([['kind', 'adopt']]);
  stream.attach({
    data: ({ length }) => stream.consumed(length),
    end: () => {},
    reset: () => {
      isOver = true;
      wake();
    },
    drain: () => wake(),
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isOver) return;
      if (done) break;
      // The mux takes the chunk for its own.
      if (stream.write(value.slice())) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    stream.end();
  } catch (thrown) {
    stream.reset('ok', 'the file broke off');
    throw thrown;
  }
}
