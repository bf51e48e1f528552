import { dropHeadStart } from '@/lib/machine/head-start';
import { DEFAULT_MEMORY_MB, type MemoryMb } from '@/lib/machine/types';
import type { SharedRun } from '@/lib/notebook/types';
import type { NotebookDocument } from '../document/types';
import { findPlayground, touchPlayground } from '../playgrounds/store';
import { QueryDesk } from '../query/query-desk';
import { ResultSharing } from '../query/result-sharing';
import type { RunView } from '../query/run-view';
import { CatalogueStore } from '../schema/catalogue-store';
import { changesSchema } from '../schema/changes-schema';
import { Cell, type Readable } from '../state/cell';
import { mayEditorsOpen } from '../terminal/editors-allowed';
import { HostedMachine } from './hosted-machine';
import type { Identity } from './identity';
import { loadDocument } from './load-document';
import { type Reach, reachOfMachine, reachOverRelay } from './reach';
import { RelayConnection } from './relay-connection';
import { type Seat, stand } from './seat';
import { tendRestored } from './tend-restored';

export type Member = Exclude<Identity, { kind: 'stranger' }>;

/**
 * This tab's part in one playground: its seat, its machine if it hosts, its connection to the relay, its connection
 * to PostgreSQL, and the notebook. Lives outside React, as long as the tab does, so that going to another page and back
 * does not end the database.
 */
export class Session {
  readonly seat = new Cell<Seat>({ kind: 'electing' });
  readonly relay: RelayConnection;
  readonly desk: QueryDesk;
  readonly reach: Readable<Reach>;
  /** Undefined until its code has come, which is fetched while the machine starts. */
  readonly document: Readable<NotebookDocument | undefined>;
  readonly sharing: ResultSharing;
  private readonly opened = new Cell<NotebookDocument | undefined>(undefined);
  private knownCatalogue: CatalogueStore | undefined;
  private isClosed = false;
  private readonly reached = new Cell<Reach>({
    kind: 'waiting',
    reason: 'Waiting for the machine…',
  });

  constructor(readonly identity: Member) {
    const { credentials } = identity;
    this.reach = this.reached;
    if (identity.kind === 'owner') {
      // Before all else: what hosts starts its machine now, while the page is still being put together.
      stand(credentials.playground, {
        won: () => this.host(),
        lost: () => {
          dropHeadStart();
          this.take({ kind: 'second-tab' });
        },
        inherited: () => this.take({ kind: 'heir' }),
      });
      touchPlayground(credentials.playground);
    }
    this.relay = new RelayConnection(credentials);
    this.relay.tunnel.subscribe(() => this.updateReach());
    this.relay.hostOnline.subscribe(() => this.updateReach());
    this.desk = new QueryDesk(this.reach);
    if (identity.kind === 'guest') this.take({ kind: 'guest' });
    this.document = this.opened;
    this.sharing = new ResultSharing(this.desk, this.document);
    const refresh = ({ statements }: Pick<RunView | SharedRun, 'statements'>) => {
      if (mayHaveChangedSchema(statements)) this.knownCatalogue?.refresh();
    };
    this.desk.onFinished((_, run) => refresh(run));
    void loadDocument(identity, () => this.isClosed).then((document) => {
      document?.onRun(refresh);
      this.opened.set(document);
    });
  }

  /** What this page knows of the database's schema; it looks once somebody asks. */
  get catalogue(): CatalogueStore {
    this.knownCatalogue ??= new CatalogueStore(this.reach);
    return this.knownCatalogue;
  }

  /**
   * Starts the machine in this tab. Called by the election, by the owner in a tab that inherited, and by an editor
   * while nobody hosts.
   */
  host(): void {
    if (this.seat.get().kind === 'host') return;
    const { credentials } = this.identity;
    const machine = new HostedMachine(credentials, keptMemory(credentials.playground));
    machine.state.subscribe(() => this.updateReach());
    this.take({ kind: 'host', machine });
    machine.allowTerminals(mayEditorsOpen(credentials.playground));
    tendRestored(this, machine);
  }

  /** Ends the machine that a guest started here, and goes over to the one the playground has now. */
  joinHost(): void {
    const seat = this.seat.get();
    if (seat.kind !== 'host' || this.identity.kind !== 'guest') return;
    this.take({ kind: 'guest' });
    seat.machine.dispose();
  }

  /** Leaves a playground that was joined by a link; a host is never closed but by its tab. */
  close(): void {
    this.isClosed = true;
    this.desk.close();
    this.relay.dispose();
    this.knownCatalogue?.dispose();
    this.opened.get()?.dispose();
  }

  private take(seat: Seat): void {
    this.seat.set(seat);
    this.updateReach();
  }

  private updateReach(): void {
    const seat = this.seat.get();
    if (seat.kind === 'electing') return;
    const { relay } = this;
    this.reached.set(
      seat.kind === 'host'
        ? reachOfMachine(seat.machine.state.get(), seat.machine.backend)
        : reachOverRelay(relay.tunnel.get(), relay.hostOnline.get(), relay.backend),
    );
  }
}

function keptMemory(playground: string): MemoryMb {
  return findPlayground(playground)?.memoryMb ?? DEFAULT_MEMORY_MB;
}

function mayHaveChangedSchema(statements: (RunView | SharedRun)['statements']): boolean {
  return statements.some(
    ({ outcome, sql }) => outcome.kind === 'done' && changesSchema(outcome.tag, sql),
  );
}
