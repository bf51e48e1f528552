import type { FileName } from '@/lib/machine/file-name';
import { Button } from '../ui/button';
import { formatCount } from '../ui/format';
import { Notice } from '../ui/notice';
import type { FolderState } from './file-desk';
import { FileTable } from './file-table';
import { HOME, parentOf } from './path';
import type { EntryActions } from './row-menu';
import { shownName } from './shown-name';

interface FolderViewProps extends EntryActions {
  path: FileName;
  state: FolderState;
  takesFocus: boolean;
  /** The entry that has a new name. */
  current?: FileName | undefined;
  onGo: (path: FileName) => void;
  onUp: () => void;
}

/** What is in the folder, or why that is not known. */
export function FolderView(props: FolderViewProps) {
  const { path, state, takesFocus, current, onGo, onUp, ...actions } = props;
  const shown = shownName(path);
  switch (state.kind) {
    case 'reading':
      return <p className="py-3 text-muted">Reading {shown}…</p>;
    case 'failed':
      return (
        <Notice
          tone="bad"
          announce="alert"
          title={`${shown} cannot be shown`}
          actions={
            <>
              <Button size="small" onClick={() => onGo(path)}>
                Try again
              </Button>
              {path !== '/' && (
                <Button size="small" onClick={() => onGo(parentOf(path))}>
                  To the folder above
                </Button>
              )}
            </>
          }
        >
          {state.error.message}
        </Notice>
      );
    case 'open': {
      const { entries, cut } = state.folder;
      if (entries.length === 0) {
        return (
          <p className="rounded-lg border border-line border-dashed px-4 py-6 text-center text-muted text-pretty">
            This folder is empty. Drop files here, or press Upload files.
            {path === HOME && (
              <>
                {' '}
                PostgreSQL reads them by path, e.g.{' '}
                <code className="font-mono">copy … from &apos;/files/data.csv&apos;</code>.
              </>
            )}
          </p>
        );
      }
      return (
        <>
          <FileTable
            // Order, place and focus are the folder's.
            key={path}
            label={`Files in ${shown}`}
            entries={entries}
            onUp={onUp}
            takesFocus={takesFocus}
            wanted={current}
            {...actions}
          />
          {cut && (
            <p className="mt-2 text-muted text-xs">
              The folder has more; the first {formatCount(entries.length)} are shown. A terminal
              shows all.
            </p>
          )}
        </>
      );
    }
  }
}
