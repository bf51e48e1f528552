import { encodeFrame, type Frame } from '../../../lib/mux/frame';
import { encodeMetadata, type Metadata } from '../../../lib/mux/metadata';
import { CHANNEL, record, stdin } from './records';

/** Names that outlive the link: who sends these frames ends them afterwards. */
export const TERMINAL_NAMES = ['a', 'b', 'c'] as const;
export const SESSION_NAMES = ['a', 'b'] as const;
/** The only file that is written. */
export const HOSTILE_FILE = `/tmp/warren-agent-fuzz-${process.pid}`;

/** Kinds that may be opened with anything behind them and touch nothing but that file. */
const OFFERS: Metadata[] = [
  [['kind', 'pg']],
  [['kind', 'health']],
  [
    ['kind', 'health'],
    ['every-ms', '250'],
  ],
  [
    ['kind', 'exec'],
    ['arg', 'cat'],
  ],
  [
    ['kind', 'exec'],
    ['arg', 'true'],
    ['env', 'A=b'],
    ['cwd', '/'],
  ],
  [
    ['kind', 'exec'],
    ['arg', 'sleep'],
    ['arg', '1000'],
  ],
  [['kind', 'entropy']],
  [
    ['kind', 'clock'],
    ['unix-us', '0'],
  ],
  [['kind', 'teleport']],
  ...SESSION_NAMES.map(
    (name): Metadata => [
      ['kind', 'pg'],
      ['session', name],
    ],
  ),
  ...TERMINAL_NAMES.map(
    (name): Metadata => [
      ['kind', 'pty'],
      ['terminal', name],
      ['arg', 'cat'],
    ],
  ),
  [
    ['kind', 'pty'],
    ['terminal', TERMINAL_NAMES[0]],
    ['arg', 'sh'],
    ['arg', '-c'],
    ['arg', 'seq 20000; exit 3'],
  ],
  [['kind', 'ptys']],
  [
    ['kind', 'put'],
    ['path', HOSTILE_FILE],
  ],
  [
    ['kind', 'put'],
    ['path', HOSTILE_FILE],
    ['size', '60'],
  ],
  [
    ['kind', 'get'],
    ['path', '/etc/passwd'],
  ],
  [
    ['kind', 'list'],
    ['path', '/etc'],
  ],
];

/** More of these than a pipe holds stay with the agent. */
const LONG_RECORD = stdin(Buffer.alloc(32_765));
const RECORDS = [
  stdin('text'),
  stdin(''),
  record(CHANNEL.signal, Buffer.from([15])),
  record(CHANNEL.size, Buffer.from([80, 0, 24, 0])),
  record(9, Buffer.from('x')),
  Buffer.from([0, 255, 255]),
];

/** Numbers from a seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Bytes of a host that has gone mad, the same for the same seed: mostly frames that make sense, so that
 * much of the agent is reached; some with a byte changed, cut off or repeated; some mere noise.
 */
export function hostileSchedule(seed: number) {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const chance = (probability: number) => random() < probability;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  let nextId = 1;

  const bytes = (length: number) => Buffer.from(Array.from({ length }, () => below(256)));

  function payload(): Buffer {
    if (chance(0.5))
      return Buffer.concat(Array.from({ length: 1 + below(4) }, () => pick(RECORDS)));
    if (chance(0.1)) return Buffer.alloc(1 + below(32_768));
    if (chance(0.1)) return LONG_RECORD;
    return bytes(1 + below(60));
  }

  function frame(): Frame {
    // Mostly one of the last streams: an id that never was ends the link at once.
    const stream = chance(0.995) ? Math.max(1, nextId - 2 * (1 + below(6))) : below(nextId + 4);
    const kind = nextId === 1 ? 0 : below(100);
    if (kind < 25) {
      const id = chance(0.995) ? nextId : below(10);
      nextId = Math.max(nextId, id) + 2;
      return { type: 'open', stream: id, metadata: encodeMetadata(pick(OFFERS)) };
    }
    if (kind < 65) return { type: 'data', stream, bytes: payload() };
    if (kind < 75) {
      return { type: 'credit', stream, bytes: chance(0.9) ? 1 + below(70_000) : 2_147_483_647 };
    }
    if (kind < 85) return { type: 'end', stream };
    if (kind < 95)
      return { type: 'reset', stream, reason: { code: 'ok', text: 'x'.repeat(below(9)) } };
    if (kind < 98) return { type: 'ping', payload: bytes(8) };
    if (kind < 99) return { type: 'ack', bytes: below(99) };
    return { type: 'goodbye', reason: { code: 'ok', text: '' }, retryAfterMs: 0 };
  }

  function spoil(good: Buffer): Buffer {
    switch (below(4)) {
      case 0: {
        const changed = Buffer.from(good);
        changed[below(changed.length)] = below(256);
        return changed;
      }
      case 1:
        return good.subarray(0, below(good.length));
      case 2:
        return Buffer.concat([good, good]);
      default:
        return bytes(below(100));
    }
  }

  return {
    chance,
    pick,
    /** The next frames, one after the other; ids begin again now and then, as after a new HELLO. */
    burst(frames: number): Buffer {
      nextId = 1;
      const parts = Array.from({ length: frames }, () => Buffer.from(encodeFrame(frame())));
      // One spoilt frame at most in most bursts: what follows it is seldom understood.
      return Buffer.concat(parts.map((part) => (chance(1 / frames) ? spoil(part) : part)));
    },
  };
}
