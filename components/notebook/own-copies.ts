import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { replaceText } from '@/lib/notebook/text-edits';
import type { EditorDocument } from '../editor/editor-document';
import { Cell, type Readable } from '../state/cell';

/** A cell's text as only this page has it. */
interface OwnCopy {
  readonly text: Y.Text;
  /** True once it was written in: from then on it does not follow the notebook. */
  readonly isOwn: Readable<boolean>;
  /** Shows the notebook's text again. */
  discard(): void;
}

/**
 * Texts of cells for those who may not change the notebook: they see what the others write, and as soon as they write
 * themselves, in a copy that never leaves this page, their own text stays. So a viewer can try things out.
 */
export class OwnCopies {
  readonly editing: EditorDocument;
  private readonly doc = new Y.Doc();
  private readonly copies = new Map<string, { readonly of: Y.Text; readonly copy: OwnCopy }>();

  constructor() {
    const { doc } = this;
    const undo = new Y.UndoManager(this.texts, { doc, trackedOrigins: new Set([this]) });
    this.editing = {
      awareness: new Awareness(doc),
      undo,
      change: (edit) => doc.transact(() => edit(doc), this),
    };
  }

  /** The copy of a cell; made anew when the cell has another text than before. */
  of(cell: string, shared: Y.Text): OwnCopy {
    const known = this.copies.get(cell);
    if (known?.of === shared) return known.copy;
    const copy = this.follow(cell, shared);
    this.copies.set(cell, { of: shared, copy });
    return copy;
  }

  private get texts(): Y.Map<Y.Text> {
    return this.doc.getMap('texts');
  }

  private follow(cell: string, shared: Y.Text): OwnCopy {
    const text = new Y.Text(shared.toString());
    const isOwn = new Cell(false);
    const show = () => {
      if (!isOwn.get()) this.doc.transact(() => replaceText(text, shared.toString()), FOLLOWING);
    };
    this.doc.transact(() => this.texts.set(cell, text), FOLLOWING);
    text.observe((_, { origin }) => {
      if (origin !== FOLLOWING) isOwn.set(text.toString() !== shared.toString());
    });
    shared.observe(show);
    return {
      text,
      isOwn,
      discard: () => {
        isOwn.set(false);
        show();
      },
    };
  }
}

/** Origin of changes that repeat the notebook's. */
const FOLLOWING = {};
