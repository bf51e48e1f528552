import type { KeepState } from '@/lib/machine/types';

interface Leaving {
  readonly kept: KeepState;
  /** Somebody ran something in this tab. */
  readonly wasUsed: boolean;
  /** Others work with this tab's database. */
  readonly hasGuests: boolean;
}

/**
 * What would be lost or broken when the tab that runs the machine closed now: nothing, work that is not saved yet, or
 * what others are doing.
 */
export function leaveRisk({ kept, wasUsed, hasGuests }: Leaving): 'none' | 'unsaved' | 'guests' {
  if (isAtRisk(kept, wasUsed)) return 'unsaved';
  return hasGuests ? 'guests' : 'none';
}

function isAtRisk(kept: KeepState, wasUsed: boolean): boolean {
  switch (kept.kind) {
    case 'saved':
      return kept.unsavedSince !== undefined;
    case 'saving':
    case 'off':
    case 'failed':
      // What is under way, or was never kept, is of no worth while nobody has done anything.
      return wasUsed;
  }
}
