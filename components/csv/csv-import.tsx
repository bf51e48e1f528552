'use client';

import { useId, useState } from 'react';
import { quoteIdentifier } from '@/lib/postgres/catalogue/quote-identifier';
import type { Session } from '../playground/session';
import { type CatalogueState, catalogueOf } from '../schema/catalogue-state';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { DialogFrame } from '../ui/dialog-frame';
import { formatBytes, formatCount, plural } from '../ui/format';
import { Notice } from '../ui/notice';
import { ProgressBar } from '../ui/progress-bar';
import { ColumnFields, columnProblem } from './column-fields';
import { nameProblem, repeatedNames, tableNameOf } from './column-names';
import type { CsvFormat } from './csv-format';
import type { PlannedColumn } from './csv-plan';
import { INPUT } from './field-looks';
import { FormatFields } from './format-fields';
import { PreviewTable } from './preview-table';
import { type ImportStage, useCsvImport } from './use-csv-import';

const UNREAD: CatalogueState = { kind: 'unread' };

export interface CsvImportProps {
  session: Session;
  file: File;
  onClose: () => void;
  /** A table was made; its name as SQL has it. */
  onDone: (table: string) => void;
}

/** Makes a table of a CSV file: what was guessed is shown first, and nothing is kept unless all of it fits. */
export function CsvImport({ session, file, onClose, onDone }: CsvImportProps) {
  const model = useCsvImport(file);
  const { stage, columns } = model;
  const known = catalogueOf(useCell(session.catalogue.state, UNREAD));
  const taken = new Set(
    known?.schemas.find(({ name }) => name === 'public')?.relations.map(({ name }) => name),
  );
  const [typed, setTyped] = useState<string>();
  const table = typed ?? tableNameOf(file.name, taken);
  const tableProblem =
    nameProblem(table, 'table') ??
    (taken.has(table) ? 'There is a table of this name.' : undefined);
  const fits = tableProblem === undefined && !hasProblem(columns);
  const copying = stage.kind === 'copying';
  const close = () => {
    model.cancel();
    onClose();
  };
  const start = () => {
    // The guess would move on to the next free name as soon as the table is there.
    setTyped(table);
    model.start(table, session.reach.get());
  };
  const finish = () => {
    session.catalogue.refresh();
    onDone(quoteIdentifier(table));
    onClose();
  };
  return (
    <DialogFrame
      title="Import CSV"
      description={`${file.name}, ${formatBytes(file.size)}. It becomes a new table; empty values become NULL.`}
      size="roomy"
      isWorking={copying}
      onClose={close}
    >
      <div className="flex flex-col gap-4">
        <Told stage={stage} table={table} />
        {stage.kind !== 'done' && (
          <FormatFields
            format={formatOf(stage, model.chosen)}
            disabled={stage.kind === 'inspecting' || copying}
            onChoose={model.choose}
          />
        )}
        {(stage.kind === 'ready' || copying) && (
          <>
            <TableField
              table={table}
              problem={tableProblem}
              disabled={copying}
              onChange={setTyped}
            />
            <ColumnFields
              columns={columns}
              preview={stage.inspection.preview}
              disabled={copying}
              onChange={model.setColumn}
            />
            <PreviewTable columns={columns} rows={stage.inspection.preview} />
          </>
        )}
        {copying && <Progress stage={stage} file={file} />}
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        {stage.kind === 'done' ? (
          <Button look="primary" autoFocus onClick={finish}>
            Show the table
          </Button>
        ) : (
          <>
            <Button onClick={copying ? model.cancel : close}>Cancel</Button>
            <Button look="primary" disabled={stage.kind !== 'ready' || !fits} onClick={start}>
              Import
            </Button>
          </>
        )}
      </div>
    </DialogFrame>
  );
}

function hasProblem(columns: readonly PlannedColumn[]): boolean {
  const repeated = repeatedNames(columns.map(({ name }) => name));
  return columns.some(({ name }) => columnProblem(name, repeated) !== undefined);
}

/** While the file cannot be read, what was chosen is all that is known. */
function formatOf(stage: ImportStage, chosen: Partial<CsvFormat>): Partial<CsvFormat> {
  return stage.kind === 'ready' || stage.kind === 'copying' ? stage.inspection.format : chosen;
}

/** What has to be said of the stage. */
function Told({ stage, table }: { stage: ImportStage; table: string }) {
  if (stage.kind === 'inspecting') return <p className="text-sm">Looking at the file…</p>;
  if (stage.kind === 'unreadable') {
    return (
      <Notice tone="bad" announce="alert" title="The file cannot be read like this">
        {stage.message}
      </Notice>
    );
  }
  if (stage.kind === 'done') {
    return (
      <Notice tone="ok" title={`${plural(stage.rows, 'row')} imported`}>
        <span role="status">
          The table <code className="font-mono">{quoteIdentifier(table)}</code> is there for
          everybody in this playground.
        </span>
      </Notice>
    );
  }
  if (stage.kind !== 'ready') return null;
  return (
    <>
      {stage.failure !== undefined && (
        <Notice tone="bad" announce="alert" title="Nothing was imported">
          {stage.failure}
        </Notice>
      )}
      {!stage.inspection.encodingCertain && (
        <Notice tone="warn" title="The file is not in UTF-8">
          It is read as Windows-1252. Look whether letters with accents are right below, and choose
          another encoding if they are not.
        </Notice>
      )}
    </>
  );
}

interface TableFieldProps {
  table: string;
  problem: string | undefined;
  disabled: boolean;
  onChange: (name: string) => void;
}

function TableField({ table, problem, disabled, onChange }: TableFieldProps) {
  const field = useId();
  return (
    <div>
      <label htmlFor={field} className="font-medium text-sm">
        Table
      </label>
      <input
        id={field}
        className={`${INPUT} mt-1 block max-w-80`}
        value={table}
        disabled={disabled}
        aria-invalid={problem !== undefined}
        aria-describedby={`${field}-problem`}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${field}-problem`} className="mt-1 min-h-4 text-bad text-xs">
        {problem}
      </p>
    </div>
  );
}

interface ProgressProps {
  stage: Extract<ImportStage, { kind: 'copying' }>;
  file: File;
}

function Progress({ stage: { progress }, file }: ProgressProps) {
  return (
    <div>
      <ProgressBar label="Import" value={progress.bytesRead} max={file.size} />
      <p className="mt-1.5 text-[13px] text-muted tabular-nums">
        {formatBytes(progress.bytesRead)} of {formatBytes(file.size)}, {formatCount(progress.rows)}{' '}
        rows
      </p>
    </div>
  );
}
