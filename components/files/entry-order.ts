import type { FolderEntry } from '@/lib/machine/file-list';

export type OrderKey = 'name' | 'size' | 'changed';

export interface EntryOrder {
  readonly key: OrderKey;
  readonly descending: boolean;
}

const NAMES = new Intl.Collator('en', { numeric: true });

const COMPARE: Readonly<Record<OrderKey, (a: FolderEntry, b: FolderEntry) => number>> = {
  name: (a, b) => NAMES.compare(a.name, b.name),
  size: (a, b) => a.size - b.size,
  changed: (a, b) => a.mtime - b.mtime,
};

/** Folders first whatever the order; what is equal goes by name. */
export function ordered(
  entries: readonly FolderEntry[],
  { key, descending }: EntryOrder,
): readonly FolderEntry[] {
  const sign = descending ? -1 : 1;
  return entries.toSorted(
    (a, b) =>
      Number(b.type === 'directory') - Number(a.type === 'directory') ||
      sign * COMPARE[key](a, b) ||
      NAMES.compare(a.name, b.name),
  );
}

/** A press on a column: its own order first, the other way round the second time. */
export function nextOrder(order: EntryOrder, key: OrderKey): EntryOrder {
  if (order.key === key) return { key, descending: !order.descending };
  return { key, descending: key !== 'name' };
}
