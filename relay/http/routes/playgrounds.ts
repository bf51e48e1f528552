import { RateLimiterMemory } from 'rate-limiter-flexible';
import { z } from 'zod';
import { createPlayground } from '../../playgrounds/create-playground';
import { findPlayground } from '../../playgrounds/find-playground';
import type { Relay } from '../../relay';
import { HttpError } from '../errors';
import { consume } from '../rate-limit';
import { readJson } from '../read-json';
import type { Route } from '../router';

export function playgroundRoutes(relay: Relay): readonly Route[] {
  const creates = new RateLimiterMemory({
    points: relay.limits.createsPerAddressPerMinute,
    duration: 60,
  });
  return [
    {
      method: 'POST',
      path: '/api/playgrounds',
      handler: async ({ request, address }) => {
        await readJson(request, z.object({}), relay.limits.jsonBodyMaxBytes);
        await consume(creates, address);
        return { status: 201, json: await createPlayground(relay.database.prisma) };
      },
    },
    {
      method: 'GET',
      path: '/api/playgrounds/:id',
      handler: async ({ params }) => {
        const playground = await findPlayground(relay.database.prisma, params.id ?? '');
        if (!playground) throw new HttpError('playground-unknown');
        const { id, createdAt } = playground;
        return { status: 200, json: { id, createdAt, hostOnline: relay.hub.isHostOnline(id) } };
      },
    },
  ];
}
