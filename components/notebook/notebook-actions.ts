import {
  addCell,
  changeKind,
  type Destination,
  deleteCell,
  duplicateCell,
  moveCell,
  type Spot,
} from '@/lib/notebook/cells';
import { type Outcome, refusalText } from '@/lib/notebook/outcome';
import { setInput, setTitle, setValue, setView } from '@/lib/notebook/settings';
import { mergeCellWithNext, splitCell } from '@/lib/notebook/split-merge';
import { replaceText } from '@/lib/notebook/text-edits';
import type { CellKind, InputChoice, NotebookCell, ResultViewChoice } from '@/lib/notebook/types';
import { formatSql } from '../completion/format-sql';
import type { NotebookDocument } from '../document/types';
import type { Session } from '../playground/session';
import { Cell } from '../state/cell';
import { plural } from '../ui/format';
import { CellPlaces } from './cell-places';
import { CellRuns } from './cell-runs';
import { PERFORM } from './commands';
import type { CommandId } from './keymap';
import { OwnCopies } from './own-copies';

/** What lies over the notebook. */
export type Overlay = 'none' | 'palette' | 'help';

/** What happened, told beside the notebook until something else happens. */
export interface Told {
  readonly text: string;
  /** It was the deletion of this cell, and one press brings it back. */
  readonly deleted?: string;
}

/**
 * What a person can do with the notebook, by key, button, menu or palette. Lives outside React; the cells on the page
 * register in `places`.
 */
export class NotebookActions {
  readonly places = new CellPlaces();
  readonly overlay = new Cell<Overlay>('none');
  readonly told = new Cell<Told | undefined>(undefined);
  /** What stands in the cells of who may not change the notebook. */
  readonly copies = new OwnCopies();
  readonly runs: CellRuns;

  constructor(
    readonly session: Session,
    readonly document: NotebookDocument,
  ) {
    this.runs = new CellRuns(session.desk, document, this.places, this.copies);
  }

