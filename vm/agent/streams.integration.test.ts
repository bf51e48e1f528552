import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Metadata } from '../../lib/mux/metadata';
import { startAgent } from './testing/agent';
import { beginRaw, type RawHost } from './testing/host';
import { stdin } from './testing/records';

const CAT: Metadata = [
  ['kind', 'exec'],
  ['arg', 'cat'],
];
/** Cheap to have many of: no process, one line a minute. */
const IDLE: Metadata = [
  ['kind', 'health'],
  ['every-ms', '60000'],
];

function openRaw(host: RawHost, id: number, metadata: string): void {
  host.send({ type: 'open', stream: id, metadata: Buffer.from(metadata) });
}

describe('S: streams', () => {
  test('S1: an id that is not above the last is a violation', async () => {
    const host = await beginRaw(await startAgent());
    openRaw(host, 5, 'kind\0nothing\0');
    expect(await host.resetOf(5)).toBe('unknown-kind');
    openRaw(host, 5, 'kind\0nothing\0');
    expect((await host.take('goodbye')).reason.text).toMatch(/^S1: /);
  });

  test('S2: DATA may follow OPEN at once; ACCEPT comes before DATA', async () => {
    const host = await beginRaw(await startAgent());
    const id = host.open(...CAT);
    host.send({ type: 'data', stream: id, bytes: stdin('at once') }, { type: 'end', stream: id });
    await host.until(() => host.frames.some((frame) => frame.type === 'end'), 'END');
    expect(host.frames.map((frame) => frame.type)[0]).toBe('accept');
    expect((await host.bytesUntilEnd(id)).toString('latin1', 3, 10)).toBe('at once');
  });

  test('S4: nothing answers a RESET, and what is under way is ignored', async () => {
    const host = await beginRaw(await startAgent());
    const id = host.open(...CAT);
    await host.takeOf('accept', id);
    host.send(
      { type: 'reset', stream: id, reason: { code: 'ok', text: '' } },
      { type: 'data', stream: id, bytes: stdin('late') },
      { type: 'credit', stream: id, bytes: 5 },
      { type: 'end', stream: id },
    );
    await host.settled();
    expect(host.frames).toEqual([]);
  });

  test('S5: on a stream that ended on both sides, DATA, END and CREDIT are ignored', async () => {
    const host = await beginRaw(await startAgent());
    const id = host.open(...CAT);
    host.send({ type: 'end', stream: id });
    await host.bytesUntilEnd(id);
    host.send(
      { type: 'data', stream: id, bytes: stdin('late') },
      { type: 'credit', stream: id, bytes: 5 },
      { type: 'end', stream: id },
    );
    await host.takeOf('accept', id);
    await host.settled();
    expect(host.frames).toEqual([]);
  });

  test.each([
    ['DATA', { type: 'data', bytes: stdin('more') }],
    ['a second END', { type: 'end' }],
  ] as const)('S5: %s after END resets with data-after-end', async (_, frame) => {
    const host = await beginRaw(await startAgent());
    const id = host.open(['kind', 'exec'], ['arg', 'sleep'], ['arg', '1000']);
    host.send({ type: 'end', stream: id }, { ...frame, stream: id });
    expect(await host.resetOf(id)).toBe('data-after-end');
  });

  test('S6: 256 streams, and no more', async () => {
    const host = await beginRaw(await startAgent());
    const ids = Array.from({ length: 256 }, () => host.open(...IDLE));
    for (const id of ids) await host.takeOf('accept', id);
    expect(await host.resetOf(host.open(...IDLE))).toBe('too-many-streams');
    host.send({ type: 'reset', stream: ids[17]!, reason: { code: 'ok', text: '' } });
    await host.takeOf('accept', host.open(...IDLE));
    expect(await host.resetOf(host.open(...IDLE))).toBe('too-many-streams');
  });

  test('S6: streams that failed do not count', async () => {
    const host = await beginRaw(await startAgent({ pgSocket: '/nonexistent/socket' }));
    const ids = Array.from({ length: 1000 }, (_, i) => 2 * i + 1);
    const metadata = Buffer.from('kind\0pg\0');
    host.send(...ids.map((stream) => ({ type: 'open', stream, metadata }) as const));
    for (const id of ids) expect(await host.resetOf(id)).toBe('unreachable');
  });

  test('S6: 100,000 OPENs beyond the limit get 100,000 RESETs', async () => {
    const agent = await startAgent();
    const host = await beginRaw(agent);
    for (let i = 0; i < 256; i++) await host.takeOf('accept', host.open(...IDLE));
    const descriptors = await agent.descriptors();
    let refused = 0;
    for (let round = 0; round < 100; round++) {
      for (let i = 0; i < 1000; i++) host.open(...CAT);
      const expected = (round + 1) * 1000;
      await host.until(() => {
        refused += host.frames.filter((frame) => frame.type === 'reset').length;
        host.frames.length = 0;
        return refused === expected;
      }, `${expected} RESETs`);
    }
    await host.settled();
    expect(await agent.descriptors()).toBe(descriptors);
  });
});

