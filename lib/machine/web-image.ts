import { MachineError } from './errors';
import type { ImageSource } from './image';

/** A download comes in hundreds of pieces; telling of each takes time from the start it is about. */
const TELL_EVERY_MS = 50;

/** The image as the server offers it under `base`, e.g. `/vm/`. */
export function webImage(base: string): ImageSource {
  const locate = (file: string) => base + file;
  return {
    locate,
    async manifest() {
      const response = await get(locate('manifest.json'));
      return response.json();
    },
    async read(file, onBytes) {
      const response = await get(locate(file));
      if (response.body === null) throw failed('it had no content');
      const chunks: Uint8Array[] = [];
      let loaded = 0;
      try {
        let toldAt = 0;
        for await (const chunk of iterate(response.body)) {
          chunks.push(chunk);
          loaded += chunk.length;
          const now = performance.now();
          if (now - toldAt < TELL_EVERY_MS) continue;
          toldAt = now;
          onBytes(loaded);
        }
        onBytes(loaded);
      } catch (cause) {
        throw failed('the connection was cut', cause);
      }
      const bytes = new Uint8Array(loaded);
      let at = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      return bytes;
    },
  };
}

async function get(url: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw failed('the server could not be reached', cause);
  }
  if (response.status === 404) {
    throw new MachineError(
      'image-missing',
      'This server has no machine image. Its operator has to run npm run vm:build.',
    );
  }
  if (!response.ok) throw failed(`the server answered ${response.status}`);
  return response;
}

async function* iterate(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  // Safari has no async iteration of streams.
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function failed(why: string, cause?: unknown): MachineError {
  return new MachineError(
    'download-failed',
    `The machine could not be downloaded: ${why}. Nothing is lost; try again.`,
    { cause },
  );
}
