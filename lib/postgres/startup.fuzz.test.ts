import { describe, it } from 'vitest';
import { Random } from '../mux/random';
import { BackendKeyRewriter } from './backend-key-rewriter';
import { BackendReader } from './backend-reader';
import { PasswordReader } from './password-reader';
import { REQUEST_CODES } from './protocol-version';
import { StartupReader } from './startup';
import { encodeStartup } from './startup-encoders';
import * as backend from './testing/backend';
import { join } from './testing/split';

/** `WARREN_FUZZ_FRAMES=1000000` for the long run; `WARREN_FUZZ_SEED` to repeat one that failed. */
const FRAMES = Number(process.env.WARREN_FUZZ_FRAMES ?? 3_000);
const SEED = Number(process.env.WARREN_FUZZ_SEED ?? Date.now() % 1_000_000_000);
/** A million frames take some minutes, and more where others work too. */
const LIMIT_MS = 30_000 + FRAMES * 4;

/** Lengths around everything that is compared with. */
const LENGTHS = [0, 1, 3, 4, 5, 7, 8, 9, 12, 16, 260, 268, 269, 9_999, 10_004, 10_005];
const WILD_LENGTHS = [2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 24];
const CODES = [...Object.values(REQUEST_CODES), 196_608, 196_610, 131_072, 0, 0xffff_ffff];

/** In loops of a million `expect` would take most of the time. */
function check(truth: boolean, message: string): void {
  if (!truth) throw new Error(message);
}

function word(value: number): number[] {
  return [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** A packet that is nearly right: a true or false length, a known or unknown code, any body. */
function startupPacket(random: Random): Uint8Array {
  if (random.chance(0.2)) {
    const bytes = encodeStartup([
      ['user', 'linklink.abcdefghijkl'],
      ['database', 'postgres'],
    ]);
    return random.chance(0.5) ? bytes : mutate(random, bytes);
  }
  const body = random.bytes(random.chance(0.9) ? random.between(0, 40) : random.pick(LENGTHS));
  for (let i = 0; i < body.length; i++) if (random.chance(0.3)) body[i] = 0;
  const honest = body.length + 8;
  const lie = random.pick(random.chance(0.5) ? LENGTHS : WILD_LENGTHS);
  const length = random.chance(0.7) ? honest : lie;
  return Uint8Array.of(...word(length), ...word(random.pick(CODES)), ...body);
}

function mutate(random: Random, bytes: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (let i = random.between(1, 4); i > 0; i--) {
    changed[random.between(0, changed.length - 1)] = random.between(0, 255);
  }
  return random.chance(0.3) ? changed.slice(0, random.between(0, changed.length)) : changed;
}

function* cuts(random: Random, bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + (random.chance(0.5) ? random.between(1, 5) : random.between(1, 4_096));
    yield bytes.subarray(at, end);
    at = end;
  }
}

/** All that a reader says of bytes cut one way, to compare with another way. */
function readStartup(chunks: Iterable<Uint8Array>): string {
  const reader = new StartupReader();
  const said: string[] = [];
  let rest = 0;
  let over = false;
  for (let chunk of chunks) {
    while (chunk.length > 0 && !over) {
      const step = reader.feed(chunk);
      chunk = step.rest;
      if (!step.event) {
        check(step.rest.length === 0, 'bytes are left without an event');
        continue;
      }
      const { type } = step.event;
      over = type === 'cancel' || type === 'startup' || type === 'fault';
      const { event } = step;
      said.push(
        event.type === 'startup' ? JSON.stringify([...event.parameters]) : JSON.stringify(event),
      );
    }
    rest += chunk.length;
  }
  return `${said.join(' ')} +${over ? rest : 0}`;
}

function rewrite(chunks: Iterable<Uint8Array>): string {
  const rewriter = new BackendKeyRewriter({ processId: 7, secretKey: Uint8Array.of(1, 2, 3, 4) });
  const forwarded = [...chunks].map((chunk) => rewriter.push(chunk));
  const { passing, fault, serverKey } = rewriter;
  return `${join(...forwarded)} ${passing} ${fault} ${serverKey?.secretKey}`;
}

function each(name: string, frame: (random: Random) => void): void {
  it(`${name}: ${FRAMES} frames from seed ${SEED}`, { timeout: LIMIT_MS }, () => {
    for (let i = 0; i < FRAMES; i++) {
      try {
        frame(new Random(SEED + i));
      } catch (error) {
        throw new Error(`WARREN_FUZZ_SEED=${SEED + i} WARREN_FUZZ_FRAMES=1`, { cause: error });
      }
    }
  });
}

describe('hostile bytes', () => {
  each('the startup reader says the same however they are cut', (random) => {
    const packets = Array.from({ length: random.between(1, 3) }, () => startupPacket(random));
    const bytes = join(...packets);
    const whole = readStartup([bytes]);
    check(readStartup(cuts(random, bytes)) === whole, whole);
  });

  each('the password reader ends in an answer or a fault', (random) => {
    const body = random.bytes(random.between(0, 60));
    const length = random.chance(0.6)
      ? body.length + 4
      : random.pick([...LENGTHS, ...WILD_LENGTHS]);
    const type = random.chance(0.8) ? 0x70 : random.between(0, 255);
    const reader = new PasswordReader();
    for (let chunk of cuts(random, Uint8Array.of(type, ...word(length), ...body))) {
      for (let step = reader.feed(chunk); ; step = reader.feed(chunk)) {
        if (step.event?.type === 'fault') return;
        chunk = step.rest;
        if (chunk.length === 0) break;
      }
    }
  });

  each('the key rewriter forwards the same however they are cut', (random) => {
    const server = join(
      backend.raw('R', 8, 0, 0, 0, 0),
      backend.parameterStatus('server_version', '17.1'),
      backend.raw('K', 12, 0, 0, 0, 9, 5, 5, 5, 5),
      backend.readyForQuery(),
      random.bytes(random.between(0, 30)),
    );
    const bytes = random.chance(0.2) ? server : mutate(random, server);
    const whole = rewrite([bytes]);
    check(rewrite(cuts(random, bytes)) === whole, whole);
  });

  each('the backend reader gives messages or one violation, never throws', (random) => {
    const honest = join(
      backend.rowDescription('a', 'b'),
      ...Array.from({ length: random.between(0, 4) }, () => backend.dataRow('1', null)),
      backend.commandComplete('SELECT 1'),
      backend.errorOrNotice('E', { S: 'ERROR', C: '42601', M: 'no', P: '3' }),
      backend.copyResponse('H', 1),
      backend.copyData('x'),
      backend.readyForQuery(),
    );
    const reader = new BackendReader({ maxMessageBytes: 1_000_000 });
    let violations = 0;
    for (const chunk of cuts(random, mutate(random, honest))) {
      reader.push(chunk);
      for (let message = reader.next(); message; message = reader.next()) {
        check(violations === 0, 'a message after a violation');
        if (message.type === 'violation') violations++;
        if (message.type !== 'rows') continue;
        for (let i = 0; i < message.batch.rowCount; i++) message.batch.row(i);
      }
    }
  });
});
