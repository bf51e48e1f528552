import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MachinePostgres } from '../testing/machine-postgres';
import { connectClient, keyOf, sendCancel } from '../testing/pg-client';
import { psql } from '../testing/psql';
import { TestHost } from '../testing/test-host';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';

describe('a session through the Postgres port', () => {
  let machine: MachinePostgres;
  let relay: TestRelay;
  let playground: TestPlayground;
  let editor: TestLink;
  let viewer: TestLink;
  let host: TestHost;

  beforeAll(async () => {
    machine = await MachinePostgres.start({ max_connections: '20' });
    relay = await TestRelay.start();
    playground = await relay.createPlayground();
    editor = await relay.createLink(playground, 'editor');
    viewer = await relay.createLink(playground, 'viewer');
    host = await TestHost.connect(relay, playground, machine.socketPath);
  });
  afterAll(async () => {
    host?.leave();
    await relay?.stop();
    await machine?.stop();
  });
  beforeEach(async () => {
    await machine.query('drop table if exists notes; create table notes (n int primary key)');
  });

  const connect = (link: TestLink) => connectClient(relay, playground, link);

  it('answers psql over TLS', async () => {
    const { stdout, code } = await psql(relay.connectionString(playground, playground.owner), [
      '-Atc',
      'select current_user, ssl_is_used from (select false as ssl_is_used) s',
    ]);
    expect(stdout.trim()).toBe('owner|f');
    expect(code).toBe(0);
  });

  it('takes plain text from loopback', async () => {
    const uri = relay.connectionString(playground, viewer, 'disable');
    const { stdout } = await psql(uri, ['-Atc', 'select current_user']);
    expect(stdout.trim()).toBe('viewer');
  });

  it('acts with the role of the link, whatever else the client says', async () => {
    const client = await connect(viewer);
    await expect(client.query('insert into notes values (1)')).rejects.toMatchObject({
      code: '42501',
    });
    await client.end();
    const second = await connect(editor);
    const { rows } = await second.query('select current_user as me');
    expect(rows).toEqual([{ me: 'editor' }]);
    await second.end();
  });

  it('tells the host who comes', async () => {
    host.opened.length = 0;
    const client = await connect(editor);
    expect(host.opened).toEqual([
      [
        ['kind', 'pg'],
        ['role', 'editor'],
        ['peer', expect.any(String)],
        ['link', editor.id],
      ],
    ]);
    await client.end();
  });

  it('copies in and out', async () => {
    const rows = Array.from({ length: 50_000 }, (_, n) => n).join('\n');
    const uri = relay.connectionString(playground, playground.owner);
    await psql(uri, ['-c', '\\copy notes from pstdin'], rows);
    const { stdout } = await psql(uri, [
      '-c',
      '\\copy (select n from notes order by n) to pstdout',
    ]);
    expect(stdout.trim()).toBe(rows);
  });

  it('carries a value of 16 MB both ways', async () => {
    const client = await connect(playground.owner);
    const value = 'x'.repeat(16 * 1024 * 1024);
    const { rows } = await client.query('select $1::text as value', [value]);
    expect(rows[0].value === value).toBe(true);
    await client.end();
  });

  it('cancels what psql runs when it is interrupted', async () => {
    const uri = relay.connectionString(playground, editor);
    const child = spawn('psql', [uri, '-X', '-c', 'select pg_sleep(300)'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    await until(
      async () =>
        (await machine.query("select 1 from pg_stat_activity where query like 'select pg_sleep%'"))
          .length,
      'the query to run',
    );
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(stderr).toContain('canceling statement due to user request');
    expect(await relay.metric('cancels_total', { outcome: 'delivered' })).toBeGreaterThan(0);
  });

  it('cancels for node-postgres, and leaves others alone', async () => {
    const first = await connect(editor);
    const second = await connect(editor);
    const sleeping = first.query('select pg_sleep(300)').catch((error: unknown) => error);
    const other = second.query('select pg_sleep(0.5), 7 as seven');
    await until(
      async () =>
        (await machine.query("select 1 from pg_stat_activity where query = 'select pg_sleep(300)'"))
          .length,
      'the query to run',
    );
    await sendCancel(relay, keyOf(first));
    expect(await sleeping).toMatchObject({ code: '57014' });
    expect((await other).rows[0].seven).toBe(7);
    await Promise.all([first.end(), second.end()]);
  });

  it('hands out keys of its own', async () => {
    const client = await connect(editor);
    const { rows } = await client.query('select pg_backend_pid() as pid');
    const { processID } = client as unknown as { processID: number };
    expect(processID).not.toBe(rows[0].pid);
    await client.end();
  });

  it('passes the server’s own limit on connections through', async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, () => connect(viewer)));
    const more: pg.Client[] = [];
    const refused = await (async () => {
      for (let n = 0; n < 30; n++) {
        try {
          more.push(await connect(viewer));
        } catch (error) {
          return error;
        }
      }
      return undefined;
    })();
    expect(refused).toMatchObject({ code: '53300' });
    await Promise.all([...clients, ...more].map((client) => client.end()));
  });

  it('lets concurrent sessions wait for each other’s locks', async () => {
    const [first, second] = await Promise.all([connect(playground.owner), connect(editor)]);
    await first.query('insert into notes values (1)');
    await first.query('begin; select * from notes for update');
    const waiting = second.query('delete from notes where n = 1');
    await until(
      async () =>
        (await machine.query("select 1 from pg_stat_activity where wait_event_type = 'Lock'"))
          .length,
      'the second session to wait',
    );
    await first.query('rollback');
    expect((await waiting).rowCount).toBe(1);
    await Promise.all([first.end(), second.end()]);
  });

  it('ends a session of which PostgreSQL was told to be rid', async () => {
    const client = await connect(editor);
    const ended = once(client, 'error');
    await machine.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'editor'",
    );
    expect(await ended).toMatchObject([{ code: '57P01' }]);
  });

  it('refuses replication to a viewer and an editor, and takes it from the owner', async () => {
    for (const link of [viewer, editor]) {
      const uri = `${relay.connectionString(playground, link)}&replication=database`;
      const { stderr, code } = await psql(uri, ['-c', 'IDENTIFY_SYSTEM']);
      expect(stderr).toContain('only the owner link may open a replication connection');
      expect(code).toBe(2);
    }
    expect(await relay.rejects('postgres', 'replication-refused')).toBe(2);
    const uri = `${relay.connectionString(playground, playground.owner)}&replication=database`;
    const { code } = await psql(uri, ['-c', 'IDENTIFY_SYSTEM']);
    expect(code).toBe(0);
  });

  it('leaves nothing behind', async () => {
    await until(
      async () => (await relay.metric('sessions', { via: 'postgres' })) === 0,
      'the sessions to end',
    );
    await until(() => host.tunnel.link.streamCount === 0, 'the streams to close');
  });
});
