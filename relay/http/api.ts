import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../../lib/server/log';
import { ObjectStoreError } from '../../lib/server/objects/errors';
import { addressOf } from '../address';
import type { Relay } from '../relay';
import { HttpError } from './errors';
import { isOwnOrigin } from './origin';
import { sendError, sendReply } from './respond';
import { findRoute, type Route } from './router';
import { linkRoutes } from './routes/links';
import { playgroundRoutes } from './routes/playgrounds';
import { serviceRoutes } from './routes/service';
import { snapshotReadingRoutes } from './routes/snapshot-reading';
import { snapshotUploadRoutes } from './routes/snapshot-uploads';
import { snapshotRoutes } from './routes/snapshots';
import { ticketRoutes } from './routes/tickets';
import { versionRoutes } from './routes/versions';

export type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  log: Log,
) => Promise<void>;

/** Serves `/api/*` and `/metrics`. */
export function createApi(relay: Relay): Serve {
  const routes: readonly Route[] = [
    ...serviceRoutes(relay),
    ...playgroundRoutes(relay),
    ...ticketRoutes(relay),
    ...linkRoutes(relay),
    ...versionRoutes(relay),
    ...snapshotRoutes(relay),
    ...snapshotUploadRoutes(relay),
    ...snapshotReadingRoutes(relay),
  ];
  return async (request, response, path, log) => {
    const method = request.method ?? 'GET';
    const address = addressOf(request, relay.config.trustProxyHops);
    const stopTimer = relay.metrics.httpSeconds.startTimer();
    let pattern = 'unknown';
    try {
      const { route, params } = findRoute(routes, method, path);
      pattern = route.path;
      if (!isOwnOrigin(request, relay.addresses().publicUrl)) throw new HttpError('origin-foreign');
      const origin = request.headers.origin ?? '';
      const whenOver = (work: () => void) => {
        if (response.destroyed) work();
        else response.once('close', work);
      };
      const exchange = { request, params, address, origin, log, whenOver };
      sendReply(response, await route.handler(exchange));
    } catch (error) {
      sendError(response, asHttpError(error, relay, log));
    } finally {
      const { statusCode: status } = response;
      const seconds = stopTimer({ route: pattern });
      relay.metrics.httpRequests.inc({ method, route: pattern, status: String(status) });
      log.info(
        { method, route: pattern, status, address, ms: Math.round(seconds * 1000) },
        'request',
      );
    }
  };
}

/** Names the error, counts it, and logs what is a fault of ours. */
export function asHttpError(error: unknown, { metrics }: Relay, log: Log): HttpError {
  const refusal = error instanceof HttpError ? error : nameFault(error);
  metrics.rejects.inc({ at: 'http', code: refusal.code });
  if (refusal.status >= 500) log.error({ err: error }, 'request failed');
  return refusal;
}

/** Prisma's and node-postgres' signs of a database that cannot be reached. */
const UNREACHABLE = /^(P1\d{3}|P2024|ECONN\w+|ENOENT|57P0\d|53300)$/;

const STORE_FAULTS = {
  'store-full': 'store-full',
  'store-unavailable': 'store-unavailable',
  // Lengths and keys are checked before: these are faults of ours.
  'length-wrong': 'internal',
  'key-malformed': 'internal',
} as const;

function nameFault(error: unknown): HttpError {
  if (error instanceof ObjectStoreError) return new HttpError(STORE_FAULTS[error.code]);
  const code = (error as { code?: unknown } | null)?.code;
  const isUnreachable = typeof code === 'string' && UNREACHABLE.test(code);
  return new HttpError(isUnreachable ? 'unavailable' : 'internal');
}
