import { networkInterfaces } from 'node:os';
import tls from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeStartup } from '../../lib/postgres/startup-encoders';
import { MachinePostgres } from '../testing/machine-postgres';
import { connectClient, keyOf, sendCancel } from '../testing/pg-client';
import { psql } from '../testing/psql';
import {
  GSSENC_REQUEST,
  lengthWord,
  packet,
  RawClient,
  SSL_REQUEST,
  startup,
} from '../testing/raw-client';
import { TestHost } from '../testing/test-host';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';

const NON_LOOPBACK = Object.values(networkInterfaces())
  .flat()
  .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;

describe('bad input on the Postgres port', () => {
  let machine: MachinePostgres;
  let relay: TestRelay;
  let playground: TestPlayground;
  let viewer: TestLink;
  let host: TestHost;

  beforeAll(async () => {
    machine = await MachinePostgres.start();
    relay = await TestRelay.start({
      environment: { PUBLIC_URL: 'http://warren.example', HOST: '0.0.0.0' },
      limits: { pgAuthenticationMs: 1_500, failureDelayFirstMs: 10, failureDelayMaxMs: 40 },
    });
    playground = await relay.createPlayground();
    viewer = await relay.createLink(playground, 'viewer');
    host = await TestHost.connect(relay, playground, machine.socketPath);
  });
  afterAll(async () => {
    host?.leave();
    await relay?.stop();
    await machine?.stop();
  });

  /** Sends bytes and expects the relay to end the connection with this error, and to count it. */
  const refuses = async (
    code: string,
    sqlState: string,
    client: RawClient,
    bytes: readonly (string | Uint8Array)[],
    skip = 0,
  ) => {
    const before = await relay.rejects('postgres', code);
    client.send(...bytes);
    const error = await client.error(skip);
    expect(error).toMatchObject({ severity: 'FATAL', code: sqlState });
    expect(await relay.rejects('postgres', code)).toBe(before + 1);
    return error;
  };

  beforeEach(async () => {
    // Everyone else is undisturbed: an honest session works throughout.
    const honest = await connectClient(relay, playground, playground.owner);
    expect((await honest.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await honest.end();
  });

  it.each([0, 1, 2, 3, 7, 2 ** 31, 2 ** 32 - 1])('a packet of length %d', async (length) => {
    const isPostgres = length < 2 ** 24;
    await refuses(
      isPostgres ? 'startup-length' : 'not-postgres',
      '08P01',
      RawClient.connect(relay),
      [lengthWord(length)],
    );
  });

  it('a startup packet over 10 KB', async () => {
    const client = RawClient.connect(relay);
    await refuses('startup-length', '08P01', client, [lengthWord(10_005), lengthWord(196608)]);
  });

  it('something that is not Postgres', async () => {
    const client = RawClient.connect(relay);
    await refuses('not-postgres', '08P01', client, ['GET / HTTP/1.1\r\n\r\n']);
  });

  it('a startup packet without its final zero', async () => {
    const client = RawClient.connect(relay);
    await refuses('startup-layout', '08P01', client, [packet(196608, Buffer.from('user\0me'))]);
  });

  it('one byte after another without end', async () => {
    const client = RawClient.connect(relay);
    const bytes = startup(playground, viewer);
    const before = await relay.rejects('postgres', 'authentication-timeout');
    let at = 0;
    const timer = setInterval(() => client.send(bytes.subarray(at, ++at)), 100);
    const error = await client.error();
    clearInterval(timer);
    expect(error.code).toBe('57014');
    expect(await relay.rejects('postgres', 'authentication-timeout')).toBe(before + 1);
  });

  it('nothing at all, and nothing within TLS', async () => {
    const silent = RawClient.connect(relay);
    const encrypted = await RawClient.overTls(relay);
    expect((await silent.error()).code).toBe('57014');
    expect((await encrypted.error()).code).toBe('57014');
  });

  it('a TLS handshake that never ends', async () => {
    const client = RawClient.connect(relay);
    client.send(SSL_REQUEST);
    await client.hears(1);
    client.send(Buffer.from([0x16, 3, 1, 0, 200]));
    await client.ended;
    expect(client.heard.toString()).toBe('S');
  });

  it('packets cut anywhere are read all the same', async () => {
    const client = RawClient.connect(relay);
    for (const byte of Buffer.concat([GSSENC_REQUEST, startup(playground, viewer)])) {
      client.send(Buffer.from([byte]));
    }
    const heard = await client.hears(10);
    expect(heard.subarray(0, 2).toString()).toBe('NR');
    client.socket.destroy();
  });

  it('several packets in one segment are read all the same', async () => {
    const client = RawClient.connect(relay);
    client.send(Buffer.concat([GSSENC_REQUEST, startup(playground, viewer)]));
    const heard = await client.hears(10);
    expect(heard.subarray(0, 2).toString()).toBe('NR');
    client.socket.destroy();
  });

  it('a second SSLRequest, inside TLS', async () => {
    const client = await RawClient.overTls(relay);
    await refuses('encryption-requested-again', '08P01', client, [SSL_REQUEST]);
  });

  it('a second GSSENCRequest', async () => {
    const client = RawClient.connect(relay);
    client.send(GSSENC_REQUEST);
    await client.hears(1);
    await refuses('encryption-requested-again', '08P01', client, [GSSENC_REQUEST], 1);
  });

  it('plain text after an SSLRequest', async () => {
    const client = RawClient.connect(relay);
    client.send(SSL_REQUEST);
    await client.hears(1);
    await refuses('plaintext-after-ssl', '08P01', client, [startup(playground, viewer)], 1);
  });

  it('bytes that come ahead of the TLS handshake', async () => {
    const client = RawClient.connect(relay);
    const segment = Buffer.concat([SSL_REQUEST, startup(playground, viewer)]);
    await refuses('data-after-ssl-request', '08P01', client, [segment]);
  });

  it('a TLS handshake that is garbage', async () => {
    const before = await relay.rejects('postgres', 'tls-failed');
    const client = RawClient.connect(relay);
    client.send(Buffer.from([0x16, 0xff, 0xff, 0, 4, 1, 2, 3, 4]));
    await client.ended;
    expect(await relay.rejects('postgres', 'tls-failed')).toBe(before + 1);
  });

  it('direct TLS without ALPN, and with', async () => {
    const { pgPort } = relay.running;
    const direct = (options: tls.ConnectionOptions) =>
      new RawClient(
        tls.connect({ host: '127.0.0.1', port: pgPort, rejectUnauthorized: false, ...options }),
      );
    await refuses('alpn-missing', '08P01', direct({}), [startup(playground, viewer)]);
    const before = await relay.rejects('postgres', 'tls-failed');
    await direct({ ALPNProtocols: ['http/1.1'] }).ended;
    expect(await relay.rejects('postgres', 'tls-failed')).toBe(before + 1);
    const good = direct({ ALPNProtocols: ['postgresql'] });
    good.send(startup(playground, viewer));
    expect((await good.hears(1)).subarray(0, 1).toString()).toBe('R');
    good.socket.destroy();
  });

  it.skipIf(!NON_LOOPBACK)('plain text from another machine', async () => {
    const client = RawClient.connect(relay, NON_LOOPBACK);
    const error = await refuses('tls-required', '28000', client, [startup(playground, viewer)]);
    expect(error.message).toContain('TLS only');
  });

  it('a protocol of another major version', async () => {
    const client = RawClient.connect(relay);
    await refuses('version-unsupported', '0A000', client, [packet(0x20000, Buffer.from('x\0'))]);
  });

  it('a later minor version is told what is spoken here', async () => {
    const client = RawClient.connect(relay);
    client.send(
      encodeStartup(
        [
          ['user', `${viewer.id}.${playground.id}`],
          ['_pq_.x', '1'],
        ],
        {
          major: 3,
          minor: 9999,
        },
      ),
    );
    const heard = await client.hears(20);
    expect(heard.subarray(0, 1).toString()).toBe('v');
    expect(heard.readUInt32BE(5)).toBe(0x30002);
    expect(heard.toString('latin1')).toContain('_pq_.x');
    client.socket.destroy();
  });

  describe('routing', () => {
    it('no SNI and a user without playground', async () => {
      const client = await RawClient.overTls(relay);
      const bytes = encodeStartup([['user', viewer.id]]);
      await refuses('playground-missing', '08001', client, [bytes]);
    });

    it('the playground by SNI', async () => {
      const client = await RawClient.overTls(relay, {
        servername: `${playground.id}.db.warren.example`,
      });
      client.send(encodeStartup([['user', viewer.id]]));
      expect((await client.hears(1)).subarray(0, 1).toString()).toBe('R');
      client.socket.destroy();
    });

    it('a foreign SNI', async () => {
      const client = await RawClient.overTls(relay, { servername: 'db.other.example' });
      await refuses('sni-foreign', '08001', client, [startup(playground, viewer)]);
    });

    it('SNI against the user name', async () => {
      const servername = 'aaaaaaaaaaaa.db.warren.example';
      const client = await RawClient.overTls(relay, { servername });
      await refuses('playground-disagrees', '08001', client, [startup(playground, viewer)]);
    });

    it('options against the user name', async () => {
      const client = RawClient.connect(relay);
      const options = '-c warren.playground=aaaaaaaaaaaa';
      const bytes = startup(playground, viewer, { options });
      await refuses('playground-disagrees', '08001', client, [bytes]);
    });

    it('the playground by options', async () => {
      const options = encodeURIComponent(`-c warren.playground=${playground.id}`);
      const uri = relay
        .connectionString(playground, viewer)
        .replace(`.${playground.id}:`, ':')
        .concat(`&options=${options}`);
      const { stdout } = await psql(uri, ['-Atc', 'select current_user']);
      expect(stdout.trim()).toBe('viewer');
    });

    it.each([
      ['no user', [], 'user-missing', '28000'],
      ['a user of another form', [['user', "x'; drop"]], 'user-malformed', '28000'],
    ] as const)('%s', async (_name, parameters, code, sqlState) => {
      await refuses(code, sqlState, RawClient.connect(relay), [encodeStartup(parameters)]);
    });
  });

  describe('authentication', () => {
    const message = (body: Uint8Array, type = 'p') =>
      Buffer.concat([Buffer.from(type), lengthWord(4 + body.length), body]);
    const asked = async () => {
      const client = RawClient.connect(relay);
      client.send(startup(playground, viewer));
      const { length } = await client.hears(24);
      return { client, length };
    };

    it('a query instead of an answer', async () => {
      const { client, length } = await asked();
      const bytes = message(Buffer.from('select 1\0'), 'Q');
      await refuses('password-expected', '08P01', client, [bytes], length);
    });

    it('an answer of 2 GB', async () => {
      const { client, length } = await asked();
      const bytes = Buffer.concat([Buffer.from('p'), lengthWord(2 ** 31 - 1)]);
      await refuses('password-length', '08P01', client, [bytes], length);
    });

    it('a mechanism that was not offered', async () => {
      const { client, length } = await asked();
      const body = Buffer.concat([Buffer.from('PLAIN\0'), lengthWord(1), Buffer.from('x')]);
      await refuses('mechanism-unknown', '08P01', client, [message(body)], length);
    });

    it('a password in clear', async () => {
      const { client, length } = await asked();
      const bytes = message(Buffer.from(`${viewer.secret}\0`));
      await refuses('sasl-malformed', '08P01', client, [bytes], length);
    });

    it('a wrong password ten times is slowed, and the right one passes at once', async () => {
      const before = await relay.rejects('postgres', 'password-wrong');
      const wrong = { ...viewer, secret: playground.owner.secret };
      for (let attempt = 0; attempt < 10; attempt++) {
        const refused = connectClient(relay, playground, wrong);
        await expect(refused).rejects.toMatchObject({
          code: '28P01',
          message: `password authentication failed for user "${viewer.id}.${playground.id}"`,
        });
      }
      expect(await relay.rejects('postgres', 'password-wrong')).toBe(before + 10);
      expect(await relay.metric('auth_failures_total', { at: 'postgres' })).toBeGreaterThan(9);
      const right = await connectClient(relay, playground, viewer);
      await right.end();
    });

    it('a link or playground that does not exist is refused as a wrong password is', async () => {
      const unknownLink = { ...viewer, id: 'zzzzzzzz' };
      const elsewhere = { ...playground, id: 'zzzzzzzzzzzz' };
      for (const [where, link] of [
        [playground, unknownLink],
        [elsewhere, viewer],
      ] as const) {
        await expect(connectClient(relay, where, link)).rejects.toMatchObject({
          code: '28P01',
          message: expect.stringContaining('password authentication failed for user'),
        });
      }
    });
  });

  describe('cancel requests', () => {
    it('with a forged key change nothing and tell nothing', async () => {
      const client = await connectClient(relay, playground, viewer);
      const query = client.query('select pg_sleep(0.5), 1 as one');
      const { processId, secretKey } = keyOf(client);
      const forged = Buffer.from(secretKey);
      forged[0] = (forged[0] ?? 0) ^ 1;
      const before = await relay.rejects('postgres', 'cancel-unknown');
      await sendCancel(relay, { processId, secretKey: forged });
      await sendCancel(relay, { processId: 1, secretKey: forged });
      await sendCancel(relay, { processId, secretKey: Buffer.alloc(256) });
      expect(await relay.rejects('postgres', 'cancel-unknown')).toBe(before + 3);
      expect((await query).rows[0].one).toBe(1);
      await client.end();
    });

    it('of an impossible length', async () => {
      const client = RawClient.connect(relay);
      const bytes = packet(80877102, Buffer.alloc(4 + 257));
      await refuses('cancel-length', '08P01', client, [bytes]);
    });
  });

  it('a client that stops reading holds bounded memory, and others go on', async () => {
    const client = await connectClient(relay, playground, playground.owner);
    const { connection } = client as unknown as { connection: { stream: tls.TLSSocket } };
    client
      .query("select repeat('x', 1000000) from generate_series(1, 2000)")
      .catch(() => undefined);
    connection.stream.pause();
    const passed = () => relay.metric('session_bytes_total', { direction: 'to-client' });
    let last = -1;
    await until(async () => {
      const now = await passed();
      const isStill = now === last && now > 0;
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return isStill;
    }, 'the flow to stop');
    const other = await connectClient(relay, playground, viewer);
    expect((await other.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect((await passed()) - last).toBeLessThan(100_000);
    expect(last).toBeLessThan(32_000_000);
    await other.end();
    connection.stream.destroy();
  });
});

describe('too many connections', () => {
  it('from one address are refused, and those that do not authenticate make room', async () => {
    const relay = await TestRelay.start({
      limits: { pgConnectionsPerAddress: 6, pgUnauthenticatedPerAddress: 3 },
    });
    try {
      const clients = Array.from({ length: 4 }, () => RawClient.connect(relay));
      expect(await clients[0]?.error()).toMatchObject({ code: '53300' });
      clients.push(...Array.from({ length: 12 }, () => RawClient.connect(relay)));
      await relay.untilRejected('postgres', 'too-many-connections', 9);
      for (const client of clients) client.socket.destroy();
    } finally {
      await relay.stop();
    }
  });
});
