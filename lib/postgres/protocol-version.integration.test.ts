import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNegotiateProtocolVersion } from './backend-encoders';
import { BackendKeyRewriter } from './backend-key-rewriter';
import { sendCancel } from './cancel';
import { encodeQuery } from './frontend-encoders';
import { negotiateVersion } from './negotiation';
import { PROTOCOL_3_2, type ProtocolVersion } from './protocol-version';
import { encodeStartup } from './startup-encoders';
import { startPostgres, type TestServer } from './testing/postgres-server';
import { join } from './testing/split';

/** PostgreSQL 18 speaks 3.2 itself: our half must look like its. */

let server: TestServer;

beforeAll(async () => {
  server = await startPostgres();
});

afterAll(async () => {
  await server?.stop();
});

const PARAMETERS: [string, string][] = [
  ['user', 'postgres'],
  ['database', 'postgres'],
];

/** Opens a session in bare bytes; `until` says when enough has come. */
function speak(version: ProtocolVersion, more: [string, string][] = []) {
  const stream = server.stream();
  let received: Uint8Array = new Uint8Array(0);
  stream.attach({
    data: (chunk) => {
      received = join(received, chunk);
      stream.consumed(chunk.length);
    },
    end: () => stream.end(),
    reset: () => undefined,
    drain: () => undefined,
  });
  stream.write(encodeStartup([...PARAMETERS, ...more], version));
  return {
    stream,
    until: async (sign: string) => {
      const has = () => new TextDecoder('latin1').decode(received).includes(sign);
      await expect.poll(has, { timeout: 10_000 }).toBe(true);
      return received;
    },
  };
}

/** ReadyForQuery, idle. */
const READY = 'Z\0\0\0\x05I';

describe('NegotiateProtocolVersion', () => {
  it.each<[number, [string, string][]]>([
    [2, [['_pq_.unknown', 'x']]],
    [3, []],
    [
      9_999,
      [
        ['_pq_.a', '1'],
        ['_pq_.b', '2'],
      ],
    ],
    [0, [['_pq_.unknown', 'x']]],
  ])('for 3.%d %j is the server’s own, byte for byte', async (minor, more) => {
    const asked = { major: 3, minor };
    const ours = negotiateVersion(asked, new Map([...PARAMETERS, ...more]));
    const session = speak(asked, more);
    const theirs = await session.until(READY);
    session.stream.reset('ok');
    const reply = ours.ok ? ours.reply : undefined;
    const names = more.map(([name]) => name);
    expect(reply).toEqual(
      encodeNegotiateProtocolVersion({ major: 3, minor: Math.min(minor, 2) }, names),
    );
    expect(theirs.subarray(0, reply?.length)).toEqual(reply);
  });
});

describe('protocol 3.2', () => {
  it('has a key of 32 bytes, which is kept and cancels', async () => {
    const session = speak(PROTOCOL_3_2);
    const greeting = await session.until(READY);
    const ours = { processId: 1, secretKey: new Uint8Array(32).fill(7) };
    const rewriter = new BackendKeyRewriter(ours);
    expect(rewriter.push(greeting).length).toBe(greeting.length);
    const key = rewriter.serverKey;
    if (!key) throw new Error('no key');
    expect(key.secretKey.length).toBe(32);
    session.stream.write(encodeQuery('select pg_sleep(60)'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await sendCancel(server.stream(), key);
    await session.until('C57014');
    session.stream.reset('ok');
  });
});
