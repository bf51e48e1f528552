import { dropHeadStart } from '@/lib/machine/head-start';
import { DEFAULT_MEMORY_MB, type MemoryMb } from '@/lib/machine/types';
import { findPlayground, touchPlayground } from '../playgrounds/store';
import { QueryDesk } from '../query/query-desk';
import { Cell, type Readable } from '../state/cell';
import { HostedMachine } from './hosted-machine';
import type { Identity } from './identity';
import { type Reach, reachOfMachine, reachOverRelay } from './reach';
import { RelayConnection } from './relay-connection';
import { type Seat, stand } from './seat';

export type Member = Exclude<Identity, { kind: 'stranger' }>;

/**
 * This tab's part in one playground: its seat, its machine if it hosts, its connection to the relay, and its
 * connection to PostgreSQL. Lives outside React, as long as the tab does, so that going to another page and back
 * does not end the database.
 */
export class Session {
  readonly seat = new Cell<Seat>({ kind: 'electing' });
  readonly relay: RelayConnection;
  readonly desk: QueryDesk;
  readonly reach: Readable<Reach>;
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
  }

  /** Starts the machine in this tab. Called by the election, and by the owner in a tab that inherited. */
  host(): void {
    const { credentials } = this.identity;
    const machine = new HostedMachine(credentials, keptMemory(credentials.playground));
    machine.state.subscribe(() => this.updateReach());
    this.take({ kind: 'host', machine });
  }

  /** Leaves a playground that was joined by a link; a host is never closed but by its tab. */
  close(): void {
    this.desk.close();
    this.relay.dispose();
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
