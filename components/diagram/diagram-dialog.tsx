'use client';

import { useMemo } from 'react';
import type { SchemaEntry } from '@/lib/postgres/catalogue/types';
import { saveFile } from '../results/download';
import { DialogFrame } from '../ui/dialog-frame';
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
  const count = `${plural(layout.tables.length, 'table')}, ${plural(layout.edges.length, 'foreign key')}. Arrows point at the table that is referred to.`;
  const cut = ` A diagram holds ${MAX_TABLES} tables; ${formatCount(layout.leftOut)} with the fewest keys are left out.`;
  return (
    <DialogFrame
      title={title}
      description={
        empty
          ? 'There are no tables in this schema yet.'
          : `${count}${layout.leftOut > 0 ? cut : ''}`
      }
      size="full"
      onClose={onClose}
    >
      {!empty && <DiagramView layout={layout} label={title} onExport={save} />}
    </DialogFrame>
  );
}
