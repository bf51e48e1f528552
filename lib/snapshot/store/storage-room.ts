/** What this browser's storage holds for this page's origin, machines and all else, and how much it may. */
export interface StorageRoom {
  readonly usedBytes: number;
  /** An estimate; undefined where the browser does not say. */
  readonly quotaBytes: number | undefined;
  /** The browser clears it only when a person says so, not when the disk becomes full. */
  readonly persisted: boolean;
}

let asked: Promise<boolean> | undefined;

/** Asks for storage that lasts, once for each page load: some browsers show a question. Workers may not ask, only see. */
export async function storageRoom(
  storage: StorageManager = navigator.storage,
): Promise<StorageRoom> {
  const { usage = 0, quota } = await storage.estimate();
  return { usedBytes: usage, quotaBytes: quota, persisted: await lasts(storage) };
}

async function lasts(storage: StorageManager): Promise<boolean> {
  if (await storage.persisted()) return true;
  if (!('persist' in storage)) return false;
  asked ??= storage.persist();
  return asked;
}
