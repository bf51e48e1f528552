'use client';

import { SaveTrouble } from '../document/save-trouble';
import type { NotebookDocument, SaveState } from '../document/types';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';

const OPENING: SaveState = { kind: 'opening' };

interface NotebookNoticesProps {
  document: NotebookDocument;
  standing: 'usable' | 'newer' | 'empty';
  /** A viewer's link; the server lets it run, not write. */
  viewer: boolean;
}

/** What somebody has to know before they write. */
export function NotebookNotices({ document, standing, viewer }: NotebookNoticesProps) {
  const save = useCell(document.save, OPENING);
  return (
    <div className="space-y-3 empty:hidden">
      {standing === 'newer' && (
        <Notice
          tone="warn"
          announce="alert"
          title="A newer version of Warren made this notebook"
          actions={
            <Button look="primary" size="small" onClick={() => location.reload()}>
              Reload the page
            </Button>
          }
        >
          It is shown here as far as this page understands it. To write in it, reload the page.
        </Notice>
      )}
      <SaveTrouble document={document} />
      {save.kind === 'offline' && (
        <Notice tone="plain" title="No connection to the server">
          Go on writing: it is kept in this browser, and merged with what others write when the
          server is back.
        </Notice>
      )}
      {viewer && standing === 'usable' && (
        <p className="text-[13px] text-muted">
          You can read and run; what you write in a cell, only you see. To write for all, ask the
          owner for the edit link, or fork the notebook.
        </p>
      )}
    </div>
  );
}
