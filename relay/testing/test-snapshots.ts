import { randomBytes } from 'node:crypto';
import { SEALED_CHUNK_BYTES } from '../../lib/snapshot/seal/limits';
import { type ChunkRange, chunksOf } from '../snapshots/chunks';
import type { TestLink, TestPlayground, TestRelay } from './test-relay';

/** An upload under way, as the page that makes it knows it. */
export interface TestUpload {
  readonly id: string;
  readonly uploadToken: string;
  readonly content: Buffer;
}

export interface SnapshotAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The JSON of the answer; empty when it has none. */
  readonly body: SnapshotBody;
}

/** Every field the routes answer with; a test asks only for those of the one it calls. */
export interface SnapshotBody {
  readonly id: string;
  readonly uploadToken: string;
  readonly token: string;
  readonly expiresInMs: number;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly openingsLeft: number | null;
  readonly received: readonly ChunkRange[];
  /** Of a list: one for each; of `/api/config`: what they may be. */
  readonly snapshots: unknown;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly missing: readonly ChunkRange[];
  };
}

/** A page that makes and opens snapshots through the API. */
export class TestSnapshots {
  constructor(
    readonly relay: Pick<TestRelay, 'url'>,
    readonly playground: TestPlayground,
    readonly link: TestLink = playground.owner,
  ) {}

  async call(
    method: string,
    path: string,
    options: {
      readonly token?: string;
      readonly link?: TestLink;
      readonly json?: unknown;
      readonly bytes?: Uint8Array<ArrayBuffer>;
      readonly origin?: string;
    } = {},
  ): Promise<SnapshotAnswer> {
    const { link, json, bytes, origin } = options;
    const token = link ? `${link.id}.${link.secret}` : options.token;
    const response = await fetch(this.relay.url + path, {
      method,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...(origin && { origin }) },
      body: bytes ?? (json === undefined ? undefined : JSON.stringify(json)),
    });
    const answer = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    const body = isJson ? JSON.parse(answer.toString()) : {};
    return { status: response.status, headers: response.headers, bytes: answer, body };
  }

  async announce(fields: object = {}, link = this.link, origin?: string): Promise<SnapshotAnswer> {
    const path = `/api/playgrounds/${this.playground.id}/snapshots`;
    const card = Buffer.from('a sealed card').toString('base64');
    const json = { bytes: 10, chunks: 1, card, ttlSeconds: 3_600, ...fields };
    return await this.call('POST', path, { json, link, origin });
  }

  /** @param chunks the last one is half as long as the others */
  async begin(chunks = 1, fields: object = {}, link = this.link): Promise<TestUpload> {
    const bytes = (chunks - 0.5) * SEALED_CHUNK_BYTES;
    const content = randomBytes(bytes);
    const { body } = await this.announce({ bytes, chunks: chunksOf(bytes), ...fields }, link);
    const { id, uploadToken } = body;
    return { id, uploadToken, content };
  }

  async put(upload: TestUpload, chunk: number): Promise<SnapshotAnswer> {
    const path = `/api/snapshots/${upload.id}/chunks/${chunk}`;
    return await this.call('PUT', path, {
      token: upload.uploadToken,
      bytes: new Uint8Array(chunkOf(upload.content, chunk)),
    });
  }

  async received({ id, uploadToken: token }: TestUpload): Promise<readonly ChunkRange[]> {
    return (await this.call('GET', `/api/snapshots/${id}/chunks`, { token })).body.received;
  }

  async finish({ id, uploadToken: token }: TestUpload): Promise<SnapshotAnswer> {
    return await this.call('POST', `/api/snapshots/${id}/finish`, { token });
  }

  /** A finished snapshot. */
  async make(chunks = 1, fields: object = {}, link = this.link): Promise<TestUpload> {
    const upload = await this.begin(chunks, fields, link);
    for (let chunk = 0; chunk < chunks; chunk++) await this.put(upload, chunk);
    await this.finish(upload);
    return upload;
  }

  async find(id: string): Promise<SnapshotAnswer> {
    return await this.call('GET', `/api/snapshots/${id}`);
  }

  async open(id: string): Promise<SnapshotAnswer> {
    return await this.call('POST', `/api/snapshots/${id}/openings`, { json: {} });
  }

  async read(id: string, token: string, chunk: number | string): Promise<SnapshotAnswer> {
    return await this.call('GET', `/api/snapshots/${id}/chunks/${chunk}`, { token });
  }

  async list(link = this.link): Promise<SnapshotAnswer> {
    return await this.call('GET', `/api/playgrounds/${this.playground.id}/snapshots`, { link });
  }

  async delete(id: string, link = this.link): Promise<SnapshotAnswer> {
    const path = `/api/playgrounds/${this.playground.id}/snapshots/${id}`;
    return await this.call('DELETE', path, { link });
  }
}

export function chunkOf(content: Buffer, chunk: number): Buffer {
  return content.subarray(chunk * SEALED_CHUNK_BYTES, (chunk + 1) * SEALED_CHUNK_BYTES);
}
