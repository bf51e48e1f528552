'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { CsvImportProps } from '../csv/csv-import';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import type { NotebookActions } from './notebook-actions';

type Dropping =
  | { readonly kind: 'none' }
  /** A file is held over the page. */
  | { readonly kind: 'over' }
  | { readonly kind: 'open'; readonly file: File; readonly Dialog: ComponentType<CsvImportProps> }
  /** Its code could not be fetched. */
  | { readonly kind: 'failed' };

const NAME = /\.(csv|tsv|txt)$/i;

interface CsvDropProps {
  actions: NotebookActions;
  /** A file chosen by a button; another one each time. */
  chosen: File | undefined;
}

/** A CSV file dropped on the page becomes a table. */
export function CsvDrop({ actions, chosen }: CsvDropProps) {
  const [dropping, setDropping] = useState<Dropping>({ kind: 'none' });
  const close = () => setDropping({ kind: 'none' });
  useEffect(() => {
    const open = (file: File) =>
      import('../csv/csv-import').then(
        ({ CsvImport }) => setDropping({ kind: 'open', file, Dialog: CsvImport }),
        () => setDropping({ kind: 'failed' }),
      );
    if (chosen) void open(chosen);
    const holds = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!holds(event)) return;
      // Else the browser would leave the page for the file.
      event.preventDefault();
      setDropping((now) => (now.kind === 'none' ? { kind: 'over' } : now));
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDropping((now) => (now.kind === 'over' ? NONE : now));
    };
    const onDrop = (event: DragEvent) => {
      if (!holds(event)) return;
      event.preventDefault();
      setDropping((now) => (now.kind === 'over' ? NONE : now));
      const file = [...(event.dataTransfer?.files ?? [])].find(({ name }) => NAME.test(name));
      if (file) void open(file);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [chosen]);

  switch (dropping.kind) {
    case 'none':
      return null;
    case 'over':
      return (
        <div className="pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-xl border-2 border-accent border-dashed bg-page/80">
          <p className="font-medium">Drop a CSV file to make a table of it</p>
        </div>
      );
    case 'open':
      return (
        <dropping.Dialog
          session={actions.session}
          file={dropping.file}
          onClose={close}
          onDone={(table) => actions.preview(`select * from ${table} limit 100;`)}
        />
      );
    case 'failed':
      return (
        <Notice
          tone="bad"
          announce="alert"
          title="The file cannot be imported"
          className="fixed top-14 right-3 z-40 max-w-xs shadow-float"
          actions={
            <Button size="small" onClick={close}>
              Close
            </Button>
          }
        >
          The server cannot be reached just now. Try again in a moment.
        </Notice>
      );
  }
}

const NONE = { kind: 'none' } as const;
