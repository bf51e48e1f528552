'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { CornerNotice } from '../ui/corner-notice';
import { FILE_ENDING } from './file-ending';
import type { OpenFileDialogProps } from './open-file-dialog';

interface SnapshotDropProps {
  /** Nothing else on the page takes files: it shows where to drop one. */
  isAlone?: boolean;
}

type Dropped =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'open';
      readonly file: File;
      readonly Dialog: ComponentType<OpenFileDialogProps>;
    }
  /** The dialog's code could not be fetched. */
  | { readonly kind: 'failed' };

const NONE: Dropped = { kind: 'none' };

/** A `.warren` file dropped anywhere on the page is opened; other files are left to others. */
export function SnapshotDrop({ isAlone = false }: SnapshotDropProps) {
  const [isOver, setIsOver] = useState(false);
  const [dropped, setDropped] = useState<Dropped>(NONE);
  const close = () => setDropped(NONE);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Else the browser would leave the page for the file.
      event.preventDefault();
      setIsOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setIsOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      // Not even a file nobody takes may end the page.
      event.preventDefault();
      if (!file.name.toLowerCase().endsWith(FILE_ENDING)) return;
      event.stopPropagation();
      // Others that showed a place to drop hear of no drop: for them the file has left the page.
      window.dispatchEvent(new DragEvent('dragleave'));
      import('./open-file-dialog').then(
        ({ OpenFileDialog }) => setDropped({ kind: 'open', file, Dialog: OpenFileDialog }),
        () => setDropped({ kind: 'failed' }),
      );
    };
    // Before those who take other kinds of files.
    window.addEventListener('dragover', onOver, true);
    window.addEventListener('dragleave', onLeave, true);
    window.addEventListener('drop', onDrop, true);
    return () => {
      window.removeEventListener('dragover', onOver, true);
      window.removeEventListener('dragleave', onLeave, true);
      window.removeEventListener('drop', onDrop, true);
    };
  }, []);
  return (
    <>
      {isAlone && isOver && (
        <div className="pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-xl border-2 border-accent border-dashed bg-page/80">
          <p className="px-4 text-center font-medium">
            Drop a {FILE_ENDING} file to make a playground of it
          </p>
        </div>
      )}
      {dropped.kind === 'open' && <dropped.Dialog open file={dropped.file} onClose={close} />}
      {dropped.kind === 'failed' && (
        <CornerNotice title="The file cannot be opened" onClose={close} />
      )}
    </>
  );
}
