import { z } from 'zod';
import { may } from '../../../lib/access/roles';
import { createNamedVersion } from '../../notebook/versions/create-version';
import { deleteVersion } from '../../notebook/versions/delete-version';
import { findVersion } from '../../notebook/versions/find-version';
import { listVersions } from '../../notebook/versions/list-versions';
import { readDocument } from '../../notebook/versions/read-document';
import type { Relay } from '../../relay';
import { HttpError } from '../errors';
import { readJson } from '../read-json';
import { requireLink } from '../require-link';
import { requireOwner } from '../require-owner';
import type { Route } from '../router';

/** PostgreSQL's text holds anything but the character 0. */
const text = (maxCharacters: number) =>
  z
    .string()
    .trim()
    .max(maxCharacters)
    .refine((value) => !value.includes('\0'));

const VersionRequest = z.object({
  /** A title of a few words. */
  name: text(200).min(1),
  /** The name a person goes by in the notebook. */
  by: text(100),
});

/** Versions of a notebook: rules W of docs/notebook.md. */
export function versionRoutes(relay: Relay): readonly Route[] {
  const { limits, metrics } = relay;
  const { prisma } = relay.database;
  return [
    {
      method: 'GET',
      path: '/api/playgrounds/:id/versions',
      handler: async (exchange) => {
        const { playgroundId } = await requireLink(relay, exchange);
        return { status: 200, json: { versions: await listVersions(prisma, playgroundId) } };
      },
    },
    {
      method: 'POST',
      path: '/api/playgrounds/:id/versions',
      handler: async (exchange) => {
        const named = await readJson(exchange.request, VersionRequest, limits.jsonBodyMaxBytes);
        const { playgroundId, role } = await requireLink(relay, exchange);
        if (!may(role, 'write')) throw new HttpError('viewer');
        await relay.notebooks.settled(playgroundId);
        const state = await readDocument(prisma, playgroundId);
        const id = await createNamedVersion(prisma, playgroundId, { ...named, state }, limits);
        if (id === undefined) throw new HttpError('too-many-versions');
        metrics.notebookVersions.inc({ kind: 'named' });
        return { status: 201, json: { id } };
      },
    },
    {
      method: 'GET',
      path: '/api/playgrounds/:id/versions/:version',
      handler: async (exchange) => {
        const { playgroundId } = await requireLink(relay, exchange);
        const bytes = await findVersion(prisma, playgroundId, exchange.params.version ?? '');
        if (!bytes) throw new HttpError('version-unknown');
        return { status: 200, bytes };
      },
    },
    {
      method: 'DELETE',
      path: '/api/playgrounds/:id/versions/:version',
      handler: async (exchange) => {
        const playgroundId = await requireOwner(relay, exchange);
        const version = exchange.params.version ?? '';
        if (!(await deleteVersion(prisma, playgroundId, version))) {
          throw new HttpError('version-unknown');
        }
        return { status: 204 };
      },
    },
  ];
}
