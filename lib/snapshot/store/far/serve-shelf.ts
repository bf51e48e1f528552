import { asStoreError } from '../errors';
import type { BlockFile, BlockFolder, Shelf } from '../types';
import type { FarAnswer, FarCall, FarResults, FarTask } from './messages';

/** Serves a shelf to the thread at the other end of `port`, for as long as this one lives. A shelf that cannot be had is told to each who asks. */
export function serveShelf(shelf: Promise<Shelf>, port: MessagePort): void {
  shelf.catch(() => {});
  const folders: BlockFolder[] = [];
  const files: BlockFile[] = [];
  port.onmessage = ({ data }: MessageEvent<FarCall>) => {
    const { call } = data;
    const answer = (message: FarAnswer, transfer: Transferable[] = []) =>
      port.postMessage(message, transfer);
    perform(data).then(
      (result) => answer({ call, result }, result instanceof Uint8Array ? [result.buffer] : []),
      (thrown: unknown) => {
        const { code, message } = asStoreError(thrown);
        answer({ call, error: { code, message } });
      },
    );
  };

  async function perform(task: FarTask): Promise<FarResults[keyof FarResults]> {
    switch (task.what) {
      case 'find': {
        const folder = await (await shelf).find(task.name);
        return folder && folders.push(folder) - 1;
      }
      case 'folder':
        return folders.push(await (await shelf).folder(task.name)) - 1;
      case 'remove':
        await (await shelf).remove(task.name);
        return undefined;
      case 'list':
        return (await shelf).list();
      case 'open':
        return files.push(await at(folders, task.folder).open(task.name)) - 1;
      case 'peek':
        return at(folders, task.folder).peek(task.name);
      case 'storedBytes':
        return at(folders, task.folder).storedBytes();
      default:
        return performOnFile(at(files, task.file), task);
    }
  }
}

async function performOnFile(
  file: BlockFile,
  task: Extract<FarTask, { readonly file: number }>,
): Promise<number | Uint8Array<ArrayBuffer> | undefined> {
  switch (task.what) {
    case 'size':
      return file.size();
    case 'read': {
      const bytes = new Uint8Array(task.length);
      const got = await file.read(task.at, bytes);
      return got === bytes.length ? bytes : bytes.slice(0, got);
    }
    case 'write':
      await file.write(task.at, task.bytes);
      return undefined;
    case 'truncate':
      await file.truncate(task.size);
      return undefined;
    case 'flush':
      await file.flush();
      return undefined;
    case 'close':
      await file.close();
      return undefined;
  }
}

function at<T>(all: readonly T[], number: number): T {
  const one = all[number];
  if (one === undefined) throw new Error(`there is no number ${number}`);
  return one;
}