describe('C: credit', () => {
  test('C2: the agent sends what it was granted and not a byte more', async () => {
    const host = await beginRaw(await startAgent(), { window: 1000 });
    const id = host.open(['kind', 'exec'], ['arg', 'cat'], ['arg', '/dev/zero']);
    let received = 0;
    for (const grant of [0, 1, 2, 3, 4, 15, 16, 17, 70_000]) {
      const granted = received + (received === 0 ? 1000 : grant);
      if (grant > 0) host.send({ type: 'credit', stream: id, bytes: grant });
      await host.until(() => {
        received += host.takeBytes(id).length;
        return received >= granted;
      }, 'DATA');
      await host.settled();
      expect(received + host.takeBytes(id).length).toBe(granted);
    }
  });

  test('C2: a window of one byte carries a whole program', async () => {
    const host = await beginRaw(await startAgent(), { window: 1 });
    const id = host.open(['kind', 'exec'], ['arg', 'echo'], ['arg', 'one byte at a time']);
    const seen: Buffer[] = [];
    for (let ended = false; !ended; ) {
      await host.until(
        () => host.frames.some(({ type }) => type === 'data' || type === 'end'),
        'DATA',
      );
      const bytes = host.takeBytes(id);
      expect(bytes.length).toBeLessThanOrEqual(1);
      seen.push(bytes);
      ended = host.frames.some(({ type }) => type === 'end');
      if (!ended) host.send({ type: 'credit', stream: id, bytes: 1 });
    }
    // Records may be cut anywhere; the text and the exit code are what they are.
    const records = Buffer.concat(seen);
    expect(records.subarray(-4)).toEqual(Buffer.from([4, 1, 0, 0]));
    const text: Buffer[] = [];
    for (let at = 0; at < records.length - 4; at += 3 + records.readUInt16LE(at + 1)) {
      text.push(records.subarray(at + 3, at + 3 + records.readUInt16LE(at + 1)));
    }
    expect(Buffer.concat(text).toString()).toBe('one byte at a time\n');
  });

  test('C3: credit comes back in batches, as the program reads', async () => {
    const host = await beginRaw(await startAgent());
    const id = host.open(
      ['kind', 'exec'],
      ['arg', 'sh'],
      ['arg', '-c'],
      ['arg', 'cat > /dev/null'],
    );
    let credit = host.window;
    let sent = 0;
    while (sent < 1_000_000) {
      const bytes = stdin(Buffer.alloc(Math.min(credit - 3, 16_000)));
      host.send({ type: 'data', stream: id, bytes });
      credit -= bytes.length;
      sent += bytes.length;
      while (credit < 4) {
        const grant = await host.takeOf('credit', id);
        expect(grant.bytes).toBeGreaterThanOrEqual(host.window / 4);
        credit += grant.bytes;
      }
    }
    expect(credit).toBeLessThanOrEqual(host.window);
  });

  test('C3, C4: a program that does not read gives no credit, and more is credit-exceeded', async () => {
    const host = await beginRaw(await startAgent());
    const id = host.open(['kind', 'exec'], ['arg', 'sleep'], ['arg', '1000']);
    const send = (bytes: number) => {
      for (let left = bytes; left > 3; left -= 32_768) {
        host.send({
          type: 'data',
          stream: id,
          bytes: stdin(Buffer.alloc(Math.min(left, 32_768) - 3)),
        });
      }
    };
    // The pipe takes one window, and all of it but less than a batch is granted back.
    let credit = 0;
    send(host.window);
    while (credit <= (host.window * 3) / 4) credit += (await host.takeOf('credit', id)).bytes;
    // What it grants then stays with the agent.
    send(credit);
    await host.takeOf('accept', id);
    await host.settled();
    expect(host.frames).toEqual([]);
    send(host.window);
    expect(await host.resetOf(id)).toBe('credit-exceeded');
  });

  test('C5: credit over 2³¹ − 1 resets with credit-overflow', async () => {
    const host = await beginRaw(await startAgent());
    const id = host.open(...CAT);
    host.send({ type: 'credit', stream: id, bytes: 2_147_483_647 });
    expect(await host.resetOf(id)).toBe('credit-overflow');
  });
});

