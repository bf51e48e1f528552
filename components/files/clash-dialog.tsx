'use client';

import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { shownName } from './shown-name';
import { clashQuestion } from './upload-plan';

interface ClashDialogProps {
  files: readonly File[];
  onReplace: () => void;
  onClose: () => void;
}

/** Names shown; the rest is told as a number. */
const MAX_NAMES = 20;

/** Asks before files are replaced. Others of the same upload are under way already. */
export function ClashDialog({ files, onReplace, onClose }: ClashDialogProps) {
  return (
    <DialogFrame
      title={clashQuestion(files)}
      description="The machine keeps the old file until the new one has come whole. Then the old one is gone."
      onClose={onClose}
    >
      {files.length > 1 && (
        <ul className="mb-3 max-h-48 list-disc overflow-y-auto pl-5 text-sm">
          {files.slice(0, MAX_NAMES).map(({ name }) => (
            <li key={name} className="break-all">
              {shownName(name)}
            </li>
          ))}
          {files.length > MAX_NAMES && <li>and {files.length - MAX_NAMES} more</li>}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          look="danger"
          onClick={() => {
            onReplace();
            onClose();
          }}
        >
          Replace
        </Button>
        <Button autoFocus onClick={onClose}>
          Leave as it is
        </Button>
      </div>
    </DialogFrame>
  );
}
