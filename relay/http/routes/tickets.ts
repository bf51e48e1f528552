import { z } from 'zod';
import { may } from '../../../lib/access/roles';
import { TICKET_PURPOSES } from '../../../lib/access/tickets';
import { proveLink } from '../../access/prove-link';
import { findPlayground } from '../../playgrounds/find-playground';
import type { Relay } from '../../relay';
import { mayReplaceHost } from '../../tunnel/room';
import { HttpError } from '../errors';
import { readJson } from '../read-json';
import type { Route } from '../router';

const TicketRequest = z.object({
  link: z.string().max(64),
  secret: z.string().max(64),
  as: z.enum(TICKET_PURPOSES),
});

export function ticketRoutes(relay: Relay): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/playgrounds/:id/tickets',
      handler: async ({ request, params, address, origin }) => {
        const shown = await readJson(request, TicketRequest, relay.limits.jsonBodyMaxBytes);
        const playground = await findPlayground(relay.database.prisma, params.id ?? '');
        if (!playground) throw new HttpError('playground-unknown');
        const proof = { playground: playground.id, link: shown.link, secret: shown.secret };
        const proven = await proveLink(relay, proof, address);
        if (!proven.ok) throw new HttpError(proven.code);
        const { id: link, role } = proven.link;
        if (shown.as === 'host') {
          if (!may(role, 'host')) throw new HttpError('viewer');
          // A courtesy: what counts is asked again when the host says HELLO.
          if (!mayReplaceHost(role) && relay.hub.isHostOnline(playground.id)) {
            throw new HttpError('host-online');
          }
        }
        const grant = { playground: playground.id, link, role, as: shown.as, origin };
        const { ticket, expiresInMs } = relay.tickets.issue(grant);
        relay.metrics.tickets.inc({ event: 'issued', as: shown.as });
        return { status: 201, json: { ticket, role, expiresInMs } };
      },
    },
  ];
}
