'use client';

import type { NotebookDocument } from '../document/types';
import type { Session } from '../playground/session';
import { DialogButton } from './dialog-button';

interface KeepingMenuProps {
  document: NotebookDocument;
  session: Session;
}

const loadFork = () => import('./fork-dialog').then(({ ForkDialog }) => ForkDialog);
const loadHistory = () => import('./history-dialog').then(({ HistoryDialog }) => HistoryDialog);
const loadExport = () => import('./export-dialog').then(({ ExportDialog }) => ExportDialog);
const loadImport = () => import('./import-dialog').then(({ ImportDialog }) => ImportDialog);

/** What keeps a notebook and carries it elsewhere. */
export function KeepingMenu({ document: notebook, session }: KeepingMenuProps) {
  const about = { notebook, session };
  return (
    <div className="flex flex-wrap items-center gap-1">
      <DialogButton label="Fork" load={loadFork} about={about} />
      <DialogButton label="History" load={loadHistory} about={about} />
      <DialogButton label="Export" load={loadExport} about={about} />
      <DialogButton label="Import" load={loadImport} about={about} />
    </div>
  );
}
