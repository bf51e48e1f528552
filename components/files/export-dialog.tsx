'use client';

import { useState } from 'react';
import type { Backend } from '@/lib/machine/types';
import { useLoaded } from '../state/loaded';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { plural } from '../ui/format';
import { RadioField } from '../ui/option-fields';
import { DatabaseSelect } from './database-select';
import { type DumpedTable, listDatabases, listTables } from './databases';
import { exportDatabase } from './export';
import { type ExportChoices, type ExportFormat, type ExportPart, exportName } from './export-plan';
import type { FileDesk } from './file-desk';
import { openSink } from './file-sink';
import { TableChoice } from './table-choice';

interface ExportDialogProps {
  desk: FileDesk;
  backend: Backend;
  onClose: () => void;
}

const FORMATS: readonly { value: ExportFormat; label: string }[] = [
  { value: 'plain', label: 'SQL script' },
  { value: 'plain-gzip', label: 'SQL script in gzip' },
  { value: 'custom', label: 'Custom, for pg_restore' },
];
const PARTS: readonly { value: ExportPart; label: string }[] = [
  { value: 'both', label: 'Schema and data' },
  { value: 'schema', label: 'Schema' },
  { value: 'data', label: 'Data' },
];
const NO_TABLES: ReadonlySet<DumpedTable> = new Set();

/** Makes a dump with pg_dump in the machine. How far it is, the list of transfers tells. */
export function ExportDialog({ desk, backend, onClose }: ExportDialogProps) {
  const [database, setDatabase] = useState('postgres');
  const [format, setFormat] = useState<ExportFormat>('custom');
  const [part, setPart] = useState<ExportPart>('both');
  const [extent, setExtent] = useState<'all' | 'chosen'>('all');
  const [chosen, setChosen] = useState(NO_TABLES);
  const databases = useLoaded(backend, () => listDatabases(backend));
  const tables = useLoaded(database, () => listTables(backend, database));

  const start = async () => {
    const choices: ExportChoices = {
      database,
      format,
      part,
      tables: extent === 'all' ? undefined : [...chosen],
    };
    const name = exportName(choices, today());
    const sink = await openSink(name);
    if (!sink) return;
    void desk.transfers.add({
      direction: 'down',
      name,
      totalBytes: undefined,
      work: (onProgress, signal) =>
        exportDatabase(desk.open, choices, sink, { onProgress, signal }),
    });
    onClose();
  };

  return (
    <DialogFrame
      title="Export database"
      description="pg_dump makes a dump and it is written to this computer as it comes. A dump that fails leaves no file."
      size="roomy"
      onClose={onClose}
    >
      <div className="flex flex-col gap-4 text-sm">
        <DatabaseSelect
          databases={databases}
          value={database}
          onChange={(name) => {
            setDatabase(name);
            setChosen(NO_TABLES);
          }}
        />
        <RadioField legend="Format" value={format} options={FORMATS} onChange={setFormat} />
        <RadioField legend="Contents" value={part} options={PARTS} onChange={setPart} />
        <RadioField
          legend="Tables"
          value={extent}
          options={[
            { value: 'all', label: 'The whole database' },
            { value: 'chosen', label: 'Chosen tables' },
          ]}
          onChange={setExtent}
        />
        {extent === 'chosen' && (
          <TableChoice tables={tables} chosen={chosen} onChange={setChosen} />
        )}
        <div className="flex flex-wrap items-center justify-end gap-3">
          {extent === 'chosen' && (
            <p className="text-muted">{plural(chosen.size, 'table')} chosen</p>
          )}
          <Button
            look="primary"
            disabled={extent === 'chosen' && chosen.size === 0}
            onClick={() => void start()}
          >
            Export
          </Button>
        </div>
      </div>
    </DialogFrame>
  );
}

/** The day where the reader is: `2026-11-21`. */
function today(): string {
  return new Intl.DateTimeFormat('en-CA').format(new Date());
}
