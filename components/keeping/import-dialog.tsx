'use client';

import { useId, useState } from 'react';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { FileField } from '../ui/file-field';
import { plural } from '../ui/format';
import { Notice } from '../ui/notice';
import type { About } from './dialog-button';
import { type ImportOutcome, type ImportWay, importFile } from './import-file';

const WAYS: readonly { way: ImportWay; label: string; hint: string }[] = [
  { way: 'add', label: 'Add to the end', hint: 'What is there stays.' },
  {
    way: 'replace',
    label: 'Replace the notebook',
    hint: 'All cells and their results go. Undo brings them back.',
  },
];

type Importing =
  | { readonly kind: 'asked' }
  | { readonly kind: 'working' }
  | { readonly kind: 'over'; readonly outcome: ImportOutcome };

export function ImportDialog({ notebook, onClose }: About & { onClose: () => void }) {
  const [file, setFile] = useState<File>();
  const [way, setWay] = useState<ImportWay>('add');
  const [importing, setImporting] = useState<Importing>({ kind: 'asked' });
  const mayEdit = useCell(notebook.mayEdit, false);

  const start = async () => {
    if (!file) return;
    setImporting({ kind: 'working' });
    setImporting({ kind: 'over', outcome: await importFile(notebook, file, way) });
  };

  return (
    <DialogFrame
      title="Import"
      description="A SQL script or a Markdown file becomes cells: one of ours as it was, any other by its statements and fenced blocks. Nothing is run."
      onClose={onClose}
    >
      {!mayEdit && (
        <Notice tone="warn" title="This page may only look at the notebook">
          Fork it to have one of your own, and import there.
        </Notice>
      )}
      {mayEdit && (
        <>
          <FileField
            label="File"
            accept=".sql,.md,.markdown,text/markdown,application/sql"
            onFile={(chosen) => {
              setFile(chosen);
              setImporting({ kind: 'asked' });
            }}
          />
          <WayChoice way={way} onChoose={setWay} />
          <Button
            look="primary"
            onClick={start}
            disabled={!file || importing.kind !== 'asked'}
            className="mt-4"
          >
            Import the file
          </Button>
        </>
      )}
      {importing.kind === 'over' && <OutcomeNotice outcome={importing.outcome} />}
      {importing.kind === 'over' && importing.outcome.kind === 'imported' && (
        <div className="mt-3 flex gap-2">
          <Button onClick={onClose}>Show the notebook</Button>
          <Button
            onClick={() => {
              notebook.undo.undo();
              setImporting({ kind: 'asked' });
            }}
          >
            Undo the import
          </Button>
        </div>
      )}
    </DialogFrame>
  );
}

function WayChoice({ way, onChoose }: { way: ImportWay; onChoose: (way: ImportWay) => void }) {
  const name = useId();
  return (
    <fieldset className="mt-4 space-y-2.5 text-sm">
      <legend className="sr-only">Where its cells go</legend>
      {WAYS.map((one) => (
        <label key={one.way} className="flex items-start gap-2.5">
          <input
            type="radio"
            name={name}
            checked={way === one.way}
            onChange={() => onChoose(one.way)}
            className="mt-1 accent-accent"
          />
          <span>
            <span className="font-medium">{one.label}</span>
            <span className="block text-muted">{one.hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function OutcomeNotice({ outcome }: { outcome: ImportOutcome }) {
  if (outcome.kind === 'failed') {
    return (
      <Notice tone="bad" announce="alert" title="Nothing was imported" className="mt-4">
        {outcome.message}
      </Notice>
    );
  }
  return (
    <Notice tone="ok" announce="alert" title="Imported" className="mt-4">
      {plural(outcome.cells.length, 'cell')} of the file stand in the notebook.
    </Notice>
  );
}
