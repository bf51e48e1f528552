/// <reference lib="webworker" />

import { Link } from '../mux/link';
import { messagePortTransport } from '../mux/message-port';
import { copyMachine } from '../snapshot/store/copy-machine';
import { summariseMachine } from '../snapshot/store/machine-summary';
import { openShelf } from '../snapshot/store/open-shelf';
import type { Shelf } from '../snapshot/store/types';
import { compileOnce } from './compile';
import { asMachineError, MachineError } from './errors';
import { adoptSnapshot } from './keep/adopt-snapshot';
import { readableOf } from './readable';
import type {
  ShelfAnswer,
  ShelfResults,
  ShelfTask,
  ShelvedMachine,
  ToShelf,
} from './shelf-messages';
import { webImage } from './web-image';

/** A Worker that works on this browser's storage of machines and runs none. */
const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data }: MessageEvent<ToShelf>) => {
  if (data.type !== 'begin') throw new Error('the first message is begin');
  const opening = openShelf();
  // A refusal is told to each who asks.
  opening.catch(() => {});
  const places = {
    shelf: opening,
    image: webImage(`${data.base}/vm/`),
    wasm: compileOnce(data.wasm),
  };
  scope.onmessage = ({ data: message }: MessageEvent<ToShelf>) => {
    if (message.type !== 'task') throw new Error('begin comes once');
    perform(message, places).then(
      (result) => answer({ task: message.task, result }),
      (thrown: unknown) => {
        const { code, message: text } = asMachineError(thrown);
        answer({ task: message.task, error: { code, message: text } });
      },
    );
  };
};

function answer(message: ShelfAnswer): void {
  scope.postMessage(message);
}

interface Places {
  readonly shelf: Promise<Shelf>;
  readonly image: ReturnType<typeof webImage>;
  readonly wasm: () => Promise<WebAssembly.Module>;
}

async function perform(
  task: ShelfTask,
  { shelf: opening, image, wasm }: Places,
): Promise<ShelfResults[keyof ShelfResults]> {
  const shelf = await opening;
  switch (task.what) {
    case 'list': {
      const machines = await Promise.all(
        (await shelf.list()).map((name) => describe(name).catch(() => undefined)),
      );
      return machines.filter((machine) => machine !== undefined);
    }
    case 'remove':
      await shelf.remove(task.name);
      return undefined;
    case 'duplicate': {
      const from = await shelf.find(task.from);
      if (!from) throw new MachineError('kept-missing', 'Nothing is kept of this machine yet.');
      await copyMachine(from, await shelf.folder(task.to)).catch(async (thrown: unknown) => {
        await shelf.remove(task.to).catch(() => {});
        throw thrown;
      });
      return undefined;
    }
    case 'adopt':
      return adoptSnapshot(shelf, task.name, fileFrom(task.port), image, wasm);
  }

  /** One that cannot be looked at just now does not keep the others from being listed. */
  async function describe(name: string): Promise<ShelvedMachine | undefined> {
    const folder = await shelf.find(name);
    const summary = folder && (await summariseMachine(folder));
    if (!summary) return undefined;
    const { facts, storedBytes } = summary;
    return { name, savedAt: facts.savedAt, storedBytes, memoryMb: facts.base.memoryMb };
  }
}

/** What the page sends on the first stream of a link over `port`. */
function fileFrom(port: MessagePort): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  new Link(messagePortTransport(port), {
    role: 'server',
    maxStreams: 1,
    onStream: (stream) => {
      stream.accept();
      readableOf(stream, ({ text }) => new MachineError('download-failed', text))
        .pipeTo(writable)
        .catch(() => {});
    },
  });
  return readable;
}
