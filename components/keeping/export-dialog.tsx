'use client';

import { useId, useState } from 'react';
import { takeNotebook } from '@/lib/notebook/carried';
import { writeMarkdownFile } from '@/lib/notebook/markdown-file';
import { writeSqlFile } from '@/lib/notebook/sql-file';
import { saveFile } from '../results/download';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import type { About } from './dialog-button';
import { fileName } from './file-name';
import { notebookTitle } from './notebook-title';

const FORMATS = {
  sql: {
    label: 'SQL script',
    hint: 'For psql and other tools. Texts become comments.',
    ending: 'sql',
    type: 'application/sql',
    write: writeSqlFile,
  },
  markdown: {
    label: 'Markdown',
    hint: 'For a repository or a wiki. Queries stand in fenced blocks.',
    ending: 'md',
    type: 'text/markdown',
    write: writeMarkdownFile,
  },
} as const;
type Format = keyof typeof FORMATS;

export function ExportDialog({ notebook, session, onClose }: About & { onClose: () => void }) {
  const name = useId();
  const [format, setFormat] = useState<Format>('sql');
  const save = () => {
    const { ending, type, write } = FORMATS[format];
    const title = notebookTitle(notebook, session.identity.credentials.playground);
    const text = write(takeNotebook(notebook.doc));
    saveFile(new Blob([text], { type: `${type};charset=utf-8` }), `${fileName(title)}.${ending}`);
    onClose();
  };
  return (
    <DialogFrame
      title="Export"
      description="The notebook as a file on this computer. Imported again, it has the same cells. Results and the database are not in it."
      onClose={onClose}
    >
      <fieldset className="space-y-2.5 text-sm">
        <legend className="sr-only">Format</legend>
        {Object.entries(FORMATS).map(([value, { label, hint }]) => (
          <label key={value} className="flex items-start gap-2.5">
            <input
              type="radio"
              name={name}
              checked={format === value}
              onChange={() => setFormat(value as Format)}
              className="mt-1 accent-accent"
            />
            <span>
              <span className="font-medium">{label}</span>
              <span className="block text-muted">{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Button look="primary" onClick={save} className="mt-4">
        Download
      </Button>
    </DialogFrame>
  );
}
