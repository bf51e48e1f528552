import type { Credentials } from './types';

export interface TicketRefusal {
  readonly outcome: 'refused';
  readonly reason: 'revoked' | 'refused' | 'replaced';
  readonly message: string;
}

/** What the server said when a link's secret was shown to it. */
export type TicketAnswer =
  | { readonly outcome: 'granted'; readonly ticket: string; readonly role: string }
  | TicketRefusal
  | { readonly outcome: 'later'; readonly retryAfterMs: number };

/** A server that does not answer in this time is treated as away. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Exchanges a link's secret for a one-use ticket. Never rejects: an unreachable server is `later`. */
export async function requestTicket(
  base: string,
  credentials: Credentials,
  as: 'host' | 'peer' | 'notebook',
): Promise<TicketAnswer> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(new URL(`/api/playgrounds/${credentials.playground}/tickets`, base), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link: credentials.link, secret: credentials.secret, as }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    body = await response.json();
  } catch {
    return { outcome: 'later', retryAfterMs: 0 };
  }
  if (response.status === 201 && isGrant(body)) {
    return { outcome: 'granted', ticket: body.ticket, role: body.role };
  }
  if (response.status === 401 || response.status === 403 || response.status === 404) {
    const { code, message } = errorOf(body);
    return {
      outcome: 'refused',
      reason: code === 'link-revoked' ? 'revoked' : 'refused',
      message,
    };
  }
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return { outcome: 'later', retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 0 };
}

function isGrant(body: unknown): body is { ticket: string; role: string } {
  if (typeof body !== 'object' || body === null) return false;
  const { ticket, role } = body as Record<string, unknown>;
  return typeof ticket === 'string' && typeof role === 'string';
}

function errorOf(body: unknown): { code: string; message: string } {
  const error = (body as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  return {
    code: typeof error?.code === 'string' ? error.code : 'unknown',
    message: typeof error?.message === 'string' ? error.message : 'The server refused this link.',
  };
}
