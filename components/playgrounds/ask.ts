import type { LinkSecret } from './codec';

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

interface AskOptions {
  /** The link that proves the right to ask. */
  readonly link?: LinkSecret;
  readonly body?: object;
}

/** The server is our own and of the same build, so a 2xx body is taken for what the contract says. */
export function ask<T>(method: string, path: string, options: AskOptions = {}): Promise<Answer<T>> {
  return send(method, path, options, async (response) => {
    if (response.status === 204) return null as T;
    return (await response.json()) as T;
  });
}

/** The same for a route that answers with bytes. */
export function askForBytes(path: string, options: AskOptions): Promise<Answer<Uint8Array>> {
  return send('GET', path, options, async (response) => {
    return new Uint8Array(await response.arrayBuffer());
  });
}

async function send<T>(
  method: string,
  path: string,
  { link, body }: AskOptions,
  read: (response: Response) => Promise<T>,
): Promise<Answer<T>> {
  const headers = new Headers({ accept: 'application/json, application/octet-stream' });
  if (link) headers.set('authorization', `Bearer ${link.id}.${link.secret}`);
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
  const { status } = response;
  if (!response.ok) {
    const value: unknown = await response.json().catch(() => undefined);
    return { ok: false, status, ...readError(value, status) };
  }
  try {
    return { ok: true, value: await read(response) };
  } catch {
    return { ok: false, status, ...readError(undefined, status) };
  }
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
