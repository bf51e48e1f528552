import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { decodeMetadata } from '../../lib/mux/metadata';
import {
  encodeCopyData,
  encodeCopyDone,
  encodeQuery,
  encodeSync,
  encodeTerminate,
  encodeUnnamedQuery,
} from '../../lib/postgres/frontend-encoders';
import { encodeStartup } from '../../lib/postgres/startup-encoders';
import { type Agent, startAgent } from './testing/agent';
import { beginRaw, type RawHost } from './testing/host';
import { Postgres } from './testing/postgres';
import { RawSession } from './testing/session';

const PARKED = 8;

let postgres: Postgres;

beforeAll(async () => {
  postgres = await Postgres.create();
  await postgres.start();
});
afterAll(() => postgres.remove());

async function start(): Promise<{ agent: Agent; host: RawHost }> {
  const agent = await startAgent({ pgSocket: postgres.socket, pgData: postgres.data });
  return { agent, host: await beginRaw(agent) };
}

/** Backends with a mark in their application_name, seen by another session. */
async function backends(watcher: RawSession, mark: string): Promise<number> {
  const [count] = await watcher.query(
    `select count(*) from pg_stat_activity where application_name = '${mark}'`,
  );
  return Number(count);
}

describe('G1: a session with a name outlives the link', () => {
  test('an open transaction, its temporary table, prepared statement and settings go on', async () => {
    const { agent, host } = await start();
    const session = await RawSession.open(host, 'cell1');
    expect(session.resumed).toBe(false);
    const [pid] = await session.query('select pg_backend_pid()');
    await session.query("set application_name = 'mine'; prepare six as select 6");
    await session.query('create temp table t (n int)');
    await session.query('begin; insert into t values (41)');
    const before = await agent.descriptors();

    for (let times = 0; times < 3; times++) {
      await host.begin();
      expect(await agent.descriptors()).toBe(before);
      const again = await RawSession.open(host, 'cell1');
      expect(again.resumed).toBe(true);
      expect(await again.query('select pg_backend_pid()')).toEqual([pid]);
      expect(await again.query('update t set n = n + 1 returning n')).toEqual([`${42 + times}`]);
      expect(await again.query('execute six')).toEqual(['6']);
      expect(await again.query('show application_name')).toEqual(['mine']);
    }
    await host.begin();
    const last = await RawSession.open(host, 'cell1');
    expect(await last.query('rollback; select count(*) from t')).toEqual(['0']);
  });

  test('a transaction that has failed is resumed as that', async () => {
    const { host } = await start();
    const session = await RawSession.open(host, 'a');
    expect(await session.query('begin; select 1 / 0')).toEqual(['22012']);
    await host.begin();
    const again = await RawSession.open(host, 'a');
    expect(again.resumed).toBe(true);
    again.write(encodeSync());
    expect(await again.ready()).toBe('failed');
  });

  test('notifications that came meanwhile are told', async () => {
    const { host } = await start();
    const listener = await RawSession.open(host, 'a');
    await listener.query('listen news');
    await host.begin();
    await (await RawSession.open(host, 'b')).query('notify news');
    const again = await RawSession.open(host, 'a');
    expect(again.resumed).toBe(true);
    expect(await again.query('select 1')).toEqual(['1']);
  });

  test('of two streams with one name the later has it', async () => {
    const { host } = await start();
    const first = await RawSession.open(host, 'a');
    const second = await RawSession.open(host, 'a');
    expect(second.resumed).toBe(false);
    const [pid] = await second.query('select pg_backend_pid()');
    expect(await first.query('select 1')).toEqual(['1']);
    await host.begin();
    const again = await RawSession.open(host, 'a');
    expect(await again.query('select pg_backend_pid()')).toEqual([pid]);
    const other = await RawSession.open(host, 'a');
    expect(other.resumed).toBe(false);
  });

  test('one without a name is closed', async () => {
    const { agent, host } = await start();
    const before = await agent.descriptors();
    await host.takeOf('accept', host.open(['kind', 'pg']));
    await host.begin();
    expect(await agent.descriptors()).toBe(before);
  });

  test.each([
    ['empty', ''],
    ['with a capital', 'A'],
    ['with a slash', '../a'],
    ['with a line feed', 'a\n'],
    ['of 33 letters', 'a'.repeat(33)],
    ['of 4,000 letters', 'a'.repeat(4000)],
  ])('a name that is %s is a protocol error', async (_, name) => {
    const { host } = await start();
    const id = host.open(['kind', 'pg'], ['session', name]);
    expect(await host.resetOf(id)).toBe('protocol-error');
  });
});