  /** While the notebook is on the page: tells the others which cell this page is in. @returns ends it */
  follow(): () => void {
    const { current } = this.places;
    const stops = [
      this.runs.follow(),
      current.subscribe(() => this.document.setPlace(current.get())),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Does what a command of the keymap says. @param id the cell it is about, else the current one */
  perform(command: CommandId, id?: string): void {
    PERFORM[command](this, this.find(id) ?? this.current());
  }

  get cells(): readonly NotebookCell[] {
    return this.document.notebook.get().cells;
  }

  /** The cell that commands without one are about: the one last touched, else the first. */
  current(): NotebookCell | undefined {
    return this.find(this.places.current.get()) ?? this.cells[0];
  }

  /** The cell so many further down; undefined beyond the ends. */
  neighbour({ id }: NotebookCell, step: number): NotebookCell | undefined {
    return this.cells[this.cells.findIndex((cell) => cell.id === id) + step];
  }

  /** `Cell 3`; empty when it is gone. */
  nameOf(id: string): string {
    const index = this.cells.findIndex((cell) => cell.id === id);
    return index < 0 ? '' : `Cell ${index + 1}`;
  }

  add(kind: CellKind, at: Spot, text?: string): string | undefined {
    return this.edit((doc) => addCell(doc, { kind, at, text }));
  }

  /** Adds a cell below this one, or where there is none at the end, and writes in it. */
  addBelow(kind: CellKind, cell: NotebookCell | undefined): void {
    this.goTo(this.add(kind, cell ? { after: cell.id } : 'end'), 'editor');
  }

  move(id: string, to: Destination): void {
    const moved = this.edit((doc) => moveCell(doc, id, to));
    if (!moved) return;
    this.places.focus(moved, 'frame');
    this.tell(`Now ${this.nameOf(moved)} of ${this.cells.length}`);
  }

  duplicate({ id }: NotebookCell): void {
    this.goTo(
      this.edit((doc) => duplicateCell(doc, id)),
      'frame',
    );
  }

  merge({ id }: NotebookCell): void {
    this.goTo(
      this.edit((doc) => mergeCellWithNext(doc, id)),
      'frame',
    );
  }

  split({ id }: NotebookCell): void {
    const at = this.places.editorOf(id)?.selection().end ?? this.textOf(id).length;
    this.goTo(
      this.edit((doc) => splitCell(doc, id, at)),
      'editor',
    );
  }

  change({ id }: NotebookCell, kind: CellKind): void {
    this.goTo(
      this.edit((doc) => changeKind(doc, id, kind)),
      'frame',
    );
  }

  delete(id: string): void {
    const name = this.nameOf(id);
    const deleted = this.edit((doc) => deleteCell(doc, id), 'none left');
    if (deleted === undefined) return;
    this.session.desk.withdraw(id);
    this.places.focus(deleted === 'none left' ? undefined : deleted, 'frame');
    this.told.set({ text: `${name} deleted.`, deleted: id });
  }

  async format({ id, kind }: NotebookCell): Promise<void> {
    const text = this.document.text(id);
    if (kind !== 'sql' || !text) return;
    const formatted = await formatSql(text.toString());
    if (formatted.kind === 'failed') this.tell(formatted.message);
    if (formatted.kind !== 'formatted') return;
    this.separately(() => this.document.change(() => replaceText(text, formatted.text)));
  }

  undo(): void {
    this.document.undo.undo();
    const brought = this.told.get()?.deleted;
    if (brought === undefined) return;
    this.told.set(undefined);
    if (this.find(brought)) this.places.focus(brought, 'frame');
  }

  redo(): void {
    this.document.undo.redo();
  }

  setTitle(title: string): void {
    this.document.change((doc) => setTitle(doc, title));
  }

  setView(id: string, view: ResultViewChoice): void {
    this.document.change((doc) => setView(doc, id, view));
  }

  setInput(id: string, input: InputChoice): void {
    this.document.change((doc) => setInput(doc, id, input));
  }

  setValue(name: string, value: string): void {
    this.document.change((doc) => setValue(doc, name, value));
  }

  /** Puts SQL at the cursor of the current SQL cell, or into a new one. */
  insert(sql: string): void {
    const current = this.current();
    const text = current?.kind === 'sql' ? this.document.text(current.id) : undefined;
    if (!current || !text) {
      this.goTo(this.add('sql', current ? { after: current.id } : 'end', sql), 'editor');
      return;
    }
    const editor = this.places.editorOf(current.id);
    const { start, end } = editor?.selection() ?? { start: text.length, end: text.length };
    this.document.change(() => {
      if (end > start) text.delete(start, end - start);
      text.insert(start, sql);
    });
    const after = start + sql.length;
    editor?.reveal({ start: after, end: after });
  }

  /** Runs SQL in an empty cell or a new one; who may not write sees what comes below the current cell. */
  preview(sql: string): void {
    const current = this.current();
    if (!this.document.mayEdit.get()) {
      if (current) this.runs.submit(current.id, sql);
      return;
    }
    const text = current?.kind === 'sql' ? this.document.text(current.id) : undefined;
    const isFree = text?.length === 0;
    if (isFree) this.document.change(() => text.insert(0, sql));
    const cell = isFree
      ? current?.id
      : this.add('sql', current ? { after: current.id } : 'end', sql);
    if (!cell) return;
    this.places.focus(cell, 'frame');
    this.runs.submit(cell, sql);
  }

  /** What was typed before the notebook had come, and found no place of its own. */
  async keepStray(typed: string): Promise<void> {
    await this.usable();
    const [first] = this.cells;
    const text = first?.kind === 'sql' ? this.document.text(first.id) : undefined;
    if (text?.length === 0) {
      this.document.change(() => text.insert(0, typed));
      return;
    }
    // Whoever typed it goes on typing.
    this.goTo(this.add('sql', 'start', typed), 'editor');
  }

  /** Goes to the first of the cells that a file brought. */
  tellImported(cells: readonly string[]): void {
    this.goTo(cells[0], 'frame');
    this.tell(`${plural(cells.length, 'cell')} added. Undo takes them back.`);
  }

  private goTo(cell: string | undefined, target: 'frame' | 'editor'): void {
    if (cell !== undefined) this.places.focus(cell, target);
  }

  /**
   * One change of the structure, undone by one press. What hinders it is told.
   * @param without stands for a cell to go to where it was done and there is none
   * @returns the cell to go to; undefined when nothing was done
   */
  private edit(
    operation: (doc: NotebookDocument['doc']) => Outcome<string | undefined>,
    without?: string,
  ): string | undefined {
    let cell: string | undefined;
    this.separately(() =>
      this.document.change((doc) => {
        const outcome = operation(doc);
        if (outcome.done) cell = outcome.cell ?? without;
        else if (outcome.refusal !== 'at-the-edge') this.tell(refusalText(outcome.refusal));
      }),
    );
    return cell;
  }

  /** Undo joins what is typed in one go; a change of its own stands alone. */
  private separately(change: () => void): void {
    const { undo } = this.document;
    undo.stopCapturing();
    change();
    undo.stopCapturing();
  }

  private tell(text: string): void {
    this.told.set({ text });
  }

  private find(id: string | undefined): NotebookCell | undefined {
    return this.cells.find((cell) => cell.id === id);
  }

  private textOf(id: string): string {
    return this.document.text(id)?.toString() ?? '';
  }

  private usable(): Promise<void> {
    const { notebook } = this.document;
    return new Promise((resolve) => {
      const look = () => {
        if (notebook.get().standing !== 'usable') return;
        stop();
        resolve();
      };
      const stop = notebook.subscribe(look);
      look();
    });
  }
}
