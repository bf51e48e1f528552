import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Link } from '../../lib/mux/link';
import { sendCancel } from '../../lib/postgres/cancel';
import { connectClient, type PgClient } from '../../lib/postgres/client';
import { type Agent, startAgent } from './testing/agent';
import { beginRaw } from './testing/host';
import { muxHost } from './testing/mux-host';
import { Postgres } from './testing/postgres';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await Postgres.create();
  await postgres.start();
});
afterAll(() => postgres.remove());

const PG = [['kind', 'pg']] as const;

async function newAgent(): Promise<Agent> {
  return startAgent({ pgSocket: postgres.socket, pgData: postgres.data });
}

async function session(link: Link): Promise<PgClient> {
  const client = await connectClient(link.open(PG), { user: 'postgres', database: 'postgres' });
  onTestFinished(() => client.destroy());
  return client;
}

async function value(client: PgClient, sql: string, parameters: string[] = []) {
  return (await client.query(sql, parameters)).rows[0]![0];
}

describe('M3: pg leads to PostgreSQL', () => {
  test('a session begins, answers and ends', async () => {
    const agent = await newAgent();
    const link = await muxHost(agent);
    const before = await agent.descriptors();
    const client = await session(link);
    expect(await value(client, 'select 6 * 7')).toBe('42');
    const closed = new Promise((resolve) => client.onClose(resolve));
    client.end();
    await closed;
    await link.ping();
    expect(await agent.descriptors()).toBe(before);
  });

  test('S7, C: 10 MB through COPY, in and out, are the same bytes', async () => {
    const client = await session(await muxHost(await newAgent()));
    await client.simple('create temp table pieces (n int, hex text)');
    const lines = Array.from(
      { length: 5000 },
      (_, n) => `${n}\t${randomBytes(1000).toString('hex')}\n`,
    );
    const sent = createHash('sha256').update(lines.join('')).digest('hex');
    await client.copyIn(
      'copy pieces from stdin',
      lines.map((line) => Buffer.from(line)),
    );
    const received = createHash('sha256');
    let bytes = 0;
    await client.copyOut('copy (select * from pieces order by n) to stdout', (chunk) => {
      bytes += chunk.length;
      received.update(chunk);
    });
    expect(bytes).toBe(lines.join('').length);
    expect(received.digest('hex')).toBe(sent);
  });

  test('a value of 16 MB goes in and comes back', async () => {
    const client = await session(await muxHost(await newAgent()));
    const large = 'ü'.repeat(8_000_000);
    expect(await value(client, 'select md5($1)', [large])).toBe(
      createHash('md5').update(large).digest('hex'),
    );
    expect(await value(client, 'select $1::text', [large])).toBe(large);
  });

  test('20 sessions at once, and one waits for the lock of another', async () => {
    const link = await muxHost(await newAgent());
    const sessions = await Promise.all(Array.from({ length: 20 }, () => session(link)));
    const [first, second, ...others] = sessions as [PgClient, PgClient, ...PgClient[]];
    await first.simple('create table if not exists locked (id int); truncate locked');
    await first.simple('begin; lock table locked');
    let taken = false;
    const waiting = second.simple('begin; lock table locked; commit').then(() => {
      taken = true;
    });
    const answers = await Promise.all(others.map((client, i) => value(client, `select ${i}`)));
    expect(answers).toEqual(others.map((_, i) => `${i}`));
    expect(taken).toBe(false);
    await first.simple('commit');
    await waiting;
  });

  test('CancelRequest on a stream of its own', async () => {
    const link = await muxHost(await newAgent());
    const client = await session(link);
    const cancelled = expect(client.query('select pg_sleep(1000)')).rejects.toMatchObject({
      code: '57014',
    });
    const other = await session(link);
    const isRunning = `select count(*) from pg_stat_activity where query like '%pg_sleep(1000)%' and pid <> pg_backend_pid() and state = 'active'`;
    while ((await value(other, isRunning)) === '0');
    await sendCancel(link.open(PG), client.key!);
    await cancelled;
  });

  test('S3: END from the host is a half-close: PostgreSQL sees it and ends', async () => {
    const agent = await newAgent();
    const host = await beginRaw(agent);
    const before = await agent.descriptors();
    const id = host.open(...PG);
    await host.takeOf('accept', id);
    host.send({ type: 'end', stream: id });
    await host.takeOf('end', id);
    await host.settled();
    expect(await agent.descriptors()).toBe(before);
  });

  test('the last words of a backend arrive, though bytes for it were under way', async () => {
    const link = await muxHost(await newAgent());
    const victim = await session(link);
    const closed = new Promise((resolve) => victim.onClose(resolve));
    const killer = await session(link);
    const pid = await value(victim, 'select pg_backend_pid()');
    const running = victim.query('select pg_sleep(1000)').catch((error) => error);
    const sent = victim.query(`select '${'x'.repeat(30_000)}'`).catch((error) => error);
    await killer.query('select pg_terminate_backend($1::int)', [pid!]);
    expect(await running).toMatchObject({ code: '57P01' });
    expect(await sent).toBeInstanceOf(Error);
    await closed;
  });

  test('the attention line closes every connection (K4)', async () => {
    const agent = await newAgent();
    const link = await muxHost(agent);
    const watcher = await session(await muxHost(await newAgent()));
    for (let i = 0; i < 5; i++) await (await session(link)).simple("set application_name = 'lost'");
    const count = `select count(*) from pg_stat_activity where application_name = 'lost'`;
    expect(await value(watcher, count)).toBe('5');
    agent.attention.write('A');
    while ((await value(watcher, count)) !== '0');
  });
});

