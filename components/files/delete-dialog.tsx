'use client';

import { useState } from 'react';
import type { FolderEntry } from '@/lib/machine/file-list';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { Notice } from '../ui/notice';
import { shownName } from './shown-name';

interface DeleteDialogProps {
  entry: FolderEntry;
  onDelete: () => Promise<void>;
  onClose: () => void;
}

export function DeleteDialog({ entry, onDelete, onClose }: DeleteDialogProps) {
  const [failure, setFailure] = useState<string>();
  const [isWorking, setWorking] = useState(false);
  const remove = async () => {
    setWorking(true);
    try {
      await onDelete();
      onClose();
    } catch (thrown) {
      setFailure(thrown instanceof Error ? thrown.message : String(thrown));
      setWorking(false);
    }
  };
  const isFolder = entry.type === 'directory';
  return (
    <DialogFrame
      title={`Delete “${shownName(entry.name)}”?`}
      description={
        isFolder
          ? 'The folder goes with all that is in it. It cannot be brought back.'
          : 'It cannot be brought back.'
      }
      onClose={onClose}
    >
      {failure !== undefined && (
        <Notice tone="bad" announce="alert" title="It was not deleted" className="mb-3">
          {failure} {isFolder && 'Some of what was in the folder may be gone.'}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="danger" disabled={isWorking} onClick={remove}>
          Delete
        </Button>
        <Button autoFocus onClick={onClose}>
          Keep it
        </Button>
      </div>
    </DialogFrame>
  );
}
