import type { FileName } from '@/lib/machine/file-name';
import type { Backend } from '@/lib/machine/types';
import type { BrowserDialog } from './browser-dialog';
import { ClashDialog } from './clash-dialog';
import { DeleteDialog } from './delete-dialog';
import { DumpChoiceDialog } from './dump-choice-dialog';
import { ExportDialog } from './export-dialog';
import type { FileDesk } from './file-desk';
import { NameDialog } from './name-dialog';
import { RestoreDialog } from './restore-dialog';
import { shownName } from './shown-name';

interface BrowserDialogsProps {
  dialog: BrowserDialog;
  desk: FileDesk;
  backend: Backend;
  onDialog: (dialog: BrowserDialog) => void;
  onRenamed: (name: FileName) => void;
  onUpload: (files: readonly File[]) => void;
  onRestored: () => void;
  onClose: () => void;
}

export function BrowserDialogs(props: BrowserDialogsProps) {
  const { dialog, desk, backend, onDialog, onRenamed, onUpload, onRestored, onClose } = props;
  switch (dialog.kind) {
    case 'none':
      return null;
    case 'new-folder':
      return (
        <NameDialog
          title="New folder"
          description="It is made in the folder that is open."
          yes="Make the folder"
          initial=""
          onName={(name) => desk.makeFolder(name)}
          onClose={onClose}
        />
      );
    case 'rename':
      return (
        <NameDialog
          title={`Rename “${shownName(dialog.entry.name)}”`}
          description="It stays in its folder. What is there under the new name is not replaced."
          yes="Rename"
          initial={dialog.entry.name}
          onName={async (name) => {
            await desk.rename(dialog.entry.name, name);
            onRenamed(name);
          }}
          onClose={onClose}
        />
      );
    case 'delete':
      return (
        <DeleteDialog
          entry={dialog.entry}
          onDelete={() => desk.remove(dialog.entry.name)}
          onClose={onClose}
        />
      );
    case 'clash':
      return (
        <ClashDialog
          files={dialog.files}
          onReplace={() => desk.upload(dialog.files, dialog.folder)}
          onClose={onClose}
        />
      );
    case 'dump-choice': {
      const { file } = dialog;
      return (
        <DumpChoiceDialog
          file={file}
          onRestore={() => onDialog({ kind: 'restore', place: { kind: 'local', file } })}
          onUpload={() => {
            onClose();
            onUpload([file]);
          }}
          onClose={onClose}
        />
      );
    }
    case 'restore':
      return (
        <RestoreDialog
          place={dialog.place}
          open={desk.open}
          backend={backend}
          onRestored={onRestored}
          onClose={onClose}
        />
      );
    case 'export':
      return <ExportDialog desk={desk} backend={backend} onClose={onClose} />;
  }
}