describe('V2: PostgreSQL is not there', () => {
  test('no socket: unreachable, and it says why', async () => {
    const host = await beginRaw(await startAgent({ pgSocket: '/nonexistent/.s.PGSQL.5432' }));
    const { reason } = await host.takeOf('reset', host.open(...PG));
    expect(reason).toEqual({
      code: 'unreachable',
      text: "PostgreSQL's socket: No such file or directory",
    });
  });

  test('PostgreSQL was killed: refused at once, and health says down', async () => {
    const mortal = await Postgres.create();
    onTestFinished(() => mortal.remove());
    await mortal.start();
    const agent = await startAgent({ pgSocket: mortal.socket, pgData: mortal.data });
    const host = await beginRaw(agent);
    const health = async () => {
      const id = host.open(['kind', 'health']);
      const line = await host.bytesUntilEnd(id);
      host.send({ type: 'end', stream: id });
      return JSON.parse(line.toString()).pg;
    };
    while ((await health()) !== 'ready');
    const id = host.open(...PG);
    await host.takeOf('accept', id);
    process.kill(mortal.pid, 'SIGSTOP');
    expect(await health()).toBe('ready');
    process.kill(mortal.pid, 'SIGCONT');
    await mortal.kill('SIGKILL');
    // Its children end when they notice; the pid file stays.
    expect(await health()).toBe('down');
    const { reason } = await host.takeOf('reset', host.open(...PG));
    expect(reason).toEqual({
      code: 'unreachable',
      text: "PostgreSQL's socket: Connection refused",
    });
  });
});

/** A server in PostgreSQL's place, which the test plays. */
async function playServer(): Promise<{ server: Server; socket: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'warren-agent-socket-'));
  const socket = path.join(folder, 'socket');
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }).listen(socket);
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  return { server, socket };
}

describe('C: back-pressure at the socket', () => {
  test('C3: a server that stops reading stops the grants, and all arrives once it goes on', async () => {
    const { server, socket } = await playServer();
    const agent = await startAgent({ pgSocket: socket });
    const host = await beginRaw(agent);
    const id = host.open(...PG);
    const [peer] = (await once(server, 'connection')) as [Socket];
    await host.takeOf('accept', id);

    const sent = createHash('sha256');
    let credit = host.window;
    const spend = () => {
      while (credit > 0) {
        const bytes = randomBytes(Math.min(credit, 16_384));
        sent.update(bytes);
        host.send({ type: 'data', stream: id, bytes });
        credit -= bytes.length;
      }
    };
    const collect = () => {
      for (const frame of host.frames.splice(0)) if (frame.type === 'credit') credit += frame.bytes;
    };
    let total = 0;
    do {
      total += credit;
      spend();
      await host.until(() => host.queued === 0 && host.acknowledged === host.sent, 'ACK');
      await host.settled();
      collect();
    } while (credit > 0);
    // The socket is full, the window is spent.
    expect(total).toBeGreaterThan(host.window);

    const received = createHash('sha256');
    let bytes = 0;
    const all = new Promise<void>((resolve) => {
      peer.on('data', (chunk) => {
        received.update(chunk);
        bytes += chunk.length;
      });
      peer.on('end', resolve);
    });
    peer.resume();
    host.send({ type: 'end', stream: id });
    await all;
    expect(bytes).toBe(total);
    expect(received.digest('hex')).toBe(sent.digest('hex'));
    peer.end();
    await host.takeOf('end', id);
  });

  test('S3: what the server writes after the host ended still arrives', async () => {
    const { server, socket } = await playServer();
    const host = await beginRaw(await startAgent({ pgSocket: socket }));
    const id = host.open(...PG);
    host.send(
      { type: 'data', stream: id, bytes: Buffer.from('all I have') },
      { type: 'end', stream: id },
    );
    const [peer] = (await once(server, 'connection')) as [Socket];
    peer.on('end', () => peer.end('and the answer')).resume();
    expect((await host.bytesUntilEnd(id)).toString()).toBe('and the answer');
  });

  test('S7: a host that goes on sending to a closed server is told', async () => {
    const { server, socket } = await playServer();
    const host = await beginRaw(await startAgent({ pgSocket: socket }));
    const id = host.open(...PG);
    const [peer] = (await once(server, 'connection')) as [Socket];
    peer.end('last words');
    peer.destroySoon();
    expect((await host.bytesUntilEnd(id)).toString()).toBe('last words');
    // Less than the window may have been under way, and is let go.
    host.send({ type: 'data', stream: id, bytes: Buffer.alloc(16_384) });
    await host.takeOf('accept', id);
    await host.settled();
    expect(host.frames).toEqual([]);
    for (let i = 0; i < 3; i++)
      host.send({ type: 'data', stream: id, bytes: Buffer.alloc(16_384) });
    expect(await host.resetOf(id)).toBe('unreachable');
  });
});
