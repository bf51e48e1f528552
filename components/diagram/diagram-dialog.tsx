'use client';

import { Dialog } from 'radix-ui';
import { useMemo } from 'react';
import type { SchemaEntry } from '@/lib/postgres/catalogue/types';
import { saveFile } from '../results/download';
import { Button } from '../ui/button';
import { formatCount, plural } from '../ui/format';
import { currentTheme } from '../ui/theme';
import { layOut, MAX_TABLES } from './diagram-layout';
import { diagramSvg } from './diagram-svg';
import { DiagramView } from './diagram-view';

export interface DiagramDialogProps {
  schema: SchemaEntry;
  onClose: () => void;
}

/** The tables of a schema and the keys between them, as a picture. */
export function DiagramDialog({ schema, onClose }: DiagramDialogProps) {
  const layout = useMemo(() => layOut(schema), [schema]);
  const title = `Diagram of ${schema.name}`;
  const empty = layout.tables.length === 0;
  const save = () => {
    const svg = diagramSvg(layout, title, currentTheme());
    const name = schema.name.replace(/[^\p{L}\p{N}_-]+/gu, '-');
    saveFile(new Blob([svg], { type: 'image/svg+xml' }), `${name}.svg`);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content className="fixed inset-2 z-50 flex flex-col rounded-xl border border-line bg-surface p-4 shadow-float sm:inset-6">
          <div className="flex items-start justify-between gap-3">
            <Dialog.Title className="min-w-0 truncate font-semibold text-lg">{title}</Dialog.Title>
            <Dialog.Close asChild>
              <Button look="quiet" size="small">
                Close
              </Button>
            </Dialog.Close>
          </div>
          <Dialog.Description className="mt-1 mb-2 text-muted text-sm text-pretty">
            {empty
              ? 'There are no tables in this schema yet.'
              : `${plural(layout.tables.length, 'table')}, ${plural(layout.edges.length, 'foreign key')}. Arrows point at the table that is referred to.`}
            {layout.leftOut > 0 &&
              ` A diagram holds ${MAX_TABLES} tables; ${formatCount(layout.leftOut)} with the fewest keys are left out.`}
          </Dialog.Description>
          {!empty && <DiagramView layout={layout} label={title} onExport={save} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
