'use client';

import { ConfirmDialog } from './confirm-dialog';
import type { MachineAbout } from './machine-task';

/** Saves the machine and switches it off. */
export function ShutDownDialog({ machine, onClose }: MachineAbout & { onClose: () => void }) {
  return (
    <ConfirmDialog
      title="Shut down the machine?"
      description="It is saved first, and continues where it was when you start it again."
      yes="Shut it down"
      doing="Saving the machine…"
      isDangerous
      onYes={async () => {
        await machine.saveNow();
        machine.stop();
      }}
      otherwise={{ label: 'Shut down without saving', onYes: () => machine.stop() }}
      onClose={onClose}
    >
      Everyone connected is cut off until then.
    </ConfirmDialog>
  );
}
