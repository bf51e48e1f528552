/** Why a transfer did not go on. `code` is the server's, or `offline`, `stalled` or `unreadable`. */
export class TransferError extends Error {
  override readonly name = 'TransferError';

  constructor(
    readonly code: string,
    message: string,
    /** The HTTP status; 0 when there was no answer. */
    readonly status: number,
  ) {
    super(message);
  }

  /** True for what may be over at the next attempt: the network, a server that restarts, a limit in rate. */
  get isPassing(): boolean {
    if (LASTING_CODES.has(this.code)) return false;
    return this.status === 0 || PASSING.has(this.status) || PASSING_CODES.has(this.code);
  }
}

/** Request timeout, too early, too many requests, and what proxies and servers answer while they come back. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The rest has to be sent once more. */
const PASSING_CODES = new Set(['snapshot-incomplete', 'body-cut']);

/** The server has lost a part, and will not find it. */
const LASTING_CODES = new Set(['snapshot-damaged']);

/** True for a fault that another attempt may get past. */
export function isPassing(thrown: unknown): boolean {
  return thrown instanceof TransferError && thrown.isPassing;
}
