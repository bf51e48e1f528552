import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Peer } from '../../lib/machine/types';
import type { Duplex } from '../../lib/mux/duplex';
import { cancelRequest, encodeStartup } from '../../lib/postgres/startup-encoders';
import { MachinePostgres } from '../testing/machine-postgres';
import { connectClient } from '../testing/pg-client';
import { readError } from '../testing/raw-client';
import { TestHost, TestTunnel } from '../testing/test-host';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';

interface Presence {
  readonly hostOnline: boolean;
  readonly peers: readonly Peer[];
}

describe('a page', () => {
  let machine: MachinePostgres;
  let relay: TestRelay;
  let playground: TestPlayground;
  let viewer: TestLink;
  let host: TestHost;

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
    viewer = await relay.createLink(playground, 'viewer');
    host = await TestHost.connect(relay, playground, machine.socketPath);
  });

  const page = (link: TestLink) => TestTunnel.open(relay, playground, link, 'peer');

  describe('with a pg stream', () => {
    it('speaks to PostgreSQL as the role of its link', async () => {
      const tunnel = await page(viewer);
      const stream = listen(tunnel.link.open([['kind', 'pg']]));
      stream.duplex.write(
        encodeStartup([
          ['user', 'owner'],
          ['database', 'postgres'],
        ]),
      );
      await until(() => stream.text().includes('Z\0\0\0\x05I'), 'ReadyForQuery');
      stream.duplex.write(query('select current_user'));
      await until(() => stream.text().includes('viewer'), 'the answer');
      stream.duplex.end();
      await until(() => stream.ended(), 'the end');
    });

    it('cancels by the key it was given', async () => {
      const tunnel = await page(viewer);
      const stream = listen(tunnel.link.open([['kind', 'pg']]));
      stream.duplex.write(encodeStartup([['user', 'x']]));
      await until(() => stream.text().includes('Z\0\0\0\x05I'), 'ReadyForQuery');
      const at = stream.text().indexOf('K\0\0\0\x0c');
      const key = Buffer.from(stream.text().slice(at + 5, at + 13), 'latin1');
      stream.duplex.write(query('select pg_sleep(300)'));
      await until(
        async () =>
          (await machine.query("select 1 from pg_stat_activity where query like 'select pg_sl%'"))
            .length,
        'the query to run',
      );
      const cancel = listen(tunnel.link.open([['kind', 'pg']]));
      const secretKey = key.subarray(4);
      cancel.duplex.write(cancelRequest({ processId: key.readInt32BE(), secretKey }));
      await until(() => stream.text().includes('C57014'), 'the query to be cancelled');
      await until(() => cancel.ended(), 'the cancel stream to end');
      tunnel.socket.terminate();
    });

    it('is told what is wrong with its startup packet', async () => {
      const tunnel = await page(viewer);
      const stream = listen(tunnel.link.open([['kind', 'pg']]));
      stream.duplex.write(new Uint8Array([0, 0, 0, 3]));
      await until(() => stream.ended(), 'the end');
      expect(readError(Buffer.from(stream.text(), 'latin1')).code).toBe('08P01');
      expect(await relay.rejects('postgres', 'startup-length')).toBe(1);
    });

    it('may not replicate as a viewer', async () => {
      const tunnel = await page(viewer);
      const stream = listen(tunnel.link.open([['kind', 'pg']]));
      stream.duplex.write(
        encodeStartup([
          ['user', 'x'],
          ['replication', 'database'],
        ]),
      );
      await until(() => stream.ended(), 'the end');
      expect(readError(Buffer.from(stream.text(), 'latin1')).code).toBe('42501');
    });

    it('hears 57P01 when the host goes', async () => {
      const tunnel = await page(viewer);
      const stream = listen(tunnel.link.open([['kind', 'pg']]));
      stream.duplex.write(encodeStartup([['user', 'x']]));
      await until(() => stream.text().includes('Z\0\0\0\x05I'), 'ReadyForQuery');
      host.vanish();
      await until(() => stream.ended(), 'the end');
      expect(stream.text()).toContain('C57P01');
    });
  });

  describe('with a peers stream', () => {
    const watch = (tunnel: TestTunnel) => {
      const stream = listen(tunnel.link.open([['kind', 'peers']]));
      const last = (): Presence | undefined => {
        const lines = stream.text().split('\n').slice(0, -1);
        const line = lines.at(-1);
        return line === undefined ? undefined : JSON.parse(line);
      };
      return { ...stream, last };
    };

    it('sees who is there, through which door, and when they go', async () => {
      const tunnel = await page(playground.owner);
      const presence = watch(tunnel);
      const client = await connectClient(relay, playground, viewer);
      await until(() => presence.last()?.peers.length === 3, 'three to be there');
      expect(presence.last()?.hostOnline).toBe(true);
      expect(presence.last()?.peers).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ via: 'host', role: 'owner', address: '127.0.0.1' }),
          expect.objectContaining({ via: 'page', role: 'owner' }),
          expect.objectContaining({ via: 'postgres', role: 'viewer' }),
        ]),
      );
      await client.end();
      host.leave();
      await until(() => presence.last()?.peers.length === 1, 'two to go');
      expect(presence.last()?.hostOnline).toBe(false);
      tunnel.socket.terminate();
    });

    it('does not tell a viewer where the others are', async () => {
      const presence = watch(await page(viewer));
      await until(() => presence.last()?.peers.length === 2, 'two to be there');
      expect(new Set(presence.last()?.peers.map(({ address }) => address))).toEqual(new Set(['']));
    });

    it('lets the owner disconnect somebody, through each door', async () => {
      const owner = await page(playground.owner);
      const presence = watch(owner);
      const other = await page(viewer);
      const client = await connectClient(relay, playground, viewer);
      const query = client.query('select pg_sleep(300)').catch((error: unknown) => error);
      await until(() => presence.last()?.peers.length === 4, 'four to be there');
      for (const { id, role } of presence.last()?.peers ?? []) {
        if (role === 'viewer') presence.duplex.write(utf8(`{"disconnect":"${id}"}\n`));
      }
      expect((await other.closed).text).toBe('The owner of the playground disconnected you.');
      expect(await query).toMatchObject({
        code: '57P01',
        message: 'the owner of the playground closed this connection',
      });
      await until(() => presence.last()?.peers.length === 2, 'two to be left');
      owner.socket.terminate();
    });

    it('does not let a viewer', async () => {
      const tunnel = await page(viewer);
      const presence = watch(tunnel);
      await until(() => presence.last()?.peers.length === 2, 'two to be there');
      for (const { id } of presence.last()?.peers ?? []) {
        presence.duplex.write(utf8(`{"disconnect":"${id}"}\n`));
      }
      await relay.untilRejected('mux', 'command-forbidden', 1);
      expect(presence.last()?.peers.length).toBe(2);
      tunnel.socket.terminate();
    });

    it('takes no line without end', async () => {
      const tunnel = await page(viewer);
      const presence = watch(tunnel);
      presence.duplex.write(new Uint8Array(2_000).fill(65));
      await relay.untilRejected('mux', 'line-too-long');
      await until(() => presence.ended(), 'the stream to be reset');
      tunnel.socket.terminate();
    });
  });
});

/** Reads a stream and keeps what it says. */
function listen(duplex: Duplex) {
  let text = '';
  let isEnded = false;
  duplex.attach({
    data: (chunk) => {
      text += Buffer.from(chunk).toString('latin1');
      duplex.consumed(chunk.length);
    },
    end: () => {
      isEnded = true;
    },
    reset: () => {
      isEnded = true;
    },
    drain: () => undefined,
  });
  return { duplex, text: () => text, ended: () => isEnded };
}

function query(sql: string): Uint8Array {
  const body = Buffer.from(`${sql}\0`);
  const head = Buffer.from([0x51, 0, 0, 0, 4 + body.length]);
  return Buffer.concat([head, body]);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
