import type { LinkSecret, SharedRole } from './codec';

/** An answer of the server, or why there is none. */
export type Answer<T> = { readonly ok: true; readonly value: T } | ApiFailure;

export interface ApiFailure {
  readonly ok: false;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The server's code, or `offline` when it could not be reached, or `unreadable`. */
  readonly code: string;
  readonly message: string;
}

export interface PlaygroundFacts {
  readonly id: string;
  readonly createdAt: string | number;
  readonly hostOnline: boolean;
}

/** What connection strings are made of. */
export interface ServerAddress {
  readonly pgHost: string;
  readonly pgPort: number;
  readonly pgTls: boolean;
  readonly publicUrl: string;
}

export function createPlayground(): Promise<Answer<{ id: string; link: LinkSecret }>> {
  return ask('POST', '/api/playgrounds', { body: {} });
}

export function fetchPlayground(id: string): Promise<Answer<PlaygroundFacts>> {
  return ask('GET', `/api/playgrounds/${id}`);
}

export function createLink(
  id: string,
  owner: LinkSecret,
  role: SharedRole,
): Promise<Answer<LinkSecret>> {
  return ask('POST', `/api/playgrounds/${id}/links`, { owner, body: { role } });
}

export function revokeLink(id: string, owner: LinkSecret, link: string): Promise<Answer<null>> {
  return ask('DELETE', `/api/playgrounds/${id}/links/${link}`, { owner });
}

export function fetchServerAddress(): Promise<Answer<ServerAddress>> {
  return ask('GET', '/api/config');
}

interface AskOptions {
  readonly owner?: LinkSecret;
  readonly body?: object;
}

/** The server is our own and of the same build, so a 2xx body is taken for what the contract says. */
async function ask<T>(
  method: string,
  path: string,
  { owner, body }: AskOptions = {},
): Promise<Answer<T>> {
  const headers = new Headers({ accept: 'application/json' });
  if (owner) headers.set('authorization', `Bearer ${owner.id}.${owner.secret}`);
  if (body) headers.set('content-type', 'application/json');
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  } catch {
    return {
      ok: false,
      status: 0,
      code: 'offline',
      message: 'The server cannot be reached. Check the network and try again.',
    };
  }
  if (response.status === 204) return { ok: true, value: null as T };
  const value: unknown = await response.json().catch(() => undefined);
  if (response.ok && value !== undefined) return { ok: true, value: value as T };
  return { ok: false, status: response.status, ...readError(value, response.status) };
}

function readError(value: unknown, status: number): { code: string; message: string } {
  const error = (value as { error?: { code?: unknown; message?: unknown } } | undefined)?.error;
  if (typeof error?.code === 'string' && typeof error.message === 'string') {
    return { code: error.code, message: error.message };
  }
  return {
    code: 'unreadable',
    message: `The server answered with status ${status} and nothing this page understands. Try again in a moment.`,
  };
}
