import type { IncomingStream } from '../mux/link';
import { metadataValue } from '../mux/metadata';
import { concat } from '../postgres/concat';
import { asMachineError } from './errors';
import { exportSnapshot } from './keep/export-snapshot';
import type { Machine } from './machine';
import type { MemoryMb } from './types';

/** What a page may bring along: as much as a snapshot takes (rule S of docs/snapshot.md). */
const MAX_NOTEBOOK_BYTES = 64 * 1024 * 1024;

/**
 * Serves a `snapshot` stream of the page: keys `title` and `note`; the page's bytes, up to its END, are the notebook's
 * Yjs update, if any; then come the bytes of the snapshot file, and END.
 */
export function serveSnapshot(stream: IncomingStream, machine: Machine, memoryMb: MemoryMb): void {
  const notebook: Uint8Array[] = [];
  let bytes = 0;
  let isOver = false;
  let wake = () => {};
  const take = async (piece: Uint8Array) => {
    if (isOver) throw new Error('nobody reads the snapshot any more');
    if (!stream.write(piece)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  stream.accept();
  stream.attach({
    data(chunk) {
      bytes += chunk.length;
      if (bytes > MAX_NOTEBOOK_BYTES) {
        isOver = true;
        stream.reset('too-large', 'The notebook is larger than a snapshot takes along.');
        return;
      }
      notebook.push(chunk.slice());
      stream.consumed(chunk.length);
    },
    end() {
      const words = {
        title: metadataValue(stream.metadata, 'title') ?? '',
        note: metadataValue(stream.metadata, 'note') ?? '',
        notebook: bytes === 0 ? undefined : concat(notebook),
      };
      exportSnapshot(machine, memoryMb, words, take).then(
        () => stream.end(),
        (thrown: unknown) => {
          if (!isOver) stream.reset('internal', asMachineError(thrown).message);
        },
      );
    },
    reset() {
      isOver = true;
      wake();
    },
    drain: () => wake(),
  });
}
