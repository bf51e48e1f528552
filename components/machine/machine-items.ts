import type { MachineState } from '@/lib/machine/types';
import type { MachineAbout, MachineDialog } from './machine-task';

/** What choosing an item does: something at once, or a dialog whose code is fetched then. */
export type ItemAction =
  | { readonly kind: 'act'; readonly act: (about: MachineAbout) => Promise<void> }
  | { readonly kind: 'dialog'; readonly load: () => Promise<MachineDialog> };

export interface MachineItem {
  readonly label: string;
  /** Of a machine that runs, of one that is on or coming up, or in every state. */
  readonly needs: 'ready' | 'on' | 'nothing';
  readonly action: ItemAction;
}

/** The menu Machine, by groups. */
export const MACHINE_ITEMS: readonly (readonly MachineItem[])[] = [
  [
    {
      label: 'Save now',
      needs: 'ready',
      action: { kind: 'act', act: saveNow },
    },
    {
      label: 'Save to file',
      needs: 'ready',
      action: dialog(() =>
        import('../snapshot/save-file-dialog').then(({ SaveFileDialog }) => SaveFileDialog),
      ),
    },
    {
      label: 'Open from file',
      needs: 'nothing',
      action: dialog(() =>
        import('../snapshot/open-file-dialog').then(({ OpenFileDialog }) => OpenFileDialog),
      ),
    },
    {
      label: 'Create snapshot link',
      needs: 'ready',
      action: dialog(() =>
        import('../snapshot/snapshot-dialog').then(({ SnapshotDialog }) => SnapshotDialog),
      ),
    },
  ],
  [
    {
      label: 'Make this the start',
      needs: 'ready',
      action: dialog(() =>
        import('./start-dialogs').then(({ MarkStartDialog }) => MarkStartDialog),
      ),
    },
    {
      label: 'Reset to start',
      needs: 'nothing',
      action: dialog(() => import('./start-dialogs').then(({ ResetDialog }) => ResetDialog)),
    },
  ],
  [
    {
      label: 'Reboot',
      needs: 'nothing',
      action: dialog(() =>
        import('./reboot/reboot-dialog').then(({ RebootDialog }) => RebootDialog),
      ),
    },
    {
      label: 'Shut down',
      needs: 'on',
      action: dialog(() =>
        import('./shut-down-dialog').then(({ ShutDownDialog }) => ShutDownDialog),
      ),
    },
  ],
];

/** Whether an item makes sense for a machine in this state. */
export function isOffered({ needs }: MachineItem, { stage }: MachineState): boolean {
  switch (needs) {
    case 'nothing':
      return true;
    case 'on':
      return stage !== 'stopped' && stage !== 'failed';
    case 'ready':
      return stage === 'ready';
  }
}

async function saveNow({ machine, news }: MachineAbout): Promise<void> {
  // Asked for on purpose: the moment to ask the browser not to clear it by itself.
  void navigator.storage?.persist?.().catch(() => false);
  await machine.saveNow();
  news.tell('The machine is saved in this browser.');
}

function dialog(load: () => Promise<MachineDialog>): ItemAction {
  return { kind: 'dialog', load };
}
