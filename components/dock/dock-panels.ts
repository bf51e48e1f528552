import type { ComponentType } from 'react';
import type { Session } from '../playground/session';
import type { DockTab } from './dock-memory';

export interface DockPanelProps {
  readonly session: Session;
  /** Somebody looks at it: what is hidden has nothing to do. */
  readonly isActive: boolean;
}

export interface DockPanel {
  readonly label: string;
  readonly load: () => Promise<ComponentType<DockPanelProps>>;
}

/** What the dock shows; each panel's code is fetched when its tab is first chosen. */
export const DOCK_PANELS: Readonly<Record<DockTab, DockPanel>> = {
  terminal: {
    label: 'Terminal',
    load: () => import('../terminal/terminal-panel').then(({ TerminalPanel }) => TerminalPanel),
  },
  files: {
    label: 'Files',
    load: () => import('../files/files-panel').then(({ FilesPanel }) => FilesPanel),
  },
  activity: {
    label: 'Activity',
    load: () => import('../activity/activity-panel').then(({ ActivityPanel }) => ActivityPanel),
  },
  log: {
    label: 'Log',
    load: () => import('../log/log-panel').then(({ LogPanel }) => LogPanel),
  },
};