describe('P1: fairness', () => {
  test('DATA comes in frames of at most 16,384 bytes, and busy streams take turns', async () => {
    const agent = await startAgent();
    const host = await beginRaw(agent, { window: 1 });
    const ids = [1, 2, 3].map(() =>
      host.open(['kind', 'exec'], ['arg', 'head'], ['arg', '-c60000'], ['arg', '/dev/zero']),
    );
    for (const id of ids) await host.takeOf('data', id);
    // Once the programs are gone, all they wrote is in their pipes.
    while ((await agent.children()) !== '');
    host.send(...ids.map((stream) => ({ type: 'credit', stream, bytes: 100_000 }) as const));
    for (const id of ids) await host.takeOf('end', id);

    const data = host.frames.filter((frame) => frame.type === 'data');
    expect(Math.max(...data.map((frame) => frame.bytes.length))).toBe(16_384);
    const round = (start: number) => data.slice(start, start + 3).map((frame) => frame.stream);
    for (let start = 0; start < 9; start += 3) expect(round(start).sort()).toEqual(ids);
  });

  test('a keystroke is echoed while another stream floods', async () => {
    const host = await beginRaw(await startAgent(), { window: 16_777_216 });
    const flood = host.open(['kind', 'exec'], ['arg', 'cat'], ['arg', '/dev/zero']);
    const echo = host.open(...CAT);
    await host.takeOf('data', flood);
    for (const key of 'keystrokes') {
      host.send({ type: 'data', stream: echo, bytes: stdin(key) });
      const { bytes } = await host.takeOf('data', echo);
      expect(Buffer.from(bytes).toString('latin1', 3)).toBe(key);
      host.send({ type: 'credit', stream: flood, bytes: host.takeBytes(flood).length + 1 });
    }
  });
});

describe('M: metadata', () => {
  const pairs = (count: number) => `kind\0pg\0${'a\0b\0'.repeat(count - 1)}`;
  test.each<[rule: string, code: string, metadata: string | Buffer]>([
    ['M2, empty', 'protocol-error', ''],
    ['M2, another key first', 'protocol-error', 'arg\0true\0kind\0exec\0'],
    ['M1, no NUL at the end', 'protocol-error', 'kind\0pg'],
    ['M1, a key without a value', 'protocol-error', 'kind\0pg\0role\0'],
    ['M1, an empty key', 'protocol-error', 'kind\0pg\0\0a\0'],
    ['M1, an upper-case key', 'protocol-error', 'kind\0pg\0Role\0a\0'],
    ['M1, a key of 33 bytes', 'protocol-error', `kind\0pg\0${'a'.repeat(33)}\0a\0`],
    ['M1, not UTF-8', 'protocol-error', Buffer.from('kind\0pg\0a\0\xc0\x80\0', 'latin1')],
    ['M1, a surrogate', 'protocol-error', Buffer.from('kind\0pg\0a\0\xed\xa0\x80\0', 'latin1')],
    ['M1, UTF-8 cut off', 'protocol-error', Buffer.from('kind\0pg\0a\0\xe2\x82\0', 'latin1')],
    ['M1, 17 pairs', 'protocol-error', pairs(17)],
    ['M1, 65 pairs of exec', 'protocol-error', `kind\0exec\0${'arg\0a\0'.repeat(64)}`],
    ['M1, 16 pairs are good', 'unreachable', pairs(16)],
    ['M1, a long key and any character', 'unreachable', `kind\0pg\0${'a.-9'.repeat(8)}\0ü€𝄞\0`],
    ['M3', 'unknown-kind', 'kind\0teleport\0'],
    ['M3, an empty kind', 'unknown-kind', 'kind\0\0'],
  ])('%s: %s', async (_, code, metadata) => {
    const agent = await startAgent({ pgSocket: '/nonexistent/socket' });
    const host = await beginRaw(agent);
    host.send({ type: 'open', stream: 1, metadata: Buffer.from(metadata) });
    expect(await host.resetOf(1)).toBe(code);
    await host.settled();
    expect(host.frames).toEqual([]);
  });

  test('M1: 64 pairs of exec', async () => {
    const host = await beginRaw(await startAgent());
    const words = Array.from({ length: 62 }, () => randomBytes(15).toString('hex'));
    const id = host.open(
      ['kind', 'exec'],
      ['arg', 'echo'],
      ...words.map((word) => ['arg', word] as const),
    );
    const output = await host.bytesUntilEnd(id);
    expect(output.toString('latin1', 3, output.length - 4)).toBe(`${words.join(' ')}\n`);
  });
});
