import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { encodeFrame } from '../../lib/mux/frame';
import { startAgent } from './testing/agent';
import { beginRaw, RawHost } from './testing/host';
import { readRecords } from './testing/records';

const NONCE = Buffer.from('12345678');
const OTHER_NONCE = Buffer.from('87654321');

function hello({ version = 1, window = 65_536, nonce = NONCE } = {}): Buffer {
  return Buffer.from(encodeFrame({ type: 'hello', hello: { version, window, nonce } }));
}

function frame(type: number, stream: number, payload: Uint8Array = Buffer.alloc(0), flags = 0) {
  const header = Buffer.alloc(8);
  header.writeUInt8(type, 0);
  header.writeUInt8(flags, 1);
  header.writeUInt16LE(payload.length, 2);
  header.writeUInt32LE(stream, 4);
  return Buffer.concat([header, payload]);
}

describe('K1: frames, cut anywhere', () => {
  test('one byte at a time', async () => {
    const host = await beginRaw(await startAgent());
    const id = 1;
    const bytes = Buffer.concat([
      frame(2, id, Buffer.from('kind\0exec\0arg\0cat\0')),
      frame(4, id, Buffer.from([0, 2, 0, 0x68, 0x69])),
      frame(6, id),
    ]);
    for (const byte of bytes) host.write(Buffer.from([byte]));
    expect(readRecords(await host.bytesUntilEnd(id)).stdout.toString()).toBe('hi');
  });
});

describe('K3: what was read is reported', () => {
  test('ACKs add up to every byte after HELLO', async () => {
    const host = await beginRaw(await startAgent());
    const id = host.open(['kind', 'nothing']);
    // S5: ignored, since the stream was refused; so nothing but ACKs answers
    for (let i = 0; i < 50; i++) {
      host.send({ type: 'data', stream: id, bytes: new Uint8Array(1 + i * 600) });
    }
    await host.until(() => host.queued === 0 && host.acknowledged === host.sent, 'ACK');
    await host.settled();
    expect(host.acknowledged).toBe(host.sent);
  });

  test('bytes that came with HELLO in one read count, HELLO does not', async () => {
    const host = new RawHost(await startAgent());
    host.forget(NONCE);
    host.attention();
    host.write(Buffer.concat([hello(), frame(8, 0, Buffer.alloc(8, 7))]));
    await host.take('pong');
    await host.settled();
    expect(host.acknowledged).toBe(32);
  });
});

describe('K4: to begin, and to begin again', () => {
  test('HELLO is answered with its nonce and the window of K6', async () => {
    const host = new RawHost(await startAgent());
    await host.begin();
    expect(host.window).toBe(65_536);
    expect(host.discarded).toBe(0);
  });

  test('HELLO is found behind garbage, across reads', async () => {
    const host = new RawHost(await startAgent());
    host.forget(NONCE);
    host.attention();
    const garbage = Buffer.concat([
      Buffer.from([1, 1, 0]),
      hello().subarray(0, 15),
      Buffer.alloc(99, 1),
    ]);
    for (const byte of Buffer.concat([garbage, hello()])) host.write(Buffer.from([byte]));
    await host.until(() => host.window > 0, 'HELLO');
    await host.settled();
  });

  test('a page that vanished in mid-frame leaves nothing behind', async () => {
    const agent = await startAgent();
    const first = await beginRaw(agent);
    const before = await agent.descriptors();
    const id = first.open(['kind', 'exec'], ['arg', 'cat']);
    await first.takeOf('accept', id);
    first.write(frame(4, id, Buffer.alloc(16_384)).subarray(0, 5000));
    await first.begin();
    await first.settled();
    expect(first.frames).toEqual([]);
    expect(await agent.descriptors()).toBe(before);
    const next = first.open(['kind', 'exec'], ['arg', 'true']);
    expect(await first.bytesUntilEnd(next)).toEqual(Buffer.from([4, 1, 0, 0]));
  });

  test('output that nobody read is dropped', async () => {
    const agent = await startAgent();
    const host = await beginRaw(agent, { window: 16_777_216 });
    const id = host.open(['kind', 'exec'], ['arg', 'cat'], ['arg', '/dev/zero']);
    await host.takeOf('data', id);
    agent.data.pause();
    const begun = host.begin();
    agent.data.resume();
    await begun;
    await host.settled();
    expect(host.frames).toEqual([]);
  });

  test('several attempts that queued up end in the last one', async () => {
    const host = new RawHost(await startAgent());
    host.forget(OTHER_NONCE);
    host.attention('AAA');
    host.write(Buffer.concat([hello(), hello(), hello({ nonce: OTHER_NONCE })]));
    await host.until(() => host.window > 0, 'HELLO');
    await host.settled();
    expect(host.frames).toEqual([]);
  });

  test('HELLO without attention is not answered', async () => {
    const agent = await startAgent();
    const host = await beginRaw(agent);
    host.write(frame(255, 0)); // so that it waits again
    await host.take('goodbye');
    const before = await agent.bytesRead();
    host.write(hello({ nonce: OTHER_NONCE }));
    while ((await agent.bytesRead()) < before + 32);
    await host.begin();
    expect(host.discarded).toBe(0);
  });

  test('other bytes on port 2 mean nothing', async () => {
    const host = await beginRaw(await startAgent());
    const id = host.open(['kind', 'exec'], ['arg', 'cat']);
    await host.takeOf('accept', id);
    host.attention('B\n\0');
    await host.settled();
    host.send({ type: 'end', stream: id });
    await host.takeOf('end', id);
  });

  test('a port whose host has gone costs nothing', async () => {
    const agent = await startAgent();
    const host = await beginRaw(agent);
    await host.settled();
    agent.data.destroy();
    agent.attention.destroy();
    const ticks = async () => {
      const fields = (await readFile(`/proc/${agent.pid}/stat`, 'latin1'))
        .split(') ')[1]!
        .split(' ');
      return { state: fields[0], user: fields[11], system: fields[12] };
    };
    // Asleep at a hundred looks in a row, without having run in between.
    let calm = 0;
    for (let last = await ticks(); calm < 100; ) {
      const now = await ticks();
      calm =
        now.state === 'S' && now.user === last.user && now.system === last.system ? calm + 1 : 0;
      last = now;
    }
    expect(agent.isRunning).toBe(true);
  });
});

