import { makeFolder, removeEntry, renameEntry } from '@/lib/machine/file-commands';
import { asFileError, type FileError } from '@/lib/machine/file-error';
import type { FolderEntry } from '@/lib/machine/file-list';
import type { FileName } from '@/lib/machine/file-name';
import { type Folder, getFile, listFolder, type OpenStream, putFile } from '@/lib/machine/files';
import { Cell, type Readable } from '../state/cell';
import { counted } from './counted';
import type { FileSink } from './file-sink';
import { HOME, joinPath, ownerIn } from './path';
import { TransferList } from './transfer-list';

export type FolderState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'open'; readonly folder: Folder }
  | { readonly kind: 'failed'; readonly error: FileError };

/** The folder one looks at, and as long as the tab lives, its transfers. */
export class FileDesk {
  readonly path: Readable<FileName>;
  readonly folder: Readable<FolderState>;
  readonly transfers = new TransferList();
  private readonly here = new Cell<FileName>(HOME);
  private readonly state = new Cell<FolderState>({ kind: 'reading' });
  /** Counts readings, so that the answer to an older one is not taken. */
  private reading = 0;

  constructor(readonly open: OpenStream) {
    this.path = this.here;
    this.folder = this.state;
  }

  go(path: FileName): Promise<void> {
    this.here.set(path);
    this.state.set({ kind: 'reading' });
    return this.refresh();
  }

  /** Reads the folder again; what is shown stays until then. */
  async refresh(): Promise<void> {
    const reading = ++this.reading;
    const state = await listFolder(this.open, this.here.get()).then(
      (folder): FolderState => ({ kind: 'open', folder }),
      (error: unknown): FolderState => ({ kind: 'failed', error: asFileError(error) }),
    );
    if (reading === this.reading) this.state.set(state);
  }

  /** Resolves once the folder has been read, or could not be. */
  async settled(): Promise<void> {
    while (this.state.get().kind === 'reading') {
      await new Promise<void>((resolve) => {
        const stop = this.state.subscribe(() => {
          stop();
          resolve();
        });
      });
    }
  }

  /** Puts files into a folder, one after the other; each takes the place of one of its name. */
  upload(files: readonly File[], folder: FileName): void {
    for (const file of files) {
      const ended = this.transfers.add({
        direction: 'up',
        name: file.name,
        totalBytes: file.size,
        work: (onProgress, signal) =>
          putFile(this.open, joinPath(folder, file.name), file, {
            user: ownerIn(folder),
            onProgress,
            signal,
          }),
      });
      void ended.then(() => (this.here.get() === folder ? this.refresh() : undefined));
    }
  }

  download(entry: FolderEntry, folder: FileName, sink: FileSink): void {
    void this.transfers.add({
      direction: 'down',
      name: entry.name,
      totalBytes: entry.size,
      work: async (progress, signal) => {
        const path = joinPath(folder, entry.name);
        const { content } = await getFile(this.open, path, { signal }).catch(
          async (error: unknown) => {
            await sink.abort(error);
            throw error;
          },
        );
        await content.pipeThrough(counted(progress)).pipeTo(sink, { signal });
      },
    });
  }

  async makeFolder(name: FileName): Promise<void> {
    const folder = this.here.get();
    await makeFolder(this.open, joinPath(folder, name), ownerIn(folder));
    await this.refresh();
  }

  async remove(name: FileName): Promise<void> {
    await removeEntry(this.open, joinPath(this.here.get(), name));
    await this.refresh();
  }

  async rename(from: FileName, to: FileName): Promise<void> {
    const folder = this.here.get();
    await renameEntry(this.open, joinPath(folder, from), joinPath(folder, to));
    await this.refresh();
  }
}
