import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import type { Relay } from '../../relay';
import { parseChunkNumber } from '../../snapshots/chunks';
import { findSnapshot } from '../../snapshots/find-snapshot';
import { openSnapshot } from '../../snapshots/open-snapshot';
import { readChunk } from '../../snapshots/read-chunk';
import { openingsLeft } from '../../snapshots/state';
import { Places } from '../../websocket/places';
import { bearerToken } from '../bearer-token';
import { HttpError } from '../errors';
import { holdPlace } from '../hold-place';
import { consume } from '../rate-limit';
import { readJson } from '../read-json';
import type { Route } from '../router';

/** What whoever has a snapshot's address may do. What it holds they can only read with the key in its link. */
export function snapshotReadingRoutes(relay: Relay): readonly Route[] {
  const { limits, metrics, snapshots: keeping } = relay;
  const places = new Places(limits.snapshotDownloads, limits.snapshotDownloadsPerAddress);
  const openings = new RateLimiterMemory({
    points: limits.snapshotOpeningsPerAddressPerMinute,
    duration: 60,
  });
  return [
    {
      method: 'GET',
      path: '/api/snapshots/:id',
      handler: async ({ params }) => {
        const found = await findSnapshot(keeping, params.id ?? '');
        if (!found.ok) throw new HttpError(found.code);
        const { id, bytes, chunks, card, createdAt, expiresAt } = found.snapshot;
        const facts = { id, bytes: Number(bytes), chunks, createdAt, expiresAt };
        const sealed = Buffer.from(card).toString('base64');
        const left = openingsLeft(found.snapshot);
        return { status: 200, json: { ...facts, card: sealed, openingsLeft: left } };
      },
    },
    {
      method: 'POST',
      path: '/api/snapshots/:id/openings',
      handler: async ({ request, params, address }) => {
        await readJson(request, z.object({}), limits.jsonBodyMaxBytes);
        await consume(openings, address);
        const opened = await openSnapshot(keeping, params.id ?? '');
        if (!opened.ok) throw new HttpError(opened.code);
        return {
          status: 201,
          json: { token: opened.token, expiresInMs: limits.snapshotOpeningMs },
        };
      },
    },
    {
      method: 'GET',
      path: '/api/snapshots/:id/chunks/:number',
      handler: async (exchange) => {
        holdPlace(places, exchange, limits.snapshotTransferMs);
        const { id = '', number = '' } = exchange.params;
        const token = bearerToken(exchange.request);
        if (token === undefined) {
          throw new HttpError('token-missing', { 'www-authenticate': 'Bearer' });
        }
        const chunk = await readChunk(keeping, id, token, parseChunkNumber(number));
        if (chunk.ok) return { status: 200, bytes: chunk.bytes };
        if (chunk.code === 'opening-unknown') metrics.authFailures.inc({ at: 'snapshot' });
        throw new HttpError(chunk.code);
      },
    },
  ];
}
