import { openSink } from '../files/file-sink';
import { fileName } from '../keeping/file-name';
import { stayFor } from '../state/stay';
import { FILE_ENDING } from './file-ending';
import { type About, machineFile } from './machine-file';
import type { StreamsOfMachine } from './machine-streams';
import { streamOf } from './stream-bytes';

interface SaveOptions extends About {
  readonly signal: AbortSignal;
  onProgress(bytes: number): void;
}

/**
 * Writes the whole machine into a file on this computer. To be called in answer to a press, because the browser asks
 * where. Rejects with what went wrong, or with the signal's reason; then there is no file, or the one there was before.
 * @returns false when the person changed their mind
 */
export async function saveMachineToFile(
  machine: StreamsOfMachine,
  { signal, onProgress, ...about }: SaveOptions,
): Promise<boolean> {
  const sink = await openSink(`${fileName(about.title)}${FILE_ENDING}`);
  if (!sink) return false;
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.length;
      onProgress(bytes);
      controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    },
  });
  await stayFor(
    streamOf(machineFile(machine, about)).pipeThrough(counted).pipeTo(sink, { signal }),
  );
  return true;
}
