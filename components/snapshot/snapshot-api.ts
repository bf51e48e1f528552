import type { Credentials } from '@/lib/machine/types';
import { type Answer, ask } from '../playgrounds/ask';

/** What the server tells everybody of a snapshot; what it is stands in the card, which it cannot read. */
export interface SnapshotFacts {
  readonly id: string;
  /** Of all sealed chunks. */
  readonly bytes: number;
  readonly chunks: number;
  /** The sealed card in base64. */
  readonly card: string;
  readonly createdAt: string | number;
  readonly expiresAt: string | number;
  /** Null: as many as one likes. */
  readonly openingsLeft: number | null;
}

/** What the server is told of a snapshot before it is sent. */
export interface Announcement {
  readonly bytes: number;
  readonly chunks: number;
  readonly card: string;
  readonly ttlSeconds: number;
  readonly maxOpenings?: number;
}

/** What the server tells a playground's owner of a snapshot. */
export interface ListedSnapshot {
  readonly id: string;
  readonly bytes: number;
  readonly createdAt: string | number;
  /** Of one that is not finished: when its upload counts as given up. */
  readonly expiresAt: string | number;
  readonly openingsLeft: number | null;
  readonly finished: boolean;
}

export interface UploadPermit {
  readonly id: string;
  readonly uploadToken: string;
}

export interface Opening {
  readonly token: string;
  readonly expiresInMs: number;
}

/** What this server keeps at most. */
export interface SnapshotLimits {
  readonly maxBytes: number;
  readonly ttlMaxSeconds: number;
}

export async function fetchSnapshotLimits(): Promise<Answer<SnapshotLimits>> {
  const answer = await ask<{ snapshots: SnapshotLimits }>('GET', '/api/config');
  return answer.ok ? { ok: true, value: answer.value.snapshots } : answer;
}

export function announceSnapshot(
  credentials: Credentials,
  announcement: Announcement,
): Promise<Answer<UploadPermit>> {
  const path = `/api/playgrounds/${credentials.playground}/snapshots`;
  return ask('POST', path, { ...proof(credentials), body: announcement });
}

/** Those of a playground that have not expired, newest first. */
export async function listSnapshots(
  credentials: Credentials,
): Promise<Answer<readonly ListedSnapshot[]>> {
  const path = `/api/playgrounds/${credentials.playground}/snapshots`;
  const answer = await ask<{ snapshots: readonly ListedSnapshot[] }>(
    'GET',
    path,
    proof(credentials),
  );
  return answer.ok ? { ok: true, value: answer.value.snapshots } : answer;
}

/** Its link opens nothing from then on, and what is stored of it is removed. */
export function deleteSnapshot(credentials: Credentials, id: string): Promise<Answer<null>> {
  const path = `/api/playgrounds/${credentials.playground}/snapshots/${id}`;
  return ask('DELETE', path, proof(credentials));
}

export function findSnapshot(id: string): Promise<Answer<SnapshotFacts>> {
  return ask('GET', `/api/snapshots/${id}`);
}

/** Counts as one of its openings; the token fetches its chunks for a while. */
export function beginOpening(id: string): Promise<Answer<Opening>> {
  return ask('POST', `/api/snapshots/${id}/openings`, { body: {} });
}

function proof({ link, secret }: Credentials) {
  return { link: { id: link, secret } };
}
