'use client';

import { useState } from 'react';
import type { FolderEntry } from '@/lib/machine/file-list';
import type { FileName } from '@/lib/machine/file-name';
import type { Backend } from '@/lib/machine/types';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { FileInputButton } from '../ui/file-input-button';
import { formatBytes } from '../ui/format';
import { Notice } from '../ui/notice';
import { Breadcrumbs } from './breadcrumbs';
import { NO_DIALOG } from './browser-dialog';
import { BrowserDialogs } from './browser-dialogs';
import { DropArea } from './drop-area';
import type { FileDesk, FolderState } from './file-desk';
import { openSink } from './file-sink';
import { FolderView } from './folder-view';
import { HOME, joinPath, parentOf } from './path';
import { localName, shownName } from './shown-name';
import { useUploads } from './use-uploads';

const READING: FolderState = { kind: 'reading' };

interface FileBrowserProps {
  desk: FileDesk;
  backend: Backend;
  /** The database may hold other things now. */
  onRestored: () => void;
}

/** The machine's folders, and what brings files in and out. */
export function FileBrowser({ desk, backend, onRestored }: FileBrowserProps) {
  const path = useCell(desk.path, HOME);
  const state = useCell(desk.folder, READING);
  const uploads = useUploads(desk);
  const { dialog, setDialog, refusals } = uploads;
  const [cameByHand, setCameByHand] = useState(false);
  const [renamed, setRenamed] = useState<FileName>();

  const go = (to: FileName) => {
    setCameByHand(true);
    void desk.go(to);
  };
  const download = async (entry: FolderEntry) => {
    const sink = await openSink(localName(entry.name));
    if (sink) desk.download(entry, path, sink);
  };
  const open = (entry: FolderEntry) => {
    if (entry.type === 'directory' || entry.type === 'link') go(joinPath(path, entry.name));
    else void download(entry);
  };
  const restore = ({ name, size }: FolderEntry) =>
    setDialog({
      kind: 'restore',
      place: { kind: 'machine', open: desk.open, path: joinPath(path, name), name, size },
    });

  return (
    // Whose dialogs may take away what had the focus: it stays in here then.
    <div data-focus-home>
      <DropArea hint={`Drop files to put them into ${shownName(path)}`} onFiles={uploads.bring}>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <Breadcrumbs path={path} onGo={go} />
          {state.kind === 'open' && (
            <p className="text-[13px] text-muted tabular-nums">
              {formatBytes(state.folder.freeBytes)} of {formatBytes(state.folder.totalBytes)} free
            </p>
          )}
        </div>
        <div className="mt-2 mb-2 flex flex-wrap gap-2">
          <FileInputButton
            label="Upload files"
            field="Files to upload"
            isMany
            disabled={state.kind !== 'open'}
            onFiles={uploads.bring}
          />
          <Button size="small" onClick={() => setDialog({ kind: 'new-folder' })}>
            New folder
          </Button>
          <FileInputButton
            label="Restore a dump"
            field="Dump to restore"
            onFiles={([file]) =>
              file && setDialog({ kind: 'restore', place: { kind: 'local', file } })
            }
          />
          <Button size="small" onClick={() => setDialog({ kind: 'export' })}>
            Export database
          </Button>
          <Button look="quiet" size="small" onClick={() => void desk.refresh()}>
            Refresh
          </Button>
        </div>
        {refusals.length > 0 && (
          <Notice
            tone="bad"
            announce="alert"
            title="Not everything was uploaded"
            className="mb-2"
            actions={
              <Button size="small" onClick={uploads.forgetRefusals}>
                Close
              </Button>
            }
          >
            {refusals.map((refusal) => (
              <p key={refusal} className="break-words">
                {refusal}
              </p>
            ))}
          </Notice>
        )}
        <FolderView
          path={path}
          state={state}
          takesFocus={cameByHand}
          current={renamed}
          onGo={go}
          onOpen={open}
          onUp={() => go(parentOf(path))}
          onDownload={(entry) => void download(entry)}
          onRestore={restore}
          onRename={(entry) => setDialog({ kind: 'rename', entry })}
          onDelete={(entry) => setDialog({ kind: 'delete', entry })}
        />
        <BrowserDialogs
          dialog={dialog}
          desk={desk}
          backend={backend}
          onDialog={setDialog}
          onRenamed={setRenamed}
          onUpload={uploads.upload}
          onRestored={onRestored}
          onClose={() => setDialog(NO_DIALOG)}
        />
      </DropArea>
    </div>
  );
}
