import type { EditorSurface } from '../editor/editor-surface';
import { Cell } from '../state/cell';

/** A cell as it stands on the page. */
export interface CellPlace {
  /** Its group, which has the focus in command mode. */
  readonly frame: HTMLElement;
  /** Its SQL or Text editor; absent when it has none, or shows its text rendered. */
  editor(): EditorSurface | undefined;
  /** Shows the editor if it is hidden, and gives it the focus. */
  startEditing(): void;
  /** Shows the text rendered, where there is such a thing. */
  stopEditing(): void;
}

/** In a cell: its group, or what one writes in. */
type Target = 'frame' | 'editor';

/** Where the cells are on the page, which of them is the current one, and where the focus goes next. */
export class CellPlaces {
  /** The cell last touched. */
  readonly current = new Cell<string | undefined>(undefined);
  /** Takes the focus when no cell is left. */
  fallback: HTMLElement | null = null;
  private readonly places = new Map<string, CellPlace>();
  /** A cell that is to have the focus as soon as it is on the page. */
  private awaited: { readonly id: string; readonly target: Target } | undefined;

  register(id: string, place: CellPlace): () => void {
    this.places.set(id, place);
    if (this.awaited?.id === id) this.focus(id, this.awaited.target);
    return () => {
      if (this.places.get(id) === place) this.places.delete(id);
    };
  }

  /** Moves the focus to a cell, now or when it has come. Without a cell to the notebook itself. */
  focus(id: string | undefined, target: Target): void {
    this.awaited = undefined;
    if (id === undefined) {
      this.fallback?.focus();
      return;
    }
    this.current.set(id);
    const place = this.places.get(id);
    if (!place) {
      this.awaited = { id, target };
      return;
    }
    if (target === 'editor') place.startEditing();
    else place.frame.focus({ preventScroll: true });
    place.frame.scrollIntoView({ block: 'nearest' });
  }

  /** Brings a cell into view and leaves the focus where it is. */
  show(id: string): void {
    this.places.get(id)?.frame.scrollIntoView({ block: 'center' });
  }

  editorOf(id: string): EditorSurface | undefined {
    return this.places.get(id)?.editor();
  }

  /** From the editor to the cell's group. */
  leaveEditor(id: string): void {
    const place = this.places.get(id);
    place?.stopEditing();
    place?.frame.focus({ preventScroll: true });
  }
}
