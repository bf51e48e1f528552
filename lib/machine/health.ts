import type { Duplex } from '../mux/duplex';
import type { Health } from './types';

/** A health line is about 200 bytes; a longer one is not from our agent. */
const MAX_LINE_BYTES = 4096;

/** Reads the lines of a `health` stream (rule J1) until it ends. A line that is not JSON resets the stream. */
export function readHealth(stream: Duplex, onHealth: (health: Health) => void): void {
  const decoder = new TextDecoder();
  let pending = '';
  stream.attach({
    data(chunk) {
      pending += decoder.decode(chunk, { stream: true });
      stream.consumed(chunk.length);
      const lines = pending.split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        const health = parseHealth(line);
        if (health === undefined)
          return stream.reset('protocol-error', 'health is not as rule J1 says');
        onHealth(health);
      }
      if (pending.length > MAX_LINE_BYTES) stream.reset('too-large', 'a health line without end');
    },
    end() {},
    reset() {},
    drain() {},
  });
}

const NUMBERS = [
  'uptime',
  'memTotal',
  'memAvailable',
  'diskTotal',
  'diskFree',
  'oomKills',
  'cpuBusy',
] as const;

function parseHealth(line: string): Health | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  if (fields.pg !== 'ready' && fields.pg !== 'starting' && fields.pg !== 'down') return undefined;
  if (NUMBERS.some((name) => typeof fields[name] !== 'number')) return undefined;
  return value as Health;
}
