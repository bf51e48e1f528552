import type { IncomingMessage } from 'node:http';
import { HttpError } from './errors';

/** What we read and throw away of a body that is refused, so that the connection can go on. */
const DRAINED_MOST_BYTES = 2 * 1024 * 1024;

/** Reads a body that has to have exactly `length` bytes. */
export async function readExactly(request: IncomingMessage, length: number): Promise<Uint8Array> {
  const announced = request.headers['content-length'];
  if (announced !== undefined && Number(announced) !== length) {
    const isSmall = Number(announced) <= DRAINED_MOST_BYTES;
    throw new HttpError('length-wrong', isSmall ? {} : { connection: 'close' });
  }
  const body = new Uint8Array(length);
  let at = 0;
  for await (const part of parts(request)) {
    if (at + part.length > length) throw new HttpError('length-wrong', { connection: 'close' });
    body.set(part, at);
    at += part.length;
  }
  if (at < length) throw new HttpError('length-wrong');
  return body;
}

async function* parts(request: IncomingMessage): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* request as AsyncIterable<Buffer>;
  } catch {
    // Only the connection can fail here; nobody reads this answer, but it is counted.
    throw new HttpError('body-cut');
  }
}
