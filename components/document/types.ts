import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Notebook, SharedRun } from '@/lib/notebook/types';
import type { Readable } from '../state/cell';

/** Whether what is on this page is on the server's disk. */
export type SaveState =
  /** Nothing has been heard of the document yet. */
  | { readonly kind: 'opening' }
  /** All that this page shows is stored (rule N2). */
  | { readonly kind: 'saved' }
  /** Connected; something is under way. `trouble` when the server said that storing fails for now (rule N3). */
  | { readonly kind: 'saving'; readonly trouble?: string }
  /** Kept in this browser until the server is back; `unsaved` when there is something that only this browser has. */
  | { readonly kind: 'offline'; readonly unsaved: boolean }
  /** The server does not take this page's changes, and will not by itself. */
  | { readonly kind: 'refused'; readonly message: string };

/** Somebody whose page shows the notebook, this page included. */
export interface Person {
  /** The awareness id, and the Yjs client id. */
  readonly id: number;
  readonly name: string;
  /** A CSS colour that is readable on light and dark. */
  readonly colour: string;
  readonly role: 'owner' | 'editor' | 'viewer';
  readonly isMe: boolean;
  /** The cell they are in. */
  readonly cell?: string;
}

/** A playground's notebook in this tab: the document, who is there, and whether it is saved. Lives outside React. */
export interface NotebookDocument {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /**
   * Undoes this page's own edits only: those made by `change`, and those of origins added to it, as
   * `undo.addTrackedOrigin(MonacoBinding)` does for all editors that y-monaco binds.
   */
  readonly undo: Y.UndoManager;
  readonly notebook: Readable<Notebook>;
  readonly save: Readable<SaveState>;
  readonly people: Readable<readonly Person[]>;
  /** False for viewers, for a document of a newer version, and after a refusal. */
  readonly mayEdit: Readable<boolean>;
  /** A cell's text; undefined when the cell is gone. A cell that undo brings back has another one. */
  text(cell: string): Y.Text | undefined;
  /** The last shared run of a cell; a new object when it changes. */
  result(cell: string): Readable<SharedRun | undefined>;
  /** Tells of each run that somebody shares from now on, this page included. @returns ends it */
  onRun(listener: (run: SharedRun) => void): () => void;
  /** Changes the document in one transaction that undo knows. Does nothing where this page may not edit. */
  change(edit: (doc: Y.Doc) => void): void;
  /** Puts a run's result into the document; not part of undo. */
  shareResult(cell: string, run: SharedRun): void;
  /** Tells the others where this page is: the cell; selections inside an editor are y-monaco's. */
  setPlace(cell: string | undefined): void;
  /** What the others see; kept for this browser. */
  rename(name: string): void;
  /** True when something is in this tab alone: neither the server nor this browser's storage has it. */
  hasUnsaved(): boolean;
  /** Tries to reach the server at once, also after a refusal. */
  retry(): void;
  /** Forgets what only this browser has, for good, and ends this document: load the page again afterwards. */
  dropUnsaved(): Promise<void>;
  dispose(): void;
}
