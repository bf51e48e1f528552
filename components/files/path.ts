import type { FileName } from '@/lib/machine/file-name';

/** The folder for people's files. It lies in the machine's memory, and PostgreSQL may read it. */
export const HOME = '/files';

/** @param folder absolute, without a slash at its end unless it is the root */
export function joinPath(folder: FileName, name: FileName): FileName {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

/** The root is its own parent. */
export function parentOf(path: FileName): FileName {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

export interface Crumb {
  readonly name: FileName;
  readonly path: FileName;
}

/** The folders on the way to a path, from the root on, itself last. */
export function crumbsOf(path: FileName): readonly Crumb[] {
  const crumbs: Crumb[] = [{ name: '/', path: '/' }];
  for (const name of path.split('/').filter((part) => part !== '')) {
    crumbs.push({ name, path: joinPath(crumbs.at(-1)?.path ?? '/', name) });
  }
  return crumbs;
}

/** Whose a new file of a folder is: people's files are PostgreSQL's, so that it may write them too; others root's. */
export function ownerIn(folder: FileName): 'postgres' | 'root' {
  return folder === HOME || folder.startsWith(`${HOME}/`) ? 'postgres' : 'root';
}
