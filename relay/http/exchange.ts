import type { IncomingMessage } from 'node:http';
import type { Log } from '../../lib/server/log';

/** One request on its way to a reply. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly params: Readonly<Record<string, string>>;
  readonly address: string;
  /** The `Origin` header; empty for programs that are not browsers. */
  readonly origin: string;
  readonly log: Log;
  /** Calls back once the answer is out or the connection is gone. */
  readonly whenOver: (work: () => void) => void;
}

/** What a handler answers. */
export type Reply =
  | { readonly status: 200 | 201 | 503; readonly json: unknown }
  | { readonly status: 200; readonly text: string; readonly contentType: string }
  | { readonly status: 200; readonly bytes: Uint8Array }
  | { readonly status: 204 };

export type Handler = (exchange: Exchange) => Promise<Reply>;
