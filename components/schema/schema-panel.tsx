'use client';

import { type ComponentType, useId, useMemo, useState } from 'react';
import type { Catalogue } from '@/lib/postgres/catalogue/types';
import type { DiagramDialogProps } from '../diagram/diagram-dialog';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { CornerNotice } from '../ui/corner-notice';
import { FileInputButton } from '../ui/file-input-button';
import { Notice } from '../ui/notice';
import { Panel } from '../ui/panel';
import { type CatalogueState, catalogueOf } from './catalogue-state';
import type { CatalogueStore } from './catalogue-store';
import { SchemaTree } from './schema-tree';
import { treeOf } from './tree-model';

const UNREAD: CatalogueState = { kind: 'unread' };

interface SchemaPanelProps {
  catalogue: CatalogueStore;
  /** Writes a name into the cell. */
  onInsert: (sql: string) => void;
  /** Runs a query that shows a table's first rows. */
  onPreview: (sql: string) => void;
  /** Given where this page may write: the button **Import CSV**. */
  onImport?: (file: File) => void;
}

/** What the database holds. */
export function SchemaPanel({ catalogue, onInsert, onPreview, onImport }: SchemaPanelProps) {
  const state = useCell(catalogue.state, UNREAD);
  const known = catalogueOf(state);
  return (
    <Panel
      title="Schema"
      aside={
        <div className="flex gap-1">
          {onImport && (
            <FileInputButton
              label="Import CSV"
              field="CSV file"
              accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
              look="quiet"
              onFiles={([file]) => file && onImport(file)}
            />
          )}
          <Button look="quiet" size="small" onClick={() => catalogue.refresh()}>
            Refresh
          </Button>
        </div>
      }
    >
      {state.kind === 'failed' && (
        <Notice
          tone="bad"
          announce="alert"
          title="The schema could not be read"
          className="mb-2"
          actions={
            <Button size="small" onClick={() => catalogue.refresh()}>
              Try again
            </Button>
          }
        >
          {state.message}
        </Notice>
      )}
      {state.kind === 'unread' && state.reason !== undefined && (
        <p className="mb-2 text-[13px] text-muted">{state.reason}</p>
      )}
      {known ? (
        <Known
          known={known}
          catalogue={catalogue}
          onInsert={onInsert}
          onPreview={onPreview}
          mayImport={onImport !== undefined}
        />
      ) : (
        state.kind === 'reading' && <p className="text-[13px] text-muted">Reading the schema…</p>
      )}
    </Panel>
  );
}

interface KnownProps extends Pick<SchemaPanelProps, 'catalogue' | 'onInsert' | 'onPreview'> {
  known: Catalogue;
  mayImport: boolean;
}

type Drawing =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'open';
      readonly schema: string;
      readonly Dialog: ComponentType<DiagramDialogProps>;
    }
  /** Its code could not be fetched. */
  | { readonly kind: 'failed' };

function Known({ known, catalogue, onInsert, onPreview, mayImport }: KnownProps) {
  const [filter, setFilter] = useState('');
  const [said, setSaid] = useState('');
  const [drawing, setDrawing] = useState<Drawing>({ kind: 'none' });
  const system = useCell(catalogue.system, false);
  const filterId = useId();
  const roots = useMemo(() => treeOf(known), [known]);
  const empty = known.schemas.every((schema) => schema.system || schema.relations.length === 0);
  const close = () => setDrawing({ kind: 'none' });
  const draw = (schema: string) =>
    void import('../diagram/diagram-dialog').then(
      ({ DiagramDialog }) => setDrawing({ kind: 'open', schema, Dialog: DiagramDialog }),
      () => setDrawing({ kind: 'failed' }),
    );
  const drawn =
    drawing.kind === 'open' && known.schemas.find(({ name }) => name === drawing.schema);
  return (
    <>
      {empty && (
        <p className="mb-2 text-[13px] text-muted text-pretty">
          No tables yet.{' '}
          {mayImport ? 'Drop a CSV file on the page, or write ' : 'Somebody has to write '}
          <code className="whitespace-nowrap font-mono">create table …</code> in a cell.
        </p>
      )}
      <label htmlFor={filterId} className="sr-only">
        Filter the schema
      </label>
      <input
        id={filterId}
        type="search"
        value={filter}
        placeholder="Filter by name"
        onChange={(event) => setFilter(event.target.value)}
        className="mb-2 h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 text-[13px]"
      />
      <SchemaTree
        roots={roots}
        filter={filter}
        onInsert={onInsert}
        onPreview={onPreview}
        onDiagram={draw}
        onSay={setSaid}
      />
      {known.notes.map((note) => (
        <p key={note} className="mt-2 text-muted text-xs">
          {note}
        </p>
      ))}
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-3 text-muted text-xs">
        <label className="flex items-center gap-1.5">
          <input
            type="checkbox"
            checked={system}
            onChange={(event) => catalogue.includeSystem(event.target.checked)}
            className="accent-accent"
          />
          System schemas
        </label>
        <span aria-live="polite">{said}</span>
      </div>
      {drawing.kind === 'open' && drawn && <drawing.Dialog schema={drawn} onClose={close} />}
      {drawing.kind === 'failed' && (
        <CornerNotice title="The diagram cannot be opened" onClose={close} />
      )}
    </>
  );
}
