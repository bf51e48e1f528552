import { statementAt } from '@/lib/notebook/statement-at';
import type { NotebookCell } from '@/lib/notebook/types';
import type { NotebookDocument } from '../document/types';
import type { Span } from '../editor/editor-surface';
import type { QueryDesk } from '../query/query-desk';
import type { RunRequest } from '../query/run-request';
import { Cell } from '../state/cell';
import type { CellPlaces } from './cell-places';
import type { OwnCopies } from './own-copies';

/** Gives the desk what a person wants to run. */
export class CellRuns {
  /** The cell this page ran last: the loss of a session is told there. */
  readonly last = new Cell<string | undefined>(undefined);

  constructor(
    private readonly desk: QueryDesk,
    private readonly document: NotebookDocument,
    private readonly places: CellPlaces,
    private readonly copies: OwnCopies,
  ) {}

  /** While the notebook is on the page. @returns ends it */
  follow(): () => void {
    const { running } = this.desk;
    return running.subscribe(() => {
      const cell = running.get();
      if (cell !== undefined) this.last.set(cell);
    });
  }

  /** Runs what the cell is for: of SQL the selection, if there is one, else all; a text is shown. */
  run({ id, kind }: NotebookCell): void {
    if (kind === 'text') this.places.leaveEditor(id);
    if (kind !== 'sql') return;
    const selection = this.places.editorOf(id)?.selection();
    const isSelected = selection && selection.start !== selection.end;
    this.submit(id, this.textOf(id), isSelected ? selection : undefined);
  }

  /** Runs the statement at the cursor alone. */
  runStatement({ id, kind }: NotebookCell): void {
    if (kind !== 'sql') return;
    const text = this.textOf(id);
    const cursor = this.places.editorOf(id)?.selection().end ?? text.length;
    this.submit(id, text, statementAt(text, cursor));
  }

  /** Runs all that is SQL in order; what follows a failure does not run. */
  runAll(cells: readonly NotebookCell[]): void {
    this.desk.submitAll(
      cells
        .filter(({ kind }) => kind === 'sql')
        .map(({ id }) => ({ cell: id, request: this.request(this.textOf(id)) })),
    );
  }

  /** Runs SQL that is not the cell's own, and shows what comes below the cell. */
  submit(id: string, text: string, span?: Span): void {
    this.desk.submit(id, this.request(text, span));
  }

  /** Runs statements that only read once more, for the rows that stayed with whoever ran them; for this page alone. */
  loadMore(id: string, statements: readonly string[]): void {
    this.desk.submit(id, { ...this.request(statements.join(';\n')), unshared: true });
  }

  private request(text: string, span: Span = { start: 0, end: text.length }): RunRequest {
    const { values, cells } = this.document.notebook.get();
    const inputs = cells.flatMap(({ kind, input }) => (kind === 'input' && input ? [input] : []));
    const { start, end } = span;
    return { text, start, end, values, inputs };
  }

  private textOf(id: string): string {
    const shared = this.document.text(id);
    if (!shared) return '';
    const { text } = this.document.mayEdit.get() ? { text: shared } : this.copies.of(id, shared);
    return text.toString();
  }
}
