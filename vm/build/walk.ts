import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';

interface Owned {
  /** Relative to the folder that was walked. */
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** What was found below a folder. */
export type Found =
  | (Owned & { readonly kind: 'folder' })
  | (Owned & { readonly kind: 'file'; readonly bytes: number })
  | { readonly kind: 'link'; readonly path: string; readonly target: string };

/** Lists folders, files and symbolic links below `root`, sorted; devices and sockets are left out. */
export async function walk(root: string, below = ''): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of (await readdir(path.join(root, below))).sort()) {
    const entry = path.posix.join(below, name);
    const file = path.join(root, entry);
    const info = await lstat(file);
    const common = { path: entry, mode: info.mode & 0o7777, uid: info.uid, gid: info.gid };
    if (info.isSymbolicLink()) {
      found.push({ kind: 'link', path: entry, target: await readlink(file) });
    } else if (info.isDirectory()) {
      found.push({ kind: 'folder', ...common }, ...(await walk(root, entry)));
    } else if (info.isFile()) {
      found.push({ kind: 'file', ...common, bytes: info.size });
    }
  }
  return found;
}
