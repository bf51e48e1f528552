import { saveFile } from '../results/download';

/** Where a download goes: aborting it leaves nothing behind. */
export type FileSink = WritableStream<Uint8Array<ArrayBuffer>>;

/** Chromium's; not in TypeScript's library, because other browsers have none. */
interface PickedFile {
  createWritable(): Promise<FileSink>;
  getFile(): Promise<File>;
  remove?(): Promise<void>;
}
type SavePicker = (options: { suggestedName: string }) => Promise<PickedFile>;

/**
 * Asks where a file shall go, or where the browser does not ask collects it in Blobs, which browsers keep on disk.
 * To be called in answer to a press. Undefined when the person changed their mind.
 * @param name what the file is called unless the person says otherwise
 */
export async function openSink(name: string): Promise<FileSink | undefined> {
  const picker = (globalThis as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;
  if (!picker) return blobSink((file) => saveFile(file, name));
  try {
    const picked = await picker({ suggestedName: name });
    return pickedSink(picked, await picked.createWritable());
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    // Forbidden in this page, e.g. in a frame: the other way always works.
    return blobSink((file) => saveFile(file, name));
  }
}

/** The picker makes an empty file at once; one that comes to nothing is taken away again. */
function pickedSink(picked: PickedFile, file: FileSink): FileSink {
  const writer = file.getWriter();
  return new WritableStream({
    write: (chunk) => writer.write(chunk),
    close: () => writer.close(),
    async abort(reason) {
      await writer.abort(reason);
      const { size } = await picked.getFile();
      if (size === 0) await picked.remove?.();
    },
  });
}

/** Pieces become a Blob at this size, so that the page's own memory never holds more. */
const PIECE_BYTES = 4_194_304;

/** @param save told the whole file once it is closed, never a part of one */
export function blobSink(save: (file: Blob) => void): FileSink {
  let blobs: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  const settle = () => {
    blobs.push(new Blob(chunks));
    chunks = [];
    waiting = 0;
  };
  return new WritableStream({
    write(chunk) {
      chunks.push(chunk);
      waiting += chunk.length;
      if (waiting >= PIECE_BYTES) settle();
    },
    close() {
      settle();
      save(new Blob(blobs, { type: 'application/octet-stream' }));
      blobs = [];
    },
    abort() {
      blobs = [];
      chunks = [];
    },
  });
}
