import { asFileError } from '@/lib/machine/file-error';
import { Cell, type Readable } from '../state/cell';
import { stayFor } from '../state/stay';
import {
  isOver,
  rateOf,
  type Sample,
  type Transfer,
  type TransferState,
  withSample,
} from './transfer';

/** A person sees no more than this. */
const TELL_EVERY_MS = 200;
/** What is over and was not cleared away. */
const MAX_KEPT = 100;

/** Moves the bytes; rejects with what went wrong. */
export type TransferWork = (
  progress: (bytes: number) => void,
  signal: AbortSignal,
) => Promise<void>;

interface Order extends Pick<Transfer, 'direction' | 'name' | 'totalBytes'> {
  readonly work: TransferWork;
}

/** The transfers of a machine's files. They go on while nobody looks at them. */
export class TransferList {
  readonly all: Readable<readonly Transfer[]>;
  private readonly cell = new Cell<readonly Transfer[]>([]);
  private readonly controllers = new Map<number, AbortController>();
  private nextId = 1;
  /** Ends when all that has been put in before has ended. */
  private uploads: Promise<unknown> = Promise.resolve();

  constructor(private readonly now: () => number = () => performance.now()) {
    this.all = this.cell;
  }

  /** Uploads wait for one another, downloads begin at once. Resolves with how it ended. */
  add({ work, ...order }: Order): Promise<TransferState> {
    const id = this.nextId++;
    this.controllers.set(id, new AbortController());
    const older = this.cell
      .get()
      .filter((one, at, { length }) => !isOver(one) || at > length - MAX_KEPT);
    this.cell.set([...older, { id, ...order, state: { kind: 'waiting' } }]);
    if (order.direction === 'down') return this.run(id, work);
    const turn = this.uploads.then(() => this.run(id, work));
    this.uploads = turn;
    return turn;
  }

  cancel(id: number): void {
    this.controllers.get(id)?.abort();
    // One that waits has nobody yet who would hear of it.
    this.change(id, (state) => (state.kind === 'waiting' ? { kind: 'cancelled' } : state));
  }

  /** Takes what is over off the list. */
  clear(): void {
    this.cell.set(this.cell.get().filter((transfer) => !isOver(transfer)));
  }

  private async run(id: number, work: TransferWork): Promise<TransferState> {
    const { signal } = this.controllers.get(id) ?? new AbortController();
    if (signal.aborted) return { kind: 'cancelled' };
    const startedAt = this.now();
    let samples: readonly Sample[] = [{ at: startedAt, bytes: 0 }];
    let bytes = 0;
    let toldAt = startedAt;
    const progress = (now: number) => {
      bytes = now;
      const at = this.now();
      if (at - toldAt < TELL_EVERY_MS || signal.aborted) return;
      toldAt = at;
      samples = withSample(samples, { at, bytes });
      const rate = rateOf(samples);
      this.change(id, () => ({ kind: 'running', bytes: now, rate }));
    };
    this.change(id, () => ({ kind: 'running', bytes: 0, rate: undefined }));
    const state = await stayFor(work(progress, signal)).then(
      (): TransferState => ({ kind: 'done', bytes, ms: this.now() - startedAt }),
      (thrown: unknown): TransferState => {
        if (signal.aborted) return { kind: 'cancelled' };
        const { code, message } = asFileError(thrown);
        return code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', code, message };
      },
    );
    this.controllers.delete(id);
    this.change(id, () => state);
    return state;
  }

  private change(id: number, next: (state: TransferState) => TransferState): void {
    this.cell.set(
      this.cell.get().map((one) => (one.id === id ? { ...one, state: next(one.state) } : one)),
    );
  }
}
