import type { NotebookDocument } from '../document/types';

/** What an editor needs of the document its text belongs to. */
export type EditorDocument = Pick<NotebookDocument, 'awareness' | 'undo' | 'change'>;
