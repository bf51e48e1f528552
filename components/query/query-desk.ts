import type { Reach } from '../playground/reach';
import { Cell, type Readable } from '../state/cell';
import { PgSession, type PgSessionState, waitReason } from './pg-session';
import { planRun, type RunPlan } from './run-plan';
import { RunRecorder } from './run-recorder';
import type { CellRequest, RunRequest } from './run-request';
import { RunShelf } from './run-shelf';
import { runSteps } from './run-steps';
import type { Outcome, RunPhase, RunView } from './run-view';

type ReadyPlan = Extract<RunPlan, { kind: 'ready' }>;

/** A cell that waits for its turn. */
interface Waiting {
  readonly cell: string;
  readonly request: RunRequest;
  readonly plan: ReadyPlan;
  readonly recorder: RunRecorder;
  /** Cells of one press of Run: when one fails, those behind it do not run. */
  readonly batch: number;
}

type Work =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly recorder: RunRecorder; cancelling?: Promise<void> };

/** A cancellation that takes longer than this has most likely got lost with its connection. */
const CANCEL_LIMIT_MS = 2000;

type FinishedListener = (cell: string, run: RunView, request: RunRequest) => void;

/**
 * Runs cells one after the other in the page's one session, in the order they were asked for, and records what comes.
 * While PostgreSQL cannot be reached they wait and begin by themselves.
 */
export class QueryDesk {
  /** Cells that wait, in order; the one that runs is not among them. */
  readonly queue: Readable<readonly string[]>;
  /** The cell that runs. */
  readonly running: Readable<string | undefined>;
  readonly session: Readable<PgSessionState>;
  /** Why the last session ended, until the next run: what it held is gone. */
  readonly lost: Readable<string | undefined>;
  private readonly queued = new Cell<readonly string[]>([]);
  private readonly runningCell = new Cell<string | undefined>(undefined);
  private readonly lostReason = new Cell<string | undefined>(undefined);
  private readonly shelf = new RunShelf();
  private readonly finished = new Set<FinishedListener>();
  private readonly pg: PgSession;
  private line: readonly Waiting[] = [];
  private work: Work = { kind: 'idle' };
  private runs = 0;
  private batches = 0;
  /** Statements this session has run: without any there is nothing to lose. */
  private ranInSession = 0;

  constructor(private readonly reach: Readable<Reach>) {
    this.pg = new PgSession(reach, (message) => this.sessionLost(message));
    this.queue = this.queued;
    this.running = this.runningCell;
    this.session = this.pg.state;
    this.lost = this.lostReason;
    this.session.subscribe(() => this.proceed());
    reach.subscribe(() => this.proceed());
  }

  /** The present or the last run of a cell by this page; undefined before the first. */
  run(cell: string): Readable<RunView | undefined> {
    return this.shelf.of(cell);
  }

  /** True once anything was to be run. */
  get wasUsed(): boolean {
    return this.runs > 0;
  }

  /** Queues a cell; one that waits already keeps its place and runs this instead. */
  submit(cell: string, request: RunRequest): void {
    const plan = planRun(request);
    if (plan.kind === 'ready') {
      const place = this.line.findIndex((waiting) => waiting.cell === cell);
      const waiting = this.wait(cell, request, plan, ++this.batches);
      this.setLine(place < 0 ? [...this.line, waiting] : this.line.with(place, waiting));
    } else {
      this.leave(cell);
      this.refuse(cell, request, plan.kind === 'empty' ? NOTHING_TO_RUN : plan.reason);
    }
    this.proceed();
  }

  /**
   * Queues cells as one batch, in order: when one fails, those behind it do not run. Cells without a statement are
   * passed over.
   */
  submitAll(requests: readonly CellRequest[]): void {
    const batch = ++this.batches;
    let failed = false;
    for (const { cell, request } of requests) {
      this.leave(cell);
      const plan = planRun(request);
      if (plan.kind === 'empty') continue;
      if (failed) this.refuse(cell, request, NOT_RUN_AFTER_FAILURE);
      else if (plan.kind === 'refused') this.refuse(cell, request, plan.reason);
      else this.setLine([...this.line, this.wait(cell, request, plan, batch)]);
      failed ||= plan.kind === 'refused';
    }
    this.proceed();
  }

  /** Takes a waiting cell out of the queue; one that runs goes on. */
  withdraw(cell: string): void {
    const withdrawn = this.line.find((waiting) => waiting.cell === cell);
    if (!withdrawn) return;
    this.leave(cell);
    this.refuse(cell, withdrawn.request, STOPPED);
    this.proceed();
  }

  /** Cancels what runs and empties the queue; the second time it cuts the session. */
  stop(): void {
    const { work } = this;
    this.refuseAll(STOPPED);
    if (work.kind === 'idle') return;
    if (!work.cancelling) {
      const { recorder } = work;
      const { phase } = recorder.view.get();
      if (phase.kind === 'running') recorder.setPhase({ ...phase, kind: 'stopping' });
      work.cancelling = this.pg.cancel();
    } else {
      this.sessionLost('You cut the session because PostgreSQL did not stop.');
      this.pg.cut();
    }
  }

  /** Told of each run that ended or never began, once it is shown. @returns ends the subscription */
  onFinished(listener: FinishedListener): () => void {
    this.finished.add(listener);
    return () => this.finished.delete(listener);
  }

