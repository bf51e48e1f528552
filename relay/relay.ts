import type { TicketBook } from '../lib/access/tickets';
import type { Config } from '../lib/server/config';
import type { Database } from '../lib/server/database/open';
import type { Log } from '../lib/server/log';
import type { Metrics } from '../lib/server/metrics';
import type { FailureThrottle } from './access/failure-throttle';
import type { OpenLinks } from './access/open-links';
import type { Limits } from './limits';
import type { Notebooks } from './notebook/notebooks';
import type { CancelKeys } from './session/cancel-keys';
import type { SnapshotKeeping } from './snapshots/keeping';
import type { Hub } from './tunnel/hub';
import type { Traffic } from './tunnel/traffic';

/** What the parts of one relay share. */
export interface Relay {
  readonly config: Config;
  readonly limits: Limits;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly database: Database;
  readonly tickets: TicketBook;
  readonly throttle: FailureThrottle;
  readonly openLinks: OpenLinks;
  readonly hub: Hub;
  readonly notebooks: Notebooks;
  readonly snapshots: SnapshotKeeping;
  readonly cancelKeys: CancelKeys;
  readonly traffic: Traffic;
  /** How people reach it; known once both ports listen. */
  readonly addresses: () => PublicAddresses;
}

export interface PublicAddresses {
  /** Origin of the pages, without a final slash. */
  readonly publicUrl: string;
  readonly pgHost: string;
  readonly pgPort: number;
}
