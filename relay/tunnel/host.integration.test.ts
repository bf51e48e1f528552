import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Duplex } from '../../lib/mux/duplex';
import { encodeBackendKeyData } from '../../lib/postgres/backend-encoders';
import { MachinePostgres } from '../testing/machine-postgres';
import { connectClient } from '../testing/pg-client';
import { psql } from '../testing/psql';
import { authenticateRaw, RawClient, startup } from '../testing/raw-client';
import { TestHost, TestTunnel } from '../testing/test-host';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';

/** What PostgreSQL says to a client it has let in. */
const READY = Buffer.concat([
  Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]),
  encodeBackendKeyData({ processId: 1, secretKey: new Uint8Array(4) }),
  Buffer.from([0x5a, 0, 0, 0, 5, 0x49]),
]);

describe('the host of a playground', () => {
  let machine: MachinePostgres;
  let relay: TestRelay;
  let playground: TestPlayground;
  let editor: TestLink;
  const hosts: TestHost[] = [];

  beforeAll(async () => {
    machine = await MachinePostgres.start();
    relay = await TestRelay.start({ limits: { createsPerAddressPerMinute: 1_000 } });
  });
  afterAll(async () => {
    await relay?.stop();
    await machine?.stop();
  });
  beforeEach(async () => {
    playground = await relay.createPlayground();
    editor = await relay.createLink(playground, 'editor');
  });
  afterEach(() => {
    for (const host of hosts.splice(0)) host.leave();
  });

  const host = async () => {
    const made = await TestHost.connect(relay, playground, machine.socketPath);
    hosts.push(made);
    return made;
  };
  const connect = (link: TestLink) => connectClient(relay, playground, link);
  const isOnline = async () =>
    (await relay.call('GET', `/api/playgrounds/${playground.id}`)).body.hostOnline;

  it('is announced while it is there', async () => {
    expect(await isOnline()).toBe(false);
    const made = await host();
    await until(isOnline, 'the host to be online');
    made.leave();
    await until(async () => !(await isOnline()), 'the host to be gone');
  });

  it.each(['vanish', 'leave'] as const)(
    'takes its sessions along with 57P01 when it does %s',
    async (way) => {
      const made = await host();
      const client = await connect(editor);
      const ended = once(client, 'error');
      const query = client.query('select pg_sleep(300)').catch((error: unknown) => error);
      made[way]();
      expect(await query).toMatchObject({
        code: '57P01',
        message: expect.stringContaining('the tab hosting this playground has gone'),
      });
      await ended;
    },
  );

  it('takes its sessions along in the middle of a result, at the end of a row', async () => {
    const made = await host();
    const client = await connect(editor);
    const query = client
      .query("select generate_series(1, 100000000), repeat('x', 100)")
      .catch((error: unknown) => error);
    await until(
      async () => (await relay.metric('session_bytes_total', { direction: 'to-client' })) > 1e6,
      'rows to flow',
    );
    made.vanish();
    expect(await query).toMatchObject({ code: '57P01' });
  });

  it('is rid of the query of a client that vanished', async () => {
    await host();
    const client = await connectClient(relay, playground, editor, 'disable');
    client.query('select pg_sleep(302)').catch(() => undefined);
    const sleeping = () =>
      machine.query("select 1 from pg_stat_activity where query = 'select pg_sleep(302)'");
    await until(async () => (await sleeping()).length > 0, 'the query to run');
    const { connection } = client as unknown as { connection: { stream: Socket } };
    connection.stream.resetAndDestroy();
    await until(async () => (await sleeping()).length === 0, 'the query to end');
  });

  it('is waited for by a new session', async () => {
    const connecting = connect(editor);
    await until(async () => {
      const { hub } = relay.running.relay;
      return hub.room(playground.id).presence.peers.length > 0;
    }, 'the session to wait');
    await host();
    const client = await connecting;
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await client.end();
  });

  it('gives way to a newer one, which is told to its page and to its sessions', async () => {
    const first = await host();
    const client = await connect(editor);
    const query = client.query('select pg_sleep(300)').catch((error: unknown) => error);
    const second = await host();
    expect((await first.tunnel.closed).code).toBe('replaced');
    expect(first.tunnel.farewell?.reason.code).toBe('replaced');
    expect(await first.tunnel.closeCode).toBe(4010);
    expect(await query).toMatchObject({
      code: '57P01',
      message: 'another tab took over hosting this playground',
    });
    const again = await connect(editor);
    expect((await again.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(second.opened).toHaveLength(1);
    expect(await isOnline()).toBe(true);
    await again.end();
  });

  const hostTicket = (link: TestLink) =>
    relay.call('POST', `/api/playgrounds/${playground.id}/tickets`, {
      body: { link: link.id, secret: link.secret, as: 'host' },
    });

  it('cannot be a viewer', async () => {
    const { status, body } = await hostTicket(await relay.createLink(playground, 'viewer'));
    expect([status, body.error.code]).toEqual([403, 'viewer']);
  });

  it('is an editor while nobody else hosts, until the owner does', async () => {
    const made = await TestHost.connect(relay, playground, machine.socketPath, editor);
    await until(isOnline, 'the host to be online');
    const client = await connect(editor);
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    const ended = once(client, 'error');
    await host();
    expect((await made.tunnel.closed).code).toBe('replaced');
    await ended;
    const again = await connect(editor);
    expect((await again.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await again.end();
  });

  it('is not an editor while another tab hosts, be it an editor’s', async () => {
    const first = await TestHost.connect(relay, playground, machine.socketPath, editor);
    await until(isOnline, 'the host to be online');
    const refused = await hostTicket(editor);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'host-online']);
    first.leave();
    await until(async () => !(await isOnline()), 'the host to be gone');
    hosts.push(await TestHost.connect(relay, playground, machine.socketPath, editor));
  });

  it('stays when two editors come with tickets at the same moment', async () => {
    const first = await relay.ticket(playground, editor, 'host');
    const second = await relay.ticket(playground, editor, 'host');
    const tunnels = [first, second].map((ticket) => TestTunnel.dial(relay, ticket, 'host'));
    const refused = await Promise.race(tunnels.map(({ closed }) => closed));
    expect(refused.code).toBe('refused');
    expect(await relay.rejects('mux', 'host-online')).toBe(1);
    expect(await isOnline()).toBe(true);
    for (const { socket } of tunnels) socket.terminate();
  });

  it('that opens streams itself is refused them', async () => {
    const made = await host();
    const stream = made.tunnel.link.open([['kind', 'pg']]);
    await expect(stream.accepted).rejects.toMatchObject({ reason: { code: 'refused' } });
    expect(await relay.rejects('mux', 'refused')).toBe(1);
  });

  it('whose PostgreSQL is down gives a sentence', async () => {
    hosts.push(await TestHost.connect(relay, playground, '/nowhere/.s.PGSQL.5432'));
    const uri = relay.connectionString(playground, editor);
    const { stderr } = await psql(uri, ['-c', 'select 1']);
    expect(stderr).toContain('PostgreSQL is not running in the tab that hosts this playground');
  });

  it('that takes nothing makes the client wait, and the relay hold little', async () => {
    const streams: Duplex[] = [];
    const lazy = await TestTunnel.open(relay, playground, playground.owner, 'host', (stream) => {
      streams.push(stream);
      stream.accept();
      stream.write(READY);
    });
    const client = RawClient.connect(relay);
    client.socket.write(startup(playground, editor));
    await authenticateRaw(client, editor);
    const piece = Buffer.alloc(64 * 1024);
    const taken = () => relay.metric('session_bytes_total', { direction: 'to-host' });
    const before = await taken();
    let written = 0;
    const push = () => {
      while (written < 200e6) {
        written += piece.length;
        if (!client.socket.write(piece)) break;
      }
    };
    client.socket.on('drain', push);
    push();
    let last = -1;
    await until(async () => {
      const now = await taken();
      const isStill = now === last && now > before;
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 300));
      return isStill;
    }, 'the flow to stop');
    expect(last - before).toBeLessThan(4_000_000);
    expect(written).toBeLessThan(100e6);
    client.socket.destroy();
    lazy.socket.terminate();
  });

  describe('with a link that is revoked', () => {
    it('ends what the link opened through the Postgres port within a second', async () => {
      await host();
      const client = await connect(editor);
      const stays = await connect(playground.owner);
      const query = client.query('select pg_sleep(301)').catch((error: unknown) => error);
      const since = Date.now();
      await relay.revoke(playground, editor);
      expect(await query).toMatchObject({
        code: '57P01',
        message: 'the link of this connection was revoked',
      });
      expect(Date.now() - since).toBeLessThan(1_000);
      const running = () =>
        machine.query("select 1 from pg_stat_activity where query = 'select pg_sleep(301)'");
      await until(async () => (await running()).length === 0, 'the backend to end');
      expect((await stays.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      await stays.end();
    });

    it('ends what the link opened from a page, and takes it no more', async () => {
      const tunnel = await TestTunnel.open(relay, playground, editor, 'peer');
      const since = Date.now();
      await relay.revoke(playground, editor);
      expect((await tunnel.closed).code).toBe('revoked');
      expect(Date.now() - since).toBeLessThan(1_000);
      expect(tunnel.farewell?.reason.code).toBe('revoked');
      expect(await tunnel.closeCode).toBe(4009);
      await host();
      const { stderr } = await psql(relay.connectionString(playground, editor), ['-c', 'select 1']);
      expect(stderr).toContain('this link was revoked by the owner of the playground');
      const pathname = `/api/playgrounds/${playground.id}/tickets`;
      const { status, body } = await relay.call('POST', pathname, {
        body: { link: editor.id, secret: editor.secret, as: 'peer' },
      });
      expect([status, body.error.code]).toEqual([401, 'link-revoked']);
    });

    it('ends a session that still waits for the host', async () => {
      const connecting = connect(editor).catch((error: unknown) => error);
      const { hub } = relay.running.relay;
      await until(() => hub.room(playground.id).presence.peers.length > 0, 'the session to wait');
      await relay.revoke(playground, editor);
      expect(await connecting).toMatchObject({ code: '57P01' });
    });
  });
});

describe('a host that stays away', () => {
  it('is not waited for without end', async () => {
    const relay = await TestRelay.start({ limits: { hostWaitMs: 50 } });
    try {
      const playground = await relay.createPlayground();
      const uri = relay.connectionString(playground, playground.owner);
      const { stderr, code } = await psql(uri, ['-c', 'select 1']);
      expect(stderr).toContain("the playground's tab is not open");
      expect(code).toBe(2);
      expect(await relay.rejects('postgres', 'host-absent')).toBe(1);
    } finally {
      await relay.stop();
    }
  });
});

describe('a relay that stops', () => {
  it('tells tabs when to come back and sessions why they end', async () => {
    const machine = await MachinePostgres.start();
    const relay = await TestRelay.start();
    const playground = await relay.createPlayground();
    const host = await TestHost.connect(relay, playground, machine.socketPath);
    const client = await connectClient(relay, playground, playground.owner);
    const query = client.query('select pg_sleep(300)').catch((error: unknown) => error);
    await until(
      async () =>
        (await machine.query("select 1 from pg_stat_activity where query like 'select pg_sleep%'"))
          .length,
      'the query to run',
    );
    const since = Date.now();
    await relay.stop();
    expect(Date.now() - since).toBeLessThan(8_000);
    expect(await query).toMatchObject({ code: '57P01', message: 'the server is restarting' });
    await host.tunnel.closed;
    expect(host.tunnel.farewell).toEqual({
      reason: { code: 'shutting-down', text: 'The server is restarting.' },
      retryAfterMs: 2_000,
    });
    await machine.stop();
  });
});
