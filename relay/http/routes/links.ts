import { z } from 'zod';
import { createLink } from '../../playgrounds/create-link';
import { listLinks } from '../../playgrounds/list-links';
import { revokeLink } from '../../playgrounds/revoke-link';
import type { Relay } from '../../relay';
import { HttpError } from '../errors';
import { readJson } from '../read-json';
import { requireOwner } from '../require-owner';
import type { Route } from '../router';

const LinkRequest = z.object({ role: z.enum(['editor', 'viewer']) });

export function linkRoutes(relay: Relay): readonly Route[] {
  const { prisma } = relay.database;
  return [
    {
      method: 'GET',
      path: '/api/playgrounds/:id/links',
      handler: async (exchange) => {
        const playground = await requireOwner(relay, exchange);
        return { status: 200, json: { links: await listLinks(prisma, playground) } };
      },
    },
    {
      method: 'POST',
      path: '/api/playgrounds/:id/links',
      handler: async (exchange) => {
        const { limits } = relay;
        const { role } = await readJson(exchange.request, LinkRequest, limits.jsonBodyMaxBytes);
        const playground = await requireOwner(relay, exchange);
        const link = await createLink(prisma, playground, role, limits.linksPerPlayground);
        if (!link) throw new HttpError('too-many-links');
        return { status: 201, json: link };
      },
    },
    {
      method: 'DELETE',
      path: '/api/playgrounds/:id/links/:link',
      handler: async (exchange) => {
        const playground = await requireOwner(relay, exchange);
        const link = exchange.params.link ?? '';
        const outcome = await revokeLink(prisma, playground, link);
        if (outcome !== 'revoked') throw new HttpError(outcome);
        relay.tickets.revokeLink(link);
        relay.openLinks.revoke(link);
        return { status: 204 };
      },
    },
  ];
}
