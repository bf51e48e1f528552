import { errorOffset } from '@/lib/postgres/error-position';
import { PgError } from '@/lib/postgres/errors';
import { splitStatements } from '@/lib/postgres/statements';
import { errorSpan, lineAndColumn } from '../editor/error-span';
import type { Reach } from '../playground/reach';
import { toColumns } from '../results/column';
import { Cell, type Readable } from '../state/cell';
import { PgSession, type PgSessionState } from './pg-session';
import { RunRecorder } from './run-recorder';
import type { Outcome, Problem, RunView } from './run-view';

/** Rows of one statement that the page keeps; a grid of more helps nobody, and `\copy` does. */
export const ROW_LIMIT = 100_000;
/** Bytes of rows that one run may keep, so that a tab with little memory survives it. */
const RUN_BYTES = 256 * 1024 * 1024;

/** What Run is given: the whole text, and the stretch of it to run. */
export interface RunRequest {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Where the desk is with the last Run. */
type Work =
  | { readonly kind: 'idle' }
  | { readonly kind: 'queued'; readonly request: RunRequest; readonly recorder: RunRecorder }
  | { readonly kind: 'running'; readonly recorder: RunRecorder; stopping: boolean };

/** Takes texts, runs their statements one by one in the page's session, and records what comes. */
export class QueryDesk {
  /** The present or the last run; undefined before the first. */
  readonly run: Readable<RunView | undefined>;
  readonly session: Readable<PgSessionState>;
  /** Why the last session ended, until the next run: what it held is gone. */
  readonly lost: Readable<string | undefined>;
  private readonly shown = new Cell<RunView | undefined>(undefined);
  private readonly lostReason = new Cell<string | undefined>(undefined);
  private readonly pg: PgSession;
  private work: Work = { kind: 'idle' };
  private runs = 0;
  /** Statements this session has run: without any there is nothing to lose. */
  private ranInSession = 0;
  private unfollow: () => void = () => {};

  constructor(private readonly reach: Readable<Reach>) {
    this.pg = new PgSession(reach, (message) => this.sessionLost(message));
    this.run = this.shown;
    this.session = this.pg.state;
    this.lost = this.lostReason;
    this.session.subscribe(() => this.proceed());
    reach.subscribe(() => this.proceed());
  }

  /** Runs a text now, or as soon as PostgreSQL can be reached. A queued text is replaced. */
  submit(request: RunRequest): void {
    if (this.work.kind === 'running') return;
    const statements = splitStatements(request.text.slice(request.start, request.end));
    const reach = this.reach.get();
    const recorder = new RunRecorder(++this.runs, statements.length, {
      kind: 'waiting',
      reason: reach.kind === 'open' ? 'Opening a session…' : reach.reason,
    });
    this.unfollow();
    this.unfollow = recorder.view.subscribe(() => this.shown.set(recorder.view.get()));
    this.shown.set(recorder.view.get());
    if (statements.length === 0) {
      recorder.setPhase({ kind: 'refused', reason: 'There is no statement to run here.' });
      this.work = { kind: 'idle' };
      return;
    }
    this.work = { kind: 'queued', request, recorder };
    this.proceed();
  }

  /** Takes a queued text back, cancels a running one; the second time it cuts the session. */
  stop(): void {
    const { work } = this;
    if (work.kind === 'queued') {
      work.recorder.setPhase({ kind: 'refused', reason: 'Stopped before it began.' });
      this.work = { kind: 'idle' };
    } else if (work.kind === 'running' && !work.stopping) {
      work.stopping = true;
      const { phase } = work.recorder.view.get();
      if (phase.kind === 'running') work.recorder.setPhase({ ...phase, kind: 'stopping' });
      void this.pg.cancel();
    } else if (work.kind === 'running') {
      this.sessionLost('You cut the session because PostgreSQL did not stop.');
      this.pg.cut();
    }
  }

  close(): void {
    this.pg.close();
  }

  /** Begins the queued run once there is a session for it. */
  private proceed(): void {
    const { work } = this;
    if (work.kind !== 'queued') return;
    const state = this.session.get();
    const reach = this.reach.get();
    if (state.kind === 'open') {
      void this.perform(work.request, work.recorder);
    } else if (reach.kind === 'closed') {
      work.recorder.setPhase({ kind: 'refused', reason: reach.reason });
      this.work = { kind: 'idle' };
    } else {
      const reason = reach.kind === 'waiting' ? reach.reason : waitReason(state);
      work.recorder.setPhase({ kind: 'waiting', reason });
    }
  }

  private async perform(request: RunRequest, recorder: RunRecorder): Promise<void> {
    const work: Work = { kind: 'running', recorder, stopping: false };
    this.work = work;
    this.lostReason.set(undefined);
    const since = Date.now();
    const startedAt = performance.now();
    recorder.setPhase({ kind: 'running', since });
    const part = request.text.slice(request.start, request.end);
    for (const { start, end } of splitStatements(part)) {
      const outcome = await this.performOne(part.slice(start, end), recorder, (index) => {
        const span = errorSpan(request.text, request.start + start + index);
        return { span, ...lineAndColumn(request.text, span.start) };
      });
      recorder.finish(outcome);
      if (outcome.kind === 'failed' || work.stopping) break;
    }
    this.work = { kind: 'idle' };
    recorder.setPhase({ kind: 'over', elapsedMs: performance.now() - startedAt });
  }

  private async performOne(
    sql: string,
    recorder: RunRecorder,
    locate: (index: number) => {
      span: { start: number; end: number };
      line: number;
      column: number;
    },
  ): Promise<Outcome> {
    recorder.begin(sql);
    const startedAt = performance.now();
    const elapsed = () => performance.now() - startedAt;
    const state = this.session.get();
    if (state.kind !== 'open') {
      return failure({ kind: 'connection', message: waitReason(state) }, elapsed());
    }
    this.ranInSession++;
    let tag = '';
    let discardedRows = 0;
    try {
      await state.client.simple(
        sql,
        {
          fields: (fields) => recorder.columns(toColumns(fields)),
          rows: (batch) => recorder.append(batch),
          copyOut: (chunk) => recorder.appendCopied(chunk),
          notice: (notice) => recorder.notice(notice),
          complete: (result) => {
            tag = result.tag;
            discardedRows = result.discarded.rows;
          },
        },
        { maxRows: ROW_LIMIT, maxBytes: Math.max(0, RUN_BYTES - recorder.keptBytes) },
      );
      return { kind: 'done', tag, discardedRows, elapsedMs: elapsed() };
    } catch (error) {
      if (!(error instanceof PgError)) {
        const message = error instanceof Error ? error.message : String(error);
        return failure({ kind: 'connection', message }, elapsed());
      }
      const place =
        error.position === undefined ? undefined : locate(errorOffset(sql, error.position));
      return failure({ kind: 'postgres', error, place }, elapsed());
    }
  }

  private sessionLost(message: string): void {
    if (this.ranInSession > 0) this.lostReason.set(message);
    this.ranInSession = 0;
  }
}

function failure(problem: Problem, elapsedMs: number): Outcome {
  return { kind: 'failed', problem, elapsedMs };
}

function waitReason(state: PgSessionState): string {
  return state.kind === 'failed' ? `${state.message} Trying again…` : 'Opening a session…';
}