test('K7: the agent says R on port 2 when it has opened its ports', async () => {
  const agent = await startAgent();
  await once(agent.attention, 'data');
  expect(agent.announced).toBe('R');
  await beginRaw(agent);
  expect(agent.announced).toBe('R');
});

describe('H, K5: violations', () => {
  const text = (length: number) => Buffer.alloc(length, 'a');
  test.each<[rule: string, bytes: Buffer]>([
    ['H1', hello()],
    ['F2', frame(4, 1, text(32_769))],
    ['F2', frame(8, 0, text(8), 1)],
    ['F3', frame(4, 0, text(8))],
    ['F3', frame(8, 1, text(8))],
    ['F4', frame(0, 1)],
    ['F4', frame(12, 1)],
    ['F4', frame(255, 1)],
    ['F4', frame(1, 0, text(23))],
    ['F4', frame(2, 1, text(4097))],
    ['F4', frame(4, 1)],
    ['F4', frame(5, 1, text(3))],
    ['F4', frame(5, 1, Buffer.alloc(4))],
    ['F4', frame(5, 1, Buffer.from([0, 0, 0, 0x80]))],
    ['F4', frame(6, 1, text(1))],
    ['F4', frame(7, 1, text(1))],
    ['F4', frame(7, 1, text(515))],
    ['F4', frame(8, 0, text(7))],
    ['F4', frame(10, 0, text(5))],
    ['F4', frame(11, 0, text(3))],
    ['S1', frame(2, 2, Buffer.from('kind\0pg\0'))],
    ['S2', frame(3, 1)],
    ['S5', frame(4, 3, text(1))],
    ['S5', frame(5, 3, text(4))],
    ['S5', frame(6, 3)],
    ['S5', frame(7, 3, text(2))],
    ['S5', frame(4, 2, text(1))],
    ['P2', Buffer.concat(Array(11).fill(frame(8, 0, text(8))))],
  ])('%s: %#', async (rule, bytes) => {
    const agent = await startAgent();
    const host = await beginRaw(agent);
    const id = host.open(['kind', 'exec'], ['arg', 'cat']);
    await host.takeOf('accept', id);
    host.write(bytes);
    const goodbye = await host.take('goodbye');
    expect(goodbye.reason.code).toBe('protocol-error');
    expect(goodbye.reason.text).toMatch(new RegExp(`^${rule}: `));
    // It waits for K4, and then all is well.
    await host.begin();
    await host.settled();
    expect(host.frames).toEqual([]);
    expect(agent.stderr).toBe('');
  });

  test.each([
    ['H2', hello({ version: 2 }), 'version'],
    ['H3', hello({ window: 0 }), 'protocol-error'],
    ['H3', hello({ window: 16_777_217 }), 'protocol-error'],
  ])('%s: %#', async (rule, bytes, code) => {
    const agent = await startAgent();
    const host = new RawHost(agent);
    host.attention();
    let said = Buffer.alloc(0);
    agent.data.on('data', (piece: Buffer) => {
      said = Buffer.concat([said, piece]);
    });
    host.write(bytes);
    await host.until(() => said.length > 14, 'GOODBYE');
    expect(said[0]).toBe(10);
    expect(said.readUInt16LE(8)).toBe(code === 'version' ? 15 : 1);
    expect(said.toString('latin1', 14)).toMatch(new RegExp(`^${rule}: `));
    await host.begin();
  });
});

describe('P2: PING', () => {
  test('ten at once are answered with the same bytes', async () => {
    const host = await beginRaw(await startAgent());
    const payloads = Array.from({ length: 10 }, (_, i) => Buffer.alloc(8, i));
    host.send(...payloads.map((payload) => ({ type: 'ping', payload }) as const));
    for (const payload of payloads) {
      const pong = await host.take('pong');
      expect(Buffer.from(pong.payload)).toEqual(payload);
    }
  });
});
