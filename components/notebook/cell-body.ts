import type { RefObject } from 'react';
import type { NotebookCell } from '@/lib/notebook/types';
import type { EditorSurface } from '../editor/editor-surface';
import type { NotebookActions } from './notebook-actions';
import type { RichEditors } from './rich-editors';

/** What a cell's frame needs to know of what stands in it. */
export interface CellBody {
  editor(): EditorSurface | undefined;
  startEditing(): void;
  stopEditing(): void;
}

export interface CellBodyProps {
  cell: NotebookCell;
  /** Absent while the page wakes up. */
  actions: NotebookActions | undefined;
  editors: RichEditors;
  mayEdit: boolean;
  /** Set by the body while it is on the page. */
  body: RefObject<CellBody | null>;
}
