/** When a machine is saved by itself. All times in milliseconds. */
export interface SaveTimes {
  /** The first work that is not saved. */
  readonly unsavedSince: number;
  readonly lastWork: number;
  /** When the last save ended; 0 before the first. */
  readonly savedAt: number;
}

/** A machine at which nobody has worked for so long is saved: a pause between two statements, not the next keystroke. */
export const QUIET_MS = 2_000;
/** One that is never quiet is saved all the same: what a crash would lose. */
export const LONGEST_UNSAVED_MS = 30_000;
/** Between two saves, so that a statement every few seconds does not save each time. */
export const BETWEEN_SAVES_MS = 10_000;

/** When to save next. */
export function nextSave({ unsavedSince, lastWork, savedAt }: SaveTimes): number {
  const wanted = Math.min(lastWork + QUIET_MS, unsavedSince + LONGEST_UNSAVED_MS);
  return Math.max(wanted, savedAt + BETWEEN_SAVES_MS);
}
