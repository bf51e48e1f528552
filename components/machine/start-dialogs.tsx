'use client';

import { ConfirmDialog } from './confirm-dialog';
import type { MachineAbout } from './machine-task';
import { whenReady } from './when-ready';

type DialogProps = MachineAbout & { onClose: () => void };

/** Keeps the machine as it is now as what Reset to start brings back. */
export function MarkStartDialog({ machine, news, onClose }: DialogProps) {
  return (
    <ConfirmDialog
      title="Make this the start?"
      description="Reset to start then brings the machine back as it is now: data, settings and open sessions."
      yes="Make it the start"
      doing="Saving the machine…"
      onYes={async () => {
        await machine.markStart();
        news.tell('Reset to start now brings back the machine as it is at this moment.');
      }}
      onClose={onClose}
    >
      A start that was chosen before is replaced. The machine goes on meanwhile.
    </ConfirmDialog>
  );
}

/** Brings the machine back as it was at the start. */
export function ResetDialog({ machine, memoryMb, news, onClose }: DialogProps) {
  return (
    <ConfirmDialog
      title="Reset to start?"
      description="The machine goes back to the start of this playground. Without one of its own it is an empty database."
      yes="Reset it"
      doing="Resetting…"
      isDangerous
      onYes={async () => {
        const ready = whenReady(machine.state);
        machine.start(memoryMb, 'start');
        await ready;
        news.tell('The machine is back at the start.');
      }}
      onClose={onClose}
    >
      What has been done in the database since the start is lost, in this browser’s copy too, and
      everyone connected is cut off. The notebook stays as it is.
    </ConfirmDialog>
  );
}
