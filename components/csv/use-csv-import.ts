'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Reach } from '../playground/reach';
import { columnNames } from './column-names';
import type { CsvFormat } from './csv-format';
import type { PlannedColumn } from './csv-plan';
import type { CopyProgress } from './csv-to-copy';
import { importCsv } from './import-csv';
import { type CsvInspection, inspectCsv } from './inspect-csv';

/** Where an import is. */
export type ImportStage =
  | { readonly kind: 'inspecting' }
  /** The file cannot be read like this; another format may help. */
  | { readonly kind: 'unreadable'; readonly message: string }
  | {
      readonly kind: 'ready';
      readonly inspection: CsvInspection;
      /** Why the last attempt failed. */
      readonly failure?: string;
    }
  | {
      readonly kind: 'copying';
      readonly inspection: CsvInspection;
      readonly progress: CopyProgress;
    }
  | { readonly kind: 'done'; readonly rows: number };

/** How often the page is told how far the copy is. */
const TELL_EVERY_MS = 100;

export interface CsvImportModel {
  readonly stage: ImportStage;
  readonly columns: readonly PlannedColumn[];
  /** What somebody has chosen of the format, against what was detected. */
  readonly chosen: Partial<CsvFormat>;
  choose(part: Partial<CsvFormat>): void;
  setColumn(index: number, column: PlannedColumn): void;
  start(table: string, reach: Reach): void;
  cancel(): void;
}

export function useCsvImport(file: File): CsvImportModel {
  const [stage, setStage] = useState<ImportStage>({ kind: 'inspecting' });
  const [columns, setColumns] = useState<readonly PlannedColumn[]>([]);
  const [chosen, setChosen] = useState<Partial<CsvFormat>>({});
  const abort = useRef<AbortController>(null);
  // A dialog that closes takes its import with it.
  useEffect(() => () => abort.current?.abort(), []);

  useEffect(() => {
    let current = true;
    setStage({ kind: 'inspecting' });
    inspectCsv(file, chosen).then(
      (inspection) => {
        if (!current) return;
        const names = columnNames(inspection.header);
        setColumns(names.map((name, index) => ({ name, type: inspection.types[index] ?? 'text' })));
        setStage({ kind: 'ready', inspection });
      },
      (error: unknown) => current && setStage({ kind: 'unreadable', message: messageOf(error) }),
    );
    return () => {
      current = false;
    };
  }, [file, chosen]);

  const start = useCallback(
    (table: string, reach: Reach) => {
      if (stage.kind !== 'ready') return;
      const { inspection } = stage;
      if (reach.kind !== 'open') {
        setStage({ kind: 'ready', inspection, failure: reach.reason });
        return;
      }
      const controller = new AbortController();
      abort.current = controller;
      let toldAt = 0;
      const tell = (progress: CopyProgress) => {
        if (controller.signal.aborted || Date.now() - toldAt < TELL_EVERY_MS) return;
        toldAt = Date.now();
        setStage({ kind: 'copying', inspection, progress });
      };
      setStage({ kind: 'copying', inspection, progress: { bytesRead: 0, rows: 0 } });
      const plan = { format: inspection.format, table, columns };
      importCsv(reach.backend, file, plan, { signal: controller.signal, onProgress: tell }).then(
        (rows) => setStage({ kind: 'done', rows }),
        (error: unknown) => setStage({ kind: 'ready', inspection, failure: messageOf(error) }),
      );
    },
    [file, stage, columns],
  );

  return {
    stage,
    columns,
    chosen,
    choose: (part) => setChosen((before) => ({ ...before, ...part })),
    setColumn: (index, column) =>
      setColumns((before) => before.map((present, at) => (at === index ? column : present))),
    start,
    cancel: () => abort.current?.abort(),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
