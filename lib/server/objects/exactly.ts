import { ObjectStoreError } from './errors';

/** Passes on `body`, and throws before a byte too many goes out and after a byte too few. */
export async function* exactly(
  body: Uint8Array | AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let seen = 0;
  for await (const part of body instanceof Uint8Array ? [body] : body) {
    seen += part.length;
    if (seen > length) throw wrong(length);
    if (part.length > 0) yield part;
  }
  if (seen < length) throw wrong(length);
}

function wrong(length: number): ObjectStoreError {
  return new ObjectStoreError('length-wrong', `The object was announced with ${length} bytes.`);
}
