/** One file, folder or link of the machine's root. */
export type RootEntry =
  | {
      readonly kind: 'folder';
      readonly path: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  | {
      readonly kind: 'link';
      readonly path: string;
      readonly target: string;
    }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
      readonly bytes: number;
      /** Name of the file that holds the content, e.g. `1f0c3a….bin.zst`. */
      readonly blob: string;
    };

/** An inode in the list that v86 reads: name, size, mtime, mode, uid, gid, then children, link target or blob. */
export type FsNode = [string, number, number, number, number, number, (FsNode[] | string)?];

export interface FsJson {
  readonly fsroot: FsNode[];
  readonly version: 3;
  readonly size: number;
}

const TYPE_FOLDER = 0x4000;
const TYPE_FILE = 0x8000;
const TYPE_LINK = 0xa000;

/**
 * Builds the directory that v86's 9p server starts from. The same entries give the same bytes, in whatever order
 * they come; every time is `mtime`, in seconds since 1970.
 * @throws Error when an entry's folder is missing or a path occurs twice
 */
export function buildFsJson(entries: readonly RootEntry[], mtime: number): FsJson {
  const fsroot: FsNode[] = [];
  const folders = new Map<string, FsNode[]>([['', fsroot]]);
  const seen = new Set<string>();
  let size = 0;
  const sorted = [...entries].sort((a, b) => comparePaths(a.path, b.path));
  for (const entry of sorted) {
    if (seen.has(entry.path)) throw new Error(`${entry.path} occurs twice`);
    seen.add(entry.path);
    const cut = entry.path.lastIndexOf('/');
    const parent = folders.get(entry.path.slice(0, Math.max(cut, 0)));
    if (parent === undefined) throw new Error(`the folder of ${entry.path} is missing`);
    const name = entry.path.slice(cut + 1);
    if (entry.kind === 'folder') {
      const children: FsNode[] = [];
      folders.set(entry.path, children);
      parent.push([name, 0, mtime, TYPE_FOLDER | entry.mode, entry.uid, entry.gid, children]);
    } else if (entry.kind === 'link') {
      parent.push([name, entry.target.length, mtime, TYPE_LINK | 0o777, 0, 0, entry.target]);
    } else {
      size += entry.bytes;
      const mode = TYPE_FILE | entry.mode;
      parent.push([name, entry.bytes, mtime, mode, entry.uid, entry.gid, entry.blob]);
    }
  }
  return { fsroot, version: 3, size };
}

/** A folder comes before what is in it, whatever characters names hold. */
function comparePaths(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x = '', y = ''] = [left[index], right[index]];
    if (x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}