describe('G2: one that is not idle is closed, and PostgreSQL rolls back', () => {
  async function begun(): Promise<{ host: RawHost; session: RawSession }> {
    const { host } = await start();
    const session = await RawSession.open(host, 'busy');
    await session.query("set application_name = 'busy'");
    return { host, session };
  }

  test('in the middle of a query', async () => {
    const { host, session } = await begun();
    const watcher = await RawSession.open((await start()).host, 'w');
    await session.query('create table if not exists half (n int); truncate half');
    session.write(encodeQuery('begin; insert into half values (1); select pg_sleep(1000)'));
    const asleep = `select count(*) from pg_stat_activity where application_name = 'busy' and wait_event = 'PgSleep'`;
    while ((await watcher.query(asleep))[0] !== '1');
    await host.begin();
    const again = await RawSession.open(host, 'busy');
    expect(again.resumed).toBe(false);
    // Nobody reads the old backend's answer; it ends when it would speak.
    await watcher.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'`,
    );
    while ((await backends(watcher, 'busy')) > 0);
    expect(await watcher.query('select count(*) from half')).toEqual(['0']);
  });

  test('a statement without its Sync', async () => {
    const { host, session } = await begun();
    const whole = encodeUnnamedQuery('select 1', [], []);
    session.write(whole.subarray(0, whole.length - 5));
    await host.settled();
    await host.begin();
    expect((await RawSession.open(host, 'busy')).resumed).toBe(false);
  });

  test('a message that is cut', async () => {
    const { host, session } = await begun();
    session.write(encodeQuery('select 1').subarray(0, 7));
    await host.settled();
    await host.begin();
    expect((await RawSession.open(host, 'busy')).resumed).toBe(false);
  });

  test('COPY under way; after its end it is idle again', async () => {
    const { host, session } = await begun();
    await session.query('create temp table c (n int)');
    session.write(encodeQuery('copy c from stdin'), encodeCopyData(Buffer.from('1\n')));
    session.write(encodeCopyDone());
    await session.ready();
    await host.begin();
    const again = await RawSession.open(host, 'busy');
    expect(again.resumed).toBe(true);
    expect(await again.query('select n from c')).toEqual(['1']);
    again.write(encodeQuery('copy c from stdin'), encodeCopyData(Buffer.from('2\n')));
    await host.settled();
    await host.begin();
    expect((await RawSession.open(host, 'busy')).resumed).toBe(false);
  });
});

describe('G3: how long it is kept', () => {
  test('RESET closes it', async () => {
    const { agent, host } = await start();
    const before = await agent.descriptors();
    const session = await RawSession.open(host, 'a');
    host.send({ type: 'reset', stream: session.id, reason: { code: 'ok', text: '' } });
    await host.settled();
    await host.begin();
    expect(await agent.descriptors()).toBe(before);
    expect((await RawSession.open(host, 'a')).resumed).toBe(false);
  });

  test('so does END', async () => {
    const { host } = await start();
    const session = await RawSession.open(host, 'a');
    session.write(encodeTerminate());
    host.send({ type: 'end', stream: session.id });
    await host.settled();
    await host.begin();
    expect((await RawSession.open(host, 'a')).resumed).toBe(false);
  });

  test('the 9th takes the place of the one that was kept longest', async () => {
    const { agent, host } = await start();
    const before = await agent.descriptors();
    const pids: (string | null)[] = [];
    for (let number = 0; number <= PARKED; number++) {
      // One after the other, so that it is known which was kept longest.
      const session = await RawSession.open(host, `s${number}`);
      pids.push((await session.query('select pg_backend_pid()'))[0]!);
      await host.begin();
    }
    expect(await agent.descriptors()).toBe(before + PARKED);
    expect((await RawSession.open(host, 's0')).resumed).toBe(false);
    for (let number = PARKED; number > 0; number--) {
      const session = await RawSession.open(host, `s${number}`);
      expect(session.resumed).toBe(true);
      expect(await session.query('select pg_backend_pid()')).toEqual([pids[number]]);
    }
  });

  test('one whose backend ended is let go', async () => {
    const { agent, host } = await start();
    const before = await agent.descriptors();
    const session = await RawSession.open(host, 'a');
    const [pid] = await session.query('select pg_backend_pid()');
    await host.begin();
    expect(await agent.descriptors()).toBe(before + 1);
    const watcher = await RawSession.open((await start()).host, 'w');
    await watcher.query(`select pg_terminate_backend(${pid})`);
    while ((await agent.descriptors()) > before) await host.settled();
    expect((await RawSession.open(host, 'a')).resumed).toBe(false);
  });
});

