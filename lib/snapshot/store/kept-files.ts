import { GenerationFile } from './generation-file';
import { GenerationPair } from './generation-pair';
import type { BlockFile, BlockFolder } from './types';

const PAGES_FILE = 'pages';
export const LATEST_FILES = ['gen-0', 'gen-1'] as const;
/** Two as well: while one is written the other one counts, and is erased after. */
export const START_FILES = ['start-0', 'start-1'] as const;

/** The files of one machine, open. */
export interface KeptFiles {
  readonly pages: BlockFile;
  readonly latest: GenerationPair;
  readonly start: GenerationPair;
  storedBytes(): Promise<number>;
  close(): Promise<void>;
}

/** Opens them for this page alone, or none: rejects with StoreError `in-use` while another has one. */
export async function openKeptFiles(folder: BlockFolder): Promise<KeptFiles> {
  const open: BlockFile[] = [];
  const close = async () => {
    for (const file of open) await file.close();
  };
  const openFile = async (name: string) => {
    const file = await folder.open(name);
    open.push(file);
    return file;
  };
  try {
    const pages = await openFile(PAGES_FILE);
    const pagesBytes = await pages.size();
    const openPair = async ([one, two]: readonly [string, string]) =>
      new GenerationPair([
        await GenerationFile.read(await openFile(one), pagesBytes),
        await GenerationFile.read(await openFile(two), pagesBytes),
      ]);
    return {
      pages,
      latest: await openPair(LATEST_FILES),
      start: await openPair(START_FILES),
      storedBytes: () => sizeOf(open),
      close,
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function sizeOf(files: readonly BlockFile[]): Promise<number> {
  let bytes = 0;
  for (const file of files) bytes += await file.size();
  return bytes;
}
