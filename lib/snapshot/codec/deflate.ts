import { INFLATE_STEP_BYTES } from './limits';

/** Compresses by deflate, without a wrapper. @returns the parts in order, or undefined when that would not be shorter */
export async function deflate(raw: Uint8Array): Promise<readonly Uint8Array[] | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const shorter = await pass(new CompressionStream('deflate-raw'), raw, raw.length, (part) => {
    parts.push(part);
    length += part.length;
    return length < raw.length;
  });
  return shorter ? parts : undefined;
}

/**
 * Decompresses what has to be `rawLength` bytes, and stops as soon as it is more: a bomb costs what it promised.
 * Begins at a multiple of 4 in its buffer. @returns undefined when it is anything else
 */
export async function inflate(
  stored: Uint8Array,
  rawLength: number,
): Promise<Uint8Array | undefined> {
  const raw = new Uint8Array(rawLength);
  let length = 0;
  try {
    const all = await pass(
      new DecompressionStream('deflate-raw'),
      stored,
      INFLATE_STEP_BYTES,
      (part) => {
        if (part.length > rawLength - length) return false;
        raw.set(part, length);
        length += part.length;
        return true;
      },
    );
    return all && length === rawLength ? raw : undefined;
  } catch {
    // The stream's own error (TypeError, or zlib's under Node) says no more than that this is no deflate.
    return undefined;
  }
}

/** Passes `input` through a stream in steps; `take` says whether to go on. @returns whether it came to the end */
async function pass(
  stream: CompressionStream | DecompressionStream,
  input: Uint8Array,
  stepBytes: number,
  take: (part: Uint8Array) => boolean,
): Promise<boolean> {
  const feeding = feed(stream.writable, input, stepBytes);
  // Heard below, unless reading fails first, and then for the same reason.
  feeding.catch(() => {});
  const reader = stream.readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!take(value)) {
      await reader.cancel();
      return false;
    }
  }
  await feeding;
  return true;
}

async function feed(
  writable: WritableStream<BufferSource>,
  input: Uint8Array,
  stepBytes: number,
): Promise<void> {
  const writer = writable.getWriter();
  for (let at = 0; at < input.length; at += stepBytes) {
    await writer.write(input.subarray(at, at + stepBytes) as Uint8Array<ArrayBuffer>);
  }
  await writer.close();
}