/** A message of the server. */
function message(type: string, body: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

const READY = message('Z', Buffer.from('I'));
const STARTUP = Buffer.from(encodeStartup([['user', 'a']]));
const QUERY = Buffer.from(encodeQuery('select 1'));
const ROW = message('D', Buffer.alloc(40_000));
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Both sides' bytes in turn, and whether the session is idle then. */
const SCENES: readonly [string, boolean, readonly (readonly ['host' | 'server', Buffer])[]][] = [
  ['nothing said', false, []],
  ['half a startup packet', false, [['host', STARTUP.subarray(0, 9)]]],
  ['a startup packet', false, [['host', STARTUP]]],
  [
    'logged in, not ready',
    false,
    [
      ['host', STARTUP],
      ['server', message('R', Buffer.alloc(4))],
    ],
  ],
  [
    'ready',
    true,
    [
      ['host', STARTUP],
      ['server', Buffer.concat([message('R', Buffer.alloc(4)), READY])],
    ],
  ],
  [
    'ready but for a byte',
    false,
    [
      ['host', STARTUP],
      ['server', READY.subarray(0, 5)],
    ],
  ],
  [
    'ready, then a notice, a setting and a notification',
    true,
    [
      ['host', STARTUP],
      ['server', Buffer.concat([READY, message('N'), message('S'), message('A')])],
    ],
  ],
  [
    'ready, then half a notice',
    false,
    [
      ['host', STARTUP],
      ['server', Buffer.concat([READY, message('N', Buffer.alloc(9)).subarray(0, 8)])],
    ],
  ],
  [
    'a query without an answer',
    false,
    [
      ['host', STARTUP],
      ['server', READY],
      ['host', QUERY],
    ],
  ],
  [
    'an answer under way',
    false,
    [
      ['host', STARTUP],
      ['server', READY],
      ['host', QUERY],
      ['server', ROW],
    ],
  ],
  [
    'an answer whole',
    true,
    [
      ['host', STARTUP],
      ['server', READY],
      ['host', QUERY],
      ['server', Buffer.concat([ROW, ROW, READY])],
    ],
  ],
  [
    'two queries sent ahead, one answered',
    false,
    [
      ['host', STARTUP],
      ['server', READY],
      ['host', Buffer.concat([QUERY, QUERY])],
      ['server', Buffer.concat([ROW, READY])],
    ],
  ],
  [
    'two queries sent ahead, both answered',
    true,
    [
      ['host', STARTUP],
      ['server', READY],
      ['host', Buffer.concat([QUERY, QUERY])],
      ['server', Buffer.concat([READY, ROW, READY])],
    ],
  ],
  [
    'the letter Z in a row is no ReadyForQuery',
    false,
    [
      ['host', STARTUP],
      ['server', READY],
      ['host', QUERY],
      ['server', message('D', Buffer.concat([READY, READY]))],
    ],
  ],
  [
    'a server that is ready though nobody asked',
    false,
    [
      ['host', STARTUP],
      ['server', Buffer.concat([READY, READY])],
    ],
  ],
  [
    'a message shorter than its own length',
    false,
    [
      ['host', STARTUP],
      ['server', Buffer.concat([READY, Buffer.from([78, 0, 0, 0, 3]), READY])],
    ],
  ],
  [
    'a message of 4 GB',
    false,
    [
      ['host', STARTUP],
      ['server', Buffer.concat([READY, Buffer.from([78, 255, 255, 255, 255]), READY])],
    ],
  ],
  [
    'SSLRequest, refused by a byte',
    false,
    [
      ['host', SSL_REQUEST],
      ['server', Buffer.from('N')],
      ['host', STARTUP],
      ['server', READY],
    ],
  ],
  [
    'Terminate',
    false,
    [
      ['host', STARTUP],
      ['server', READY],
      ['host', Buffer.from(encodeTerminate())],
    ],
  ],
];

describe('G2: what is idle, message by message', () => {
  test.each(SCENES)('%s: %s', async (_, isIdle, lines) => {
    for (const cut of [1, 3, 65_536]) expect(await playScene(lines, cut)).toBe(isIdle);
  });

  test('bytes of the host that the server has not taken: not idle', async () => {
    const { server, socket } = await playServer();
    const agent = await startAgent({ pgSocket: socket });
    const host = await beginRaw(agent);
    const id = host.open(['kind', 'pg'], ['session', 'a']);
    const [peer] = (await once(server, 'connection')) as [Socket];
    host.send({ type: 'data', stream: id, bytes: STARTUP });
    peer.write(READY);
    await host.takeOf('data', id);
    // More than the socket holds.
    let credit = host.window - STARTUP.length;
    const notice = message('d', Buffer.alloc(16_379));
    for (;;) {
      while (credit >= notice.length) {
        host.send({ type: 'data', stream: id, bytes: notice });
        credit -= notice.length;
      }
      await host.until(() => host.queued === 0 && host.acknowledged === host.sent, 'ACK');
      await host.settled();
      const granted = host.frames.splice(0).map((f) => (f.type === 'credit' ? f.bytes : 0));
      if (granted.every((bytes) => bytes === 0)) break;
      credit += granted.reduce((sum, bytes) => sum + bytes, 0);
    }
    await host.begin();
    const again = host.open(['kind', 'pg'], ['session', 'a']);
    expect(decodeMetadata((await host.takeOf('accept', again)).metadata)).toEqual([]);
  });
});

/** Plays both sides, loses the link, and tells whether the session was kept. */
async function playScene(
  lines: readonly (readonly ['host' | 'server', Buffer])[],
  cut: number,
): Promise<boolean> {
  const { server, socket } = await playServer();
  const agent = await startAgent({ pgSocket: socket });
  const host = await beginRaw(agent);
  const id = host.open(['kind', 'pg'], ['session', 'a']);
  const [peer] = (await once(server, 'connection')) as [Socket];
  peer.setNoDelay(true).resume();
  const pieces = (bytes: Buffer) =>
    // The long rows in larger pieces: what counts is where headers are cut.
    Array.from({ length: Math.min(40, Math.ceil(bytes.length / cut)) }, (_, i) =>
      bytes.subarray(i * cut, i === 39 ? bytes.length : (i + 1) * cut),
    );
  let expected = 0;
  let received = 0;
  for (const [side, bytes] of lines) {
    if (side === 'host') {
      for (const piece of pieces(bytes)) host.send({ type: 'data', stream: id, bytes: piece });
    } else {
      for (const piece of pieces(bytes)) {
        expected += piece.length;
        peer.write(piece);
        await host.until(() => {
          received += host.takeBytes(id).length;
          return received === expected;
        }, 'DATA');
      }
    }
    await host.settled();
  }
  await host.begin();
  const again = host.open(['kind', 'pg'], ['session', 'a']);
  const pairs = decodeMetadata((await host.takeOf('accept', again)).metadata);
  await agent.stop();
  return JSON.stringify(pairs) === '[["resumed","1"]]';
}

async function playServer() {
  const folder = await mkdtemp(path.join(tmpdir(), 'warren-agent-session-'));
  const socket = path.join(folder, 'socket');
  const server = createServer({ pauseOnConnect: true }).listen(socket);
  server.on('connection', (peer) => peer.on('error', () => {}));
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  return { server, socket };
}
