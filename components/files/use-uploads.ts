import { useState } from 'react';
import { plural } from '../ui/format';
import { type BrowserDialog, NO_DIALOG } from './browser-dialog';
import type { FileDesk } from './file-desk';
import { lookAtDump } from './look-at-dump';
import { planUpload } from './upload-plan';

interface Uploads {
  readonly dialog: BrowserDialog;
  setDialog(dialog: BrowserDialog): void;
  /** Why files were left out; sentences for people. */
  readonly refusals: readonly string[];
  forgetRefusals(): void;
  /** Files that somebody brought: one that is a dump is asked about first. */
  bring(files: readonly File[], folders?: number): Promise<void>;
  /** Files that shall lie in the open folder. */
  upload(files: readonly File[], refused?: readonly string[]): void;
}

/** What happens to files before they go into the machine, and the dialogs it takes. */
export function useUploads(desk: FileDesk): Uploads {
  const [dialog, setDialog] = useState<BrowserDialog>(NO_DIALOG);
  const [refusals, setRefusals] = useState<readonly string[]>([]);

  const upload = (files: readonly File[], refused: readonly string[] = []) => {
    const state = desk.folder.get();
    if (state.kind !== 'open') {
      setRefusals([
        ...refused,
        'The folder is not open. Open it first, then bring the files again.',
      ]);
      return;
    }
    const plan = planUpload(files, state.folder);
    setRefusals([...refused, ...plan.refusals]);
    const folder = desk.path.get();
    desk.upload(plan.fresh, folder);
    if (plan.clashing.length > 0) setDialog({ kind: 'clash', files: plan.clashing, folder });
  };

  const bring = async (files: readonly File[], folders = 0) => {
    const refused =
      folders === 0
        ? []
        : [
            `${plural(folders, 'folder was', 'folders were')} left out. Pack a folder into one file first.`,
          ];
    const [file] = files;
    if (file && files.length === 1) {
      // One that cannot be read says so when it is uploaded.
      const seen = await lookAtDump({ kind: 'local', file }).catch(() => undefined);
      if (seen?.kind === 'dump') {
        setRefusals(refused);
        setDialog({ kind: 'dump-choice', file });
        return;
      }
    }
    // Whoever drops files on a folder that is still being read means that one.
    await desk.settled();
    upload(files, refused);
  };

  return { dialog, setDialog, refusals, forgetRefusals: () => setRefusals([]), bring, upload };
}
