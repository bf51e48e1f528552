import { z } from 'zod';
import { may } from '../../../lib/access/roles';
import { SNAPSHOT_TTL_MIN_SECONDS } from '../../../lib/server/config-snapshots';
import { addressKey } from '../../address';
import type { Relay } from '../../relay';
import { chunksOf } from '../../snapshots/chunks';
import { createSnapshot } from '../../snapshots/create-snapshot';
import { DailyQuota } from '../../snapshots/daily-quota';
import { deleteSnapshot } from '../../snapshots/delete-snapshot';
import { listSnapshots } from '../../snapshots/list-snapshots';
import { HttpError } from '../errors';
import type { Exchange } from '../exchange';
import { readJson } from '../read-json';
import { requireLink } from '../require-link';
import type { Route } from '../router';

/** The announcement without its card. */
const ENVELOPE_BYTES = 1_024;

/** Snapshots of a playground, as those see them who may make them. */
export function snapshotRoutes(relay: Relay): readonly Route[] {
  const { limits, snapshots: keeping } = relay;
  const quota = new DailyQuota(limits, keeping.now);
  const cardMaxCharacters = Math.ceil(limits.snapshotCardMaxBytes / 3) * 4;
  const Announcement = z
    .object({
      bytes: z.int().min(1),
      chunks: z.int().min(1),
      card: z.base64().min(1).max(cardMaxCharacters),
      ttlSeconds: z.int(),
      maxOpenings: z.int().min(1).max(limits.snapshotOpeningsMost).nullish(),
    })
    .refine(({ bytes, chunks }) => chunks === chunksOf(bytes));

  return [
    {
      method: 'POST',
      path: '/api/playgrounds/:id/snapshots',
      handler: async (exchange) => {
        const maxBytes = ENVELOPE_BYTES + cardMaxCharacters;
        const announced = await readJson(exchange.request, Announcement, maxBytes);
        const { playgroundId, linkId } = await requireWriter(relay, exchange);
        await checkAnnounced(relay, announced);
        const taken = quota.take(addressKey(exchange.address), announced.bytes);
        if (!taken.ok) {
          throw new HttpError('snapshot-quota', { 'retry-after': String(taken.retryAfterSeconds) });
        }
        const card = new Uint8Array(Buffer.from(announced.card, 'base64'));
        const maxOpenings = announced.maxOpenings ?? null;
        const made = await createSnapshot(
          keeping,
          { playgroundId, linkId },
          { ...announced, card, maxOpenings },
        );
        if (!made) {
          taken.giveBack();
          throw new HttpError('too-many-snapshots');
        }
        return { status: 201, json: made };
      },
    },
    {
      method: 'GET',
      path: '/api/playgrounds/:id/snapshots',
      handler: async (exchange) => {
        const { playgroundId } = await requireWriter(relay, exchange);
        return { status: 200, json: { snapshots: await listSnapshots(keeping, playgroundId) } };
      },
    },
    {
      method: 'DELETE',
      path: '/api/playgrounds/:id/snapshots/:snapshot',
      handler: async (exchange) => {
        const writer = await requireWriter(relay, exchange);
        const outcome = await deleteSnapshot(keeping, exchange.params.snapshot ?? '', writer);
        if (outcome !== 'deleted') throw new HttpError(outcome);
        return { status: 204 };
      },
    },
  ];
}

async function requireWriter(relay: Relay, exchange: Exchange) {
  const { playgroundId, id: linkId, role } = await requireLink(relay, exchange);
  if (!may(role, 'write')) throw new HttpError('viewer');
  return { playgroundId, linkId, isOwner: role === 'owner' };
}

async function checkAnnounced(
  { snapshots: { settings, objects } }: Relay,
  { bytes, ttlSeconds }: { readonly bytes: number; readonly ttlSeconds: number },
): Promise<void> {
  if (bytes > settings.maxBytes) throw new HttpError('snapshot-too-large');
  if (ttlSeconds < SNAPSHOT_TTL_MIN_SECONDS || ttlSeconds > settings.ttlMaxSeconds) {
    throw new HttpError('ttl-invalid');
  }
  // Told now rather than when most of it is uploaded.
  const room = await objects.room();
  if (room !== undefined && room < bytes) throw new HttpError('store-full');
}
