import { storeError } from './errors';

/** So much goes into the compressor at once: it works on each piece without a pause, in the thread that runs the machine. */
const PIECE_BYTES = 128 * 1024;

export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of through(new CompressionStream('deflate-raw'), bytes)) {
    pieces.push(piece);
    length += piece.length;
  }
  const packed = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    packed.set(piece, at);
    at += piece.length;
  }
  return packed;
}

/** @throws StoreError `damaged` when it is not `length` bytes, or nothing that was deflated */
export async function inflate(packed: Uint8Array, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  try {
    for await (const piece of through(new DecompressionStream('deflate-raw'), packed)) {
      bytes.set(piece, at);
      at += piece.length;
    }
  } catch (cause) {
    throw storeError('damaged', cause);
  }
  if (at !== length) throw storeError('damaged');
  return bytes;
}

async function* through(
  { readable, writable }: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
): AsyncGenerator<Uint8Array> {
  const writer = writable.getWriter();
  const fed = feed(writer, bytes);
  // A refusal shows at the reading end, too; this only keeps it from being an unhandled one meanwhile.
  fed.catch(() => undefined);
  const reader = readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  await fed;
}

async function feed(writer: WritableStreamDefaultWriter, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    await writer.write(bytes.subarray(at, at + PIECE_BYTES));
  }
  await writer.close();
}
