import { TransferError } from './transfer-error';

export interface Exchange {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** A token of the server; what proves a link goes through `components/playgrounds/ask.ts`. */
  readonly token: string;
  readonly body?: Blob;
  readonly signal: AbortSignal;
}

/**
 * One request of a transfer. Rejects with a TransferError for any answer but 2xx, and with the signal's reason when
 * that is aborted.
 */
export async function exchange(
  path: string,
  { method, token, body, signal }: Exchange,
): Promise<Response> {
  const headers = new Headers({ authorization: `Bearer ${token}` });
  if (body) headers.set('content-type', 'application/octet-stream');
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body, signal, cache: 'no-store' });
  } catch (thrown) {
    throw offline(thrown, signal);
  }
  if (response.ok) return response;
  throw await refusal(response);
}

/** What a failed fetch or a cut body means. */
export function offline(thrown: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (thrown instanceof TransferError) return thrown;
  return new TransferError('offline', 'The server cannot be reached.', 0);
}

async function refusal(response: Response): Promise<TransferError> {
  const { status } = response;
  const value: unknown = await response.json().catch(() => undefined);
  const error = (value as { error?: { code?: unknown; message?: unknown } } | undefined)?.error;
  return typeof error?.code === 'string' && typeof error.message === 'string'
    ? new TransferError(error.code, error.message, status)
    : new TransferError('unreadable', `The server answered with status ${status}.`, status);
}
