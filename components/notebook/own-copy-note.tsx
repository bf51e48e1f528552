'use client';

import { NEVER, useCell } from '../state/cell';
import { Button } from '../ui/button';
import type { OwnCopies } from './own-copies';

/** Says that what stands in a cell is nobody else's. */
export function OwnCopyNote({ copy }: { copy: ReturnType<OwnCopies['of']> | undefined }) {
  const isOwn = useCell<boolean | undefined>(copy?.isOwn ?? NEVER, undefined);
  if (!copy || !isOwn) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t bg-page px-3 py-1.5 text-[13px] text-muted">
      Only you see what you wrote here.
      <Button size="small" onClick={copy.discard}>
        Show the notebook’s text
      </Button>
    </p>
  );
}
