import { may, type Role } from '../../lib/access/roles';
import type { IncomingStream } from '../../lib/mux/stream';
import type { Relay } from '../relay';
import { countBroken } from './faults';
import type { Presence, Room } from './room';

const encoder = new TextEncoder();
const NEWLINE = 0x0a;

/**
 * Serves a `peers` stream: a JSON line at each change, and the owner's commands. A page that does not read gets
 * no further line until it has read the last; then it gets the newest state, not all of those between.
 */
export function servePresence(relay: Relay, room: Room, role: Role, stream: IncomingStream): void {
  const commands = new LineReader(relay.limits.presenceLineMaxBytes);
  let isBlocked = false;
  let isStale = false;
  let timer: NodeJS.Timeout | undefined;

  const tell = () => {
    timer = undefined;
    isStale = isBlocked;
    if (!isBlocked) isBlocked = !stream.write(encodePresence(room.presence, role));
  };
  const unwatch = room.watch(() => {
    timer ??= setTimeout(tell, relay.limits.presenceCoalesceMs);
  });
  const stop = () => {
    clearTimeout(timer);
    unwatch();
  };

  stream.accept();
  stream.attach({
    data: (chunk) => {
      stream.consumed(chunk.length);
      const fault = commands.push(chunk, (line) => obey(relay, room, role, line));
      if (fault === undefined) return;
      relay.metrics.rejects.inc({ at: 'mux', code: fault });
      stop();
      stream.reset('too-large', 'a line of a peers stream is too long');
    },
    end: () => {
      stop();
      stream.end();
    },
    reset: (reason) => {
      stop();
      countBroken(relay.metrics, reason);
    },
    drain: () => {
      isBlocked = false;
      if (isStale) tell();
    },
  });
  tell();
}

/** Who is there; from where is told to the owner alone, as a link may be public. */
function encodePresence({ hostOnline, peers }: Presence, role: Role): Uint8Array {
  const seen = role === 'owner' ? peers : peers.map((peer) => ({ ...peer, address: '' }));
  return encoder.encode(`${JSON.stringify({ hostOnline, peers: seen })}\n`);
}

function obey(relay: Relay, room: Room, role: Role, line: string): void {
  const peer = readDisconnect(line);
  if (peer === undefined) {
    relay.metrics.rejects.inc({ at: 'mux', code: 'command-malformed' });
  } else if (!may(role, 'disconnect-peer')) {
    relay.metrics.rejects.inc({ at: 'mux', code: 'command-forbidden' });
  } else {
    room.disconnect(peer);
  }
}

function readDisconnect(line: string): string | undefined {
  try {
    const { disconnect } = JSON.parse(line) as { disconnect?: unknown };
    return typeof disconnect === 'string' ? disconnect : undefined;
  } catch {
    return undefined;
  }
}

/** Cuts bytes into lines of bounded length. */
class LineReader {
  readonly #maxBytes: number;
  #line: number[] = [];

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Gives each whole line; names the fault when one is too long. */
  push(chunk: Uint8Array, take: (line: string) => void): 'line-too-long' | undefined {
    for (const byte of chunk) {
      if (byte === NEWLINE) {
        take(new TextDecoder().decode(Uint8Array.from(this.#line)));
        this.#line = [];
      } else if (this.#line.push(byte) > this.#maxBytes) {
        return 'line-too-long';
      }
    }
    return undefined;
  }
}
