import type { SharedRun } from '@/lib/notebook/types';
import type { NotebookDocument } from '../document/types';
import type { Readable } from '../state/cell';
import type { QueryDesk } from './query-desk';
import type { RunRequest } from './run-request';
import type { RunView } from './run-view';
import { toSharedRun } from './shared-run';

/** Told to nobody: the page always knows its own name once it may edit. */
const NAMELESS = 'Somebody';

/** Puts what this page runs into the notebook, for those who may edit it. */
export class ResultSharing {
  private readonly seenAtEnd = new Map<string, SharedRun | undefined>();
  /** Runs that ended before it was known whether this page may share. */
  private readonly early = new Map<string, RunView>();

  constructor(
    desk: QueryDesk,
    private readonly document: Readable<NotebookDocument | undefined>,
  ) {
    desk.onFinished((cell, run, request) => this.take(cell, run, request));
    const opened = () => {
      const notebook = document.get();
      notebook?.mayEdit.subscribe(() => this.shareEarly());
      this.shareEarly();
    };
    document.subscribe(opened);
    opened();
  }

  /** What was shared of a cell when this page's own last run of it ended. */
  seen(cell: string): SharedRun | undefined {
    return this.seenAtEnd.get(cell);
  }

  private take(cell: string, run: RunView, request: RunRequest): void {
    const document = this.document.get();
    this.early.delete(cell);
    if (run.phase.kind === 'over' && !request.unshared) {
      if (document?.mayEdit.get()) share(document, cell, run);
      else if (isUndecided(document)) this.early.set(cell, run);
    }
    this.seenAtEnd.set(cell, document?.result(cell).get());
  }

  private shareEarly(): void {
    const document = this.document.get();
    if (!document || isUndecided(document)) return;
    for (const [cell, run] of this.early) {
      this.early.delete(cell);
      if (document.mayEdit.get()) share(document, cell, run);
      this.seenAtEnd.set(cell, document.result(cell).get());
    }
  }
}

/** True until it is known whether this page may edit. */
function isUndecided(document: NotebookDocument | undefined): boolean {
  return !document || (document.save.get().kind === 'opening' && !document.mayEdit.get());
}

function share(document: NotebookDocument, cell: string, run: RunView): void {
  const me = document.people.get().find(({ isMe }) => isMe);
  document.shareResult(cell, toSharedRun(run, me?.name ?? NAMELESS));
}
