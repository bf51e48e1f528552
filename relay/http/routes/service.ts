import { SNAPSHOT_TTL_MIN_SECONDS } from '../../../lib/server/config-snapshots';
import { SEALED_CHUNK_BYTES } from '../../../lib/snapshot/seal/limits';
import type { Relay } from '../../relay';
import type { Route } from '../router';

/** What operators and pages ask about the server itself. */
export function serviceRoutes(relay: Relay): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/config',
      handler: async () => {
        const { publicUrl, pgHost, pgPort } = relay.addresses();
        return {
          status: 200,
          json: { pgHost, pgPort, pgTls: true, publicUrl, snapshots: snapshotLimits(relay) },
        };
      },
    },
    {
      method: 'GET',
      path: '/api/health',
      handler: async () => {
        const database = await checkDatabase(relay);
        const facts = { database, uptimeSeconds: Math.floor(process.uptime()) };
        if (database !== 'ok') return { status: 503, json: { status: 'failing', ...facts } };
        return { status: 200, json: { status: 'ok', ...facts } };
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      handler: async () => {
        const { registry } = relay.metrics;
        relay.traffic.collect();
        return {
          status: 200,
          text: await registry.metrics(),
          contentType: registry.contentType,
        };
      },
    },
  ];
}

/** What a page tells a person before a snapshot is made, and how it cuts one. */
function snapshotLimits({ snapshots: { settings } }: Relay) {
  return {
    maxBytes: settings.maxBytes,
    chunkBytes: SEALED_CHUNK_BYTES,
    ttlMinSeconds: SNAPSHOT_TTL_MIN_SECONDS,
    ttlMaxSeconds: settings.ttlMaxSeconds,
  };
}

async function checkDatabase({ database, limits, log }: Relay): Promise<'ok' | 'unreachable'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), limits.healthTimeoutMs);
  });
  try {
    await Promise.race([database.prisma.$queryRaw`SELECT 1`, late]);
    return 'ok';
  } catch (error) {
    log.error({ err: error }, 'the database does not answer');
    return 'unreachable';
  } finally {
    clearTimeout(timer);
  }
}
