import { readableOf } from '@/lib/machine/readable';
import type { Reason } from '@/lib/mux/reason';
import type { StreamsOfMachine } from './machine-streams';
import { chunksOf } from './stream-bytes';

/** What a snapshot is told by, beside the machine. */
export interface About {
  readonly title: string;
  readonly note: string;
  /** The notebook as a Yjs update. */
  readonly notebook?: Uint8Array;
}

/**
 * UTF-16 units of a note. It travels to the Worker with the title as metadata of a stream (rule M1), of which
 * there are 4,096 bytes.
 */
export const NOTE_LENGTH = 1_000;

/** The snapshot file of a whole machine, made by its Worker. Rejects with what the Worker says of its failure. */
export function machineFile(
  machine: StreamsOfMachine,
  { title, note, notebook }: About,
): AsyncGenerator<Uint8Array> {
  const stream = machine.open([
    ['kind', 'snapshot'],
    ['title', withoutNul(title)],
    ['note', withoutNul(note)],
    ...(notebook ? [['notebook', '1'] as const] : []),
  ]);
  const bytes = readableOf(stream, failure);
  if (notebook) stream.write(notebook.slice());
  stream.end();
  return chunksOf(bytes);
}

function failure({ text, code }: Reason): Error {
  return new Error(
    text === '' ? `The machine could not be read (${code}). Nothing was changed; try again.` : text,
  );
}

/** A title may come from anybody in the notebook, and metadata cannot hold one. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}
