'use client';

import { type ComponentType, useEffect, useState } from 'react';
import type { CsvImportProps } from '../csv/csv-import';
import { CornerNotice } from '../ui/corner-notice';
import type { NotebookActions } from './notebook-actions';

type Dropping =
  | { readonly kind: 'none' }
  /** A file is held over the page. */
  | { readonly kind: 'over' }
  | { readonly kind: 'open'; readonly file: File; readonly Dialog: ComponentType<CsvImportProps> }
  /** Why nothing came of it. */
  | { readonly kind: 'failed'; readonly message: string };

const TABLE = /\.(csv|tsv|txt)$/i;
const NOTEBOOK = /\.(sql|md|markdown)$/i;

interface CsvDropProps {
  actions: NotebookActions;
  /** A file chosen by a button; another one each time. */
  chosen: File | undefined;
}

/** A CSV file dropped on the page becomes a table, a script or a Markdown file becomes cells. */
export function CsvDrop({ actions, chosen }: CsvDropProps) {
  const [dropping, setDropping] = useState<Dropping>({ kind: 'none' });
  const close = () => setDropping({ kind: 'none' });
  useEffect(() => {
    if (chosen) void openTable(chosen).then(setDropping);
  }, [chosen]);
  useEffect(() => {
    const add = async (file: File) => {
      const { importFile } = await import('../keeping/import-file');
      const outcome = await importFile(actions.document, file);
      if (outcome.kind === 'failed') setDropping(outcome);
      else actions.tellImported(outcome.cells);
    };
    const take = (file: File) => {
      if (TABLE.test(file.name)) void openTable(file).then(setDropping);
      else if (NOTEBOOK.test(file.name)) {
        add(file).catch(() => setDropping({ kind: 'failed', message: UNREACHED }));
      } else setDropping({ kind: 'failed', message: UNKNOWN });
    };
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
      const file = event.dataTransfer?.files[0];
      if (file) take(file);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, [actions]);

  switch (dropping.kind) {
    case 'none':
      return null;
    case 'over':
      return (
        <div className="pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-xl border-2 border-accent border-dashed bg-page/80">
          <p className="px-4 text-center font-medium">
            Drop a CSV file to make a table of it, a .sql or Markdown file to add its cells
          </p>
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
        <CornerNotice title="The file cannot be imported" onClose={close}>
          {dropping.message}
        </CornerNotice>
      );
  }
}

/** The dialog that makes a table of a file; its code is fetched when it is needed. */
async function openTable(file: File): Promise<Dropping> {
  try {
    const { CsvImport } = await import('../csv/csv-import');
    return { kind: 'open', file, Dialog: CsvImport };
  } catch {
    return { kind: 'failed', message: UNREACHED };
  }
}

const NONE = { kind: 'none' } as const;
const UNREACHED = 'The server cannot be reached just now. Try again in a moment.';
const UNKNOWN =
  'CSV files become tables, .sql and Markdown files cells. Other kinds are not taken.';
