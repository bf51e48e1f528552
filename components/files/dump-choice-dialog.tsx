'use client';

import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { shownName } from './shown-name';

interface DumpChoiceDialogProps {
  file: File;
  onRestore: () => void;
  onUpload: () => void;
  onClose: () => void;
}

/** A dump that is brought may be meant for the database, or be a file like any other. */
export function DumpChoiceDialog({ file, onRestore, onUpload, onClose }: DumpChoiceDialogProps) {
  return (
    <DialogFrame
      title={`“${shownName(file.name)}” is a dump`}
      description="It can be restored into a database straight from this computer, which takes no room for the file in the machine, or be put into the folder as it is."
      onClose={onClose}
    >
      <div className="flex flex-wrap gap-2">
        <Button look="primary" autoFocus onClick={onRestore}>
          Restore…
        </Button>
        <Button onClick={onUpload}>Upload the file</Button>
      </div>
    </DialogFrame>
  );
}