  close(): void {
    this.refuseAll(STOPPED);
    this.pg.close();
  }

  private wait(cell: string, request: RunRequest, plan: ReadyPlan, batch: number): Waiting {
    const phase: RunPhase = { kind: 'waiting', reason: this.missing() };
    const recorder = new RunRecorder(++this.runs, plan.steps.length, phase);
    return { cell, request, plan, recorder, batch };
  }

  /** Begins the first of the queue once there is a session for it. */
  private proceed(): void {
    if (this.work.kind === 'running') {
      this.tellWaiting();
      return;
    }
    const [next, ...rest] = this.line;
    if (!next) return;
    const reach = this.reach.get();
    if (this.session.get().kind === 'open') {
      this.setLine(rest);
      void this.perform(next);
    } else if (reach.kind === 'closed') {
      this.refuseAll(reach.reason);
    } else {
      this.tellWaiting();
    }
  }

  private async perform(waiting: Waiting): Promise<void> {
    const { cell, request, plan, recorder, batch } = waiting;
    const work: Work = { kind: 'running', recorder };
    this.work = work;
    this.lostReason.set(undefined);
    const startedAt = performance.now();
    recorder.setPhase({ kind: 'running', since: Date.now() });
    this.shelf.show(cell, recorder);
    this.runningCell.set(cell);
    this.tellWaiting();
    const last = await runSteps(plan.steps, {
      recorder,
      session: () => this.session.get(),
      isStopping: () => work.cancelling !== undefined,
      onSend: () => this.ranInSession++,
    });
    // A cancellation under way must not hit what runs next.
    if (work.cancelling) await Promise.race([work.cancelling, pause(CANCEL_LIMIT_MS)]);
    recorder.setPhase({ kind: 'over', elapsedMs: performance.now() - startedAt });
    if (endedSession(last)) this.refuseAll(NOT_RUN_AFTER_LOSS);
    else if (last?.kind === 'failed') this.refuseBatch(batch);
    this.runningCell.set(undefined);
    this.shelf.tidy(cell);
    try {
      this.tellFinished(cell, recorder, request);
    } finally {
      // Whatever those who were told have made of it, the queue goes on.
      this.work = { kind: 'idle' };
      this.proceed();
    }
  }

  private sessionLost(message: string): void {
    if (this.ranInSession > 0) this.lostReason.set(message);
    this.ranInSession = 0;
  }

  /** Says in each waiting cell what it waits for. A cell that also runs says so once its run is over. */
  private tellWaiting(): void {
    const busy = this.work.kind === 'running' ? 1 : 0;
    for (const [index, { cell, recorder }] of this.line.entries()) {
      const reason = waitingFor(index + busy) ?? this.missing();
      const { phase } = recorder.view.get();
      if (phase.kind !== 'waiting' || phase.reason !== reason) {
        recorder.setPhase({ kind: 'waiting', reason });
      }
      if (cell !== this.runningCell.get()) this.shelf.show(cell, recorder);
    }
  }

  private missing(): string {
    const reach = this.reach.get();
    return reach.kind === 'open' ? waitReason(this.session.get()) : reach.reason;
  }

  private refuseBatch(batch: number): void {
    const refused = this.line.filter((waiting) => waiting.batch === batch);
    this.setLine(this.line.filter((waiting) => waiting.batch !== batch));
    for (const { cell, request } of refused) this.refuse(cell, request, NOT_RUN_AFTER_FAILURE);
  }

  private refuseAll(reason: string): void {
    const refused = this.line;
    this.setLine([]);
    for (const { cell, request } of refused) this.refuse(cell, request, reason);
  }

  /** A cell that runs keeps what it shows. */
  private refuse(cell: string, request: RunRequest, reason: string): void {
    if (cell === this.runningCell.get()) return;
    const recorder = new RunRecorder(++this.runs, 0, { kind: 'refused', reason });
    this.shelf.show(cell, recorder);
    this.tellFinished(cell, recorder, request);
  }

  private tellFinished(cell: string, recorder: RunRecorder, request: RunRequest): void {
    for (const listener of [...this.finished]) listener(cell, recorder.view.get(), request);
  }

  private leave(cell: string): void {
    this.setLine(this.line.filter((waiting) => waiting.cell !== cell));
  }

  private setLine(line: readonly Waiting[]): void {
    if (line.length === 0 && this.line.length === 0) return;
    this.line = line;
    this.queued.set(line.map(({ cell }) => cell));
  }
}

const NOTHING_TO_RUN = 'There is no statement to run here.';
const STOPPED = 'Stopped before it began.';
const NOT_RUN_AFTER_FAILURE = 'Not run: an earlier cell failed.';
const NOT_RUN_AFTER_LOSS = 'Not run: the session was lost before its turn.';

/** @param ahead cells that run first */
function waitingFor(ahead: number): string | undefined {
  if (ahead === 0) return undefined;
  return ahead === 1 ? 'Waiting for the cell before it.' : `Waiting for ${ahead} cells before it.`;
}

/** True when the session cannot have outlived it: what waits was written for the session that is gone. */
function endedSession(outcome: Outcome | undefined): boolean {
  if (outcome?.kind !== 'failed') return false;
  const { problem } = outcome;
  return problem.kind === 'connection' || FATAL.has(problem.error.severity);
}

const FATAL = new Set(['FATAL', 'PANIC']);

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
