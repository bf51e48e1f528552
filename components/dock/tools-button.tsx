'use client';

import { Button } from '../ui/button';
import { DOCK_ID } from './dock';
import type { DockState } from './use-dock';

/** Opens and closes the tools under the notebook. */
export function ToolsButton({ dock }: { dock: DockState }) {
  return (
    <Button
      look="quiet"
      size="small"
      aria-expanded={dock.isOpen}
      aria-controls={DOCK_ID}
      aria-keyshortcuts="Control+`"
      title="Terminal, files, activity, log (Ctrl+`)"
      onClick={dock.toggle}
    >
      Tools
    </Button>
  );
}
