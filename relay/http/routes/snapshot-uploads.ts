import { z } from 'zod';
import type { Relay } from '../../relay';
import { chunkLength, parseChunkNumber } from '../../snapshots/chunks';
import { findUpload, type Upload } from '../../snapshots/find-upload';
import { finishSnapshot } from '../../snapshots/finish-snapshot';
import { receivedChunks } from '../../snapshots/received-chunks';
import { storeChunk } from '../../snapshots/store-chunk';
import { Places } from '../../websocket/places';
import { bearerToken } from '../bearer-token';
import { HttpError } from '../errors';
import type { Exchange } from '../exchange';
import { holdPlace } from '../hold-place';
import { readExactly } from '../read-exactly';
import { readJson } from '../read-json';
import type { Route } from '../router';

/** What the upload token allows: chunks in any order, again after a cut, until the snapshot is finished. */
export function snapshotUploadRoutes(relay: Relay): readonly Route[] {
  const { limits, snapshots: keeping } = relay;
  const places = new Places(limits.snapshotUploads, limits.snapshotUploadsPerAddress);
  return [
    {
      method: 'PUT',
      path: '/api/snapshots/:id/chunks/:number',
      handler: async (exchange) => {
        holdPlace(places, exchange, limits.snapshotTransferMs);
        const upload = await requireUpload(relay, exchange);
        if (upload.finished) throw new HttpError('snapshot-finished');
        const number = parseChunkNumber(exchange.params.number ?? '');
        const length = number === undefined ? undefined : chunkLength(upload, number);
        if (number === undefined || length === undefined) throw new HttpError('chunk-unknown');
        const bytes = await readExactly(exchange.request, length);
        const isStored = await storeChunk(keeping, upload, number, bytes);
        if (!isStored) throw new HttpError('upload-unknown');
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: '/api/snapshots/:id/chunks',
      handler: async (exchange) => {
        const upload = await requireUpload(relay, exchange);
        return { status: 200, json: { received: await receivedChunks(keeping, upload) } };
      },
    },
    {
      method: 'POST',
      path: '/api/snapshots/:id/finish',
      handler: async (exchange) => {
        await readJson(exchange.request, z.object({}), limits.jsonBodyMaxBytes);
        const upload = await requireUpload(relay, exchange);
        const finish = await finishSnapshot(keeping, upload);
        if (finish.kind === 'gone') throw new HttpError('upload-unknown');
        if (finish.kind === 'incomplete') {
          const missing = finish.missing.slice(0, limits.snapshotRangesTold);
          throw new HttpError('snapshot-incomplete', {}, { missing });
        }
        return { status: 200, json: { expiresAt: finish.expiresAt } };
      },
    },
  ];
}

async function requireUpload(relay: Relay, exchange: Exchange): Promise<Upload> {
  const token = bearerToken(exchange.request);
  if (token === undefined) throw new HttpError('token-missing', { 'www-authenticate': 'Bearer' });
  const proof = await findUpload(relay.snapshots, exchange.params.id ?? '', token);
  if (proof.ok) return proof.upload;
  relay.metrics.authFailures.inc({ at: 'snapshot' });
  throw new HttpError(proof.code);
}
