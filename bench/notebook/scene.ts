import type { Credentials } from '../../lib/machine/types';

/** One notebook of a run: how its people come to it. */
export interface Room {
  /** Of a link that may edit: everybody here is an editor. */
  readonly credentials: Credentials;
  /** Where its people come from, as a reverse proxy would say: limits are counted by address. */
  readonly address: string;
  /** Joined by y-websocket's own provider: these type… */
  readonly typists: number;
  /** …and these only look on. */
  readonly watchers: number;
  /** Join by a bare WebSocket that does the handshake, reads the headers and notes the time. */
  readonly readers: number;
}

export interface Scene {
  readonly url: string;
  readonly rooms: readonly Room[];
}

/** What is typed and what counts of it, all in ms. */
export interface Run {
  /** When it begins, by `now()`. */
  readonly zeroAt: number;
  /** Between two keystrokes of a typist. */
  readonly everyMs: number;
  /** Typed before it counts. */
  readonly warmUpMs: number;
  readonly windowMs: number;
}

/** What a process of the load program saw. */
export interface Seen {
  /** From keystroke to this reader's document, ms; one for each reader of each counted keystroke. */
  readonly latencies: readonly number[];
  /** Keystrokes typed here in the window, times the others in the notebook. */
  readonly expected: number;
  /** In the window. */
  readonly awarenessMessages: number;
  /** How late the process itself was for a timer, ms: what it adds to the latencies. */
  readonly delayP99: number;
  readonly delayMax: number;
  /** In % of a core, over the window. */
  readonly cpu: number;
  /** Connections that were closed on the way. */
  readonly closed: readonly string[];
}

/** True for what was typed in the window. */
export function counts({ warmUpMs, windowMs }: Run, typedAt: number): boolean {
  return typedAt >= warmUpMs && typedAt < warmUpMs + windowMs;
}
