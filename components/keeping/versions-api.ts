import type { Credentials } from '@/lib/machine/types';
import { type Answer, ask, askForBytes } from '../playgrounds/ask';

/** A state of the notebook that the server keeps (section W of docs/notebook.md). */
export interface Version {
  readonly id: string;
  /** Empty for automatic ones. */
  readonly name: string;
  /** Who saved it; empty for automatic ones. */
  readonly by: string;
  readonly automatic: boolean;
  readonly createdAt: string | number;
  readonly bytes: number;
}

/** Newest first. */
export async function fetchVersions(credentials: Credentials): Promise<Answer<readonly Version[]>> {
  const path = pathOf(credentials);
  const answer = await ask<{ versions: readonly Version[] }>('GET', path, proof(credentials));
  return answer.ok ? { ok: true, value: answer.value.versions } : answer;
}

/** Keeps what the server has stored now under a name. */
export function saveVersion(
  credentials: Credentials,
  version: { readonly name: string; readonly by: string },
): Promise<Answer<{ id: string }>> {
  return ask('POST', pathOf(credentials), { ...proof(credentials), body: version });
}

/** The whole document as a Y update. */
export function fetchVersion(credentials: Credentials, id: string): Promise<Answer<Uint8Array>> {
  return askForBytes(pathOf(credentials, id), proof(credentials));
}

/** Owner only. */
export function deleteVersion(credentials: Credentials, id: string): Promise<Answer<null>> {
  return ask('DELETE', pathOf(credentials, id), proof(credentials));
}

function pathOf({ playground }: Credentials, version?: string): string {
  const versions = `/api/playgrounds/${playground}/versions`;
  return version === undefined ? versions : `${versions}/${version}`;
}

function proof({ link, secret }: Credentials) {
  return { link: { id: link, secret } };
}
