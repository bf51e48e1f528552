import type { ComponentType } from 'react';
import type { MemoryMb } from '@/lib/machine/types';
import type { NotebookDocument } from '../document/types';
import type { HostedMachine } from '../playground/hosted-machine';
import type { Session } from '../playground/session';
import type { MachineNews } from './machine-news';

/** What the items of the menu Machine act on. */
export interface MachineAbout {
  readonly session: Session;
  readonly notebook: NotebookDocument;
  /** The one of this tab. */
  readonly machine: HostedMachine;
  /** What it was last started with, or is to be. */
  readonly memoryMb: MemoryMb;
  /** What the playground is called. */
  readonly title: string;
  readonly news: MachineNews;
}

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

export type MachineDialog = ComponentType<MachineAbout & DialogProps>;
