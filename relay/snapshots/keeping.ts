import type { SnapshotSettings } from '../../lib/server/config-snapshots';
import type { PrismaClient } from '../../lib/server/database/open';
import type { Log } from '../../lib/server/log';
import type { Metrics } from '../../lib/server/metrics';
import type { ObjectStore } from '../../lib/server/objects/types';
import type { Limits } from '../limits';

/** What keeping snapshots needs. The server holds them as it got them: it has no key to any. */
export interface SnapshotKeeping {
  readonly settings: SnapshotSettings;
  readonly limits: Limits;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly prisma: PrismaClient;
  readonly objects: ObjectStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
