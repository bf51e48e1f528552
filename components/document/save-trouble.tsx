'use client';

import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Question } from '../ui/question';
import type { NotebookDocument, SaveState } from './types';

const OPENING: SaveState = { kind: 'opening' };

/** What somebody has to know when their changes are not stored: that the server cannot, or will not. */
export function SaveTrouble({ document }: { document: NotebookDocument }) {
  const save = useCell(document.save, OPENING);
  if (save.kind === 'refused') {
    return (
      <Notice
        tone="bad"
        announce="alert"
        title="Changes on this page are no longer saved"
        actions={
          <>
            <Button size="small" onClick={() => document.retry()}>
              Try again
            </Button>
            {document.hasUnsaved() && <DropUnsaved document={document} />}
          </>
        }
      >
        {save.message} You can still read the notebook here, and copy or export what you need.
      </Notice>
    );
  }
  if (save.kind !== 'saving' || save.trouble === undefined) return null;
  return (
    <Notice tone="warn" announce="alert" title="The server cannot save just now">
      {save.trouble} Leave this page open: your changes are sent again until they are stored.
    </Notice>
  );
}

function DropUnsaved({ document }: { document: NotebookDocument }) {
  return (
    <Question
      label="Drop my unsaved changes"
      title="Drop the changes that were not saved?"
      yes="Drop them"
      no="Keep them"
      onYes={() => {
        void document.dropUnsaved().finally(() => location.reload());
      }}
    >
      The page loads the notebook again as the server has it. What you changed since then is gone
      for good.
    </Question>
  );
}
