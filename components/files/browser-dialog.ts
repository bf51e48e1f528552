import type { FolderEntry } from '@/lib/machine/file-list';
import type { FileName } from '@/lib/machine/file-name';
import type { DumpPlace } from './look-at-dump';

/** The one dialog of the file browser that is open. */
export type BrowserDialog =
  | { readonly kind: 'none' }
  | { readonly kind: 'new-folder' }
  | { readonly kind: 'rename'; readonly entry: FolderEntry }
  | { readonly kind: 'delete'; readonly entry: FolderEntry }
  | { readonly kind: 'clash'; readonly files: readonly File[]; readonly folder: FileName }
  | { readonly kind: 'dump-choice'; readonly file: File }
  | { readonly kind: 'restore'; readonly place: DumpPlace }
  | { readonly kind: 'export' };

export const NO_DIALOG: BrowserDialog = { kind: 'none' };
