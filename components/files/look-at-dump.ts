import type { FileName } from '@/lib/machine/file-name';
import { getFile, type OpenStream } from '@/lib/machine/files';
import { type Dump, HEAD_BYTES, recogniseDump } from './recognise-dump';

/** Where a dump is: on this computer, or in the machine. */
export type DumpPlace =
  | { readonly kind: 'local'; readonly file: File }
  | {
      readonly kind: 'machine';
      readonly open: OpenStream;
      readonly path: FileName;
      readonly name: FileName;
      readonly size: number;
    };

export type LookedAt =
  | { readonly kind: 'dump'; readonly dump: Dump; readonly isGzip: boolean }
  /** `why` is a sentence for people. */
  | { readonly kind: 'none'; readonly why: string };

export function placeName(place: DumpPlace): FileName {
  return place.kind === 'local' ? place.file.name : place.name;
}

export function placeSize(place: DumpPlace): number {
  return place.kind === 'local' ? place.file.size : place.size;
}

/** Its bytes, from the start, as fast as they are read. */
export async function contentOf(
  place: DumpPlace,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  if (place.kind === 'local') return place.file.stream();
  const { content } = await getFile(place.open, place.path, signal ? { signal } : {});
  return content;
}

export function gunzip(
  packed: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return packed.pipeThrough(new DecompressionStream('gzip'));
}

/** Reads the head of a file and says what dump it is, looking into gzip. Rejects when it cannot be read. */
export async function lookAtDump(place: DumpPlace): Promise<LookedAt> {
  const name = placeName(place);
  const seen = recogniseDump(await headOf(await contentOf(place)), name);
  if (seen.kind !== 'gzip') return seen.kind === 'dump' ? { ...seen, isGzip: false } : seen;
  let head: Uint8Array;
  try {
    head = await headOf(gunzip(await contentOf(place)));
  } catch {
    return { kind: 'none', why: 'The file is gzip, but damaged: it cannot be unpacked.' };
  }
  const inner = recogniseDump(head, name.replace(/\.gz$/i, ''));
  if (inner.kind === 'gzip') return { kind: 'none', why: 'The file is packed by gzip twice.' };
  return inner.kind === 'dump' ? { ...inner, isGzip: true } : inner;
}

/** The first bytes of a stream, which is given up then: a bomb is never unpacked further. */
async function headOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let filled = 0;
  const reader = stream.getReader();
  while (filled < HEAD_BYTES) {
    const { done, value } = await reader.read();
    if (done) return head.subarray(0, filled);
    const part = value.subarray(0, HEAD_BYTES - filled);
    head.set(part, filled);
    filled += part.length;
  }
  void reader.cancel().catch(() => {});
  return head;
}
