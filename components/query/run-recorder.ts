import type { PgErrorFields } from '@/lib/postgres/errors';
import type { RowBatch } from '@/lib/postgres/row-batch';
import { RowStore } from '@/lib/postgres/row-store';
import type { Column } from '../results/column';
import { Cell, type Readable } from '../state/cell';
import type { Outcome, RunPhase, RunView, StatementView } from './run-view';

/** How often the page is told of rows that stream in: often enough to see them come, seldom enough to stay smooth. */
const TELL_EVERY_MS = 120;
/** As much of a COPY TO STDOUT as a page can show. */
const COPIED_BYTES = 100_000;
/** A statement that raises notices in a loop shows the first of them. */
const NOTICES_KEPT = 500;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Takes down what a run brings, and hands the page a snapshot now and then. */
export class RunRecorder {
  private readonly snapshot: Cell<RunView>;
  private readonly statements: StatementView[] = [];
  private phase: RunPhase;
  /** The statement under way; its snapshot is made when it is told. */
  private current: Mutable<StatementView> | undefined;
  private rows: { readonly columns: readonly Column[]; readonly store: RowStore } | undefined;
  private copied = new TextDecoder();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private at: number | undefined;
  private bytes = 0;

  constructor(
    private readonly id: number,
    private statementCount: number,
    phase: RunPhase,
  ) {
    this.phase = phase;
    this.snapshot = new Cell(this.look());
  }

  get view(): Readable<RunView> {
    return this.snapshot;
  }

  setPhase(phase: RunPhase): void {
    if (phase.kind === 'running') this.at = phase.since;
    this.phase = phase;
    this.tellNow();
  }

  /** @param aside it belongs to the statement before it, as `\\d` gives indexes beside the columns */
  begin(sql: string, aside = false): void {
    const number = this.statements.length;
    this.current = { number, sql, outcome: { kind: 'running' }, notices: [] };
    if (aside) this.current.aside = true;
    this.rows = undefined;
    this.copied = new TextDecoder();
    this.tellSoon();
  }

  columns(columns: readonly Column[]): void {
    this.rows = { columns, store: new RowStore() };
    this.tellSoon();
  }

  append(batch: RowBatch): void {
    this.rows?.store.append(batch);
    this.bytes += batch.byteLength;
    this.tellSoon();
  }

  appendCopied(chunk: Uint8Array): void {
    if (!this.current) return;
    const { bytes, text } = this.current.copied ?? { bytes: 0, text: '' };
    const room = Math.max(0, COPIED_BYTES - bytes);
    const more = this.copied.decode(chunk.subarray(0, room), { stream: true });
    this.current.copied = { bytes: bytes + chunk.length, text: text + more };
    this.tellSoon();
  }

  notice(notice: PgErrorFields): void {
    if (!this.current || this.current.notices.length >= NOTICES_KEPT) return;
    this.current.notices = [...this.current.notices, notice];
    this.tellSoon();
  }

  finish(outcome: Outcome): void {
    if (!this.current) return;
    this.current.outcome = outcome;
    this.statements.push(this.lookAtCurrent(this.current));
    this.current = undefined;
    this.tellSoon();
  }

  /** Rows of the statement under way. */
  get currentRows(): number {
    return this.rows?.store.rowCount ?? 0;
  }

  /** Takes back the statement under way: it had nothing to show. */
  leaveOut(): void {
    this.current = undefined;
    this.rows = undefined;
    this.expectMore(-1);
  }

  /** A command turned out to be so many statements more than the one it was counted as. */
  expectMore(statements: number): void {
    this.statementCount += statements;
    this.tellSoon();
  }

  /** Bytes of all rows kept so far. */
  get keptBytes(): number {
    return this.bytes;
  }

  private tellSoon(): void {
    this.timer ??= setTimeout(() => this.tellNow(), TELL_EVERY_MS);
  }

  private tellNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.snapshot.set(this.look());
  }

  private look(): RunView {
    const { id, phase, statementCount, at } = this;
    const begun = this.current
      ? [...this.statements, this.lookAtCurrent(this.current)]
      : [...this.statements];
    return { id, at, shared: false, phase, statementCount, statements: begun };
  }

  private lookAtCurrent(current: StatementView): StatementView {
    if (!this.rows) return { ...current };
    const { columns, store } = this.rows;
    return { ...current, result: { columns, rows: store, rowCount: store.rowCount } };
  }
}
