import { readSnapshot, type SnapshotContents } from '../../snapshot/codec/read-snapshot';
import { STATE_VERSION } from '../../snapshot/state/limits';
import { readState } from '../../snapshot/state/read-state';
import { openKeptMachine } from '../../snapshot/store/kept-machine';
import type { IncomingGeneration, KeptMachine, Shelf } from '../../snapshot/store/types';
import { MachineError } from '../errors';
import type { ImageSource } from '../image';
import { loadBase } from './base';

/**
 * Reads a snapshot file of a machine into this browser's storage as machine `name`, page by page as it comes. Only when
 * all of it has been checked does it count; else nothing of it stays. Rejects with SnapshotError, StoreError, MachineError.
 */
export async function adoptSnapshot(
  shelf: Shelf,
  name: string,
  file: ReadableStream<Uint8Array>,
  image: ImageSource,
  wasm: () => Promise<WebAssembly.Module>,
): Promise<SnapshotContents> {
  const wasThere = (await shelf.find(name)) !== undefined;
  const kept = await openKeptMachine(await shelf.folder(name));
  try {
    const contents = await receive(kept, file, image, wasm);
    await kept.markStart();
    await kept.close();
    return contents;
  } catch (thrown) {
    await kept.close();
    if (!wasThere) await shelf.remove(name).catch(() => {});
    throw thrown;
  }
}

async function receive(
  kept: KeptMachine,
  file: ReadableStream<Uint8Array>,
  image: ImageSource,
  wasm: () => Promise<WebAssembly.Module>,
): Promise<SnapshotContents> {
  const incoming: IncomingGeneration = await kept.receive();
  try {
    const { header, notebook, devices } = await readSnapshot(file, {
      v86: String(STATE_VERSION),
      async base(wanted) {
        try {
          return readState((await loadBase(image, wanted, wasm())).raw);
        } catch (thrown) {
          // Told with the name of the image it was made with.
          if (thrown instanceof MachineError && thrown.code === 'image-missing') return undefined;
          throw thrown;
        }
      },
      onPages: ({ numbers, contents }) => incoming.add(numbers, contents),
    });
    if (!devices) {
      throw new MachineError(
        'image-damaged',
        'This snapshot holds data only, no machine. Nothing was changed.',
      );
    }
    const { file: base, bytes, rawBytes, sha256, memoryMb } = header.base;
    await incoming.finish(
      {
        base: { file: base, bytes, rawBytes, sha256, memoryMb },
        savedAt: header.createdAt,
        v86: header.base.v86,
      },
      devices,
    );
    return { header, notebook, dump: undefined };
  } finally {
    await incoming.abandon();
  }
}
