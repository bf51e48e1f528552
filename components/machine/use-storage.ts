import { useCallback, useEffect, useState } from 'react';

/** What this browser gives to Warren, in bytes. */
export interface StorageRoom {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** True when the browser has promised not to clear it by itself. */
  readonly isPersistent: boolean;
}

/** How much room this browser gives; undefined while it is not known, or where the browser does not tell. */
export function useStorage(renewedBy?: unknown): {
  readonly room: StorageRoom | undefined;
  /** Asks the browser not to clear what is kept. Some ask the person. */
  readonly persist: () => Promise<void>;
} {
  const [room, setRoom] = useState<StorageRoom>();
  const look = useCallback(() => readRoom().then(setRoom, () => {}), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when that changes
  useEffect(() => void look(), [look, renewedBy]);
  const persist = useCallback(async () => {
    await navigator.storage?.persist?.().catch(() => false);
    await look();
  }, [look]);
  return { room, persist };
}

async function readRoom(): Promise<StorageRoom | undefined> {
  const { storage } = navigator;
  if (!storage?.estimate) return undefined;
  const [{ usage = 0, quota = 0 }, isPersistent] = await Promise.all([
    storage.estimate(),
    storage.persisted?.() ?? false,
  ]);
  return quota > 0 ? { usedBytes: usage, quotaBytes: quota, isPersistent } : undefined;
}
