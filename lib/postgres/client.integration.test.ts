import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVerifier, verifySecret } from '../access/scram-verifier';
import { sendCancel } from './cancel';
import type { PgClient } from './client';
import { errorOffset } from './error-position';
import { PgConnectionError, PgError } from './errors';
import { RowStore } from './row-store';
import { startPostgres, type TestServer } from './testing/postgres-server';

const COPY_BYTES = 10 * 1024 * 1024;

let server: TestServer;
let client: PgClient;

beforeAll(async () => {
  server = await startPostgres();
  client = await server.client();
});

afterAll(async () => {
  client?.end();
  await server?.stop();
});

async function failure(promise: Promise<unknown>): Promise<PgError | PgConnectionError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof PgError || error instanceof PgConnectionError) return error;
    throw error;
  }
  throw new Error('no failure');
}

async function scalar(sql: string): Promise<string | null | undefined> {
  return (await client.query(sql)).rows[0]?.[0];
}

describe('values', () => {
  it('come as PostgreSQL writes them, NULL as null', async () => {
    const { rows, fields, tag } = await client.query(
      `select 1, null, '', 'ünï 😀', true, 1.50::numeric, '{1,NULL}'::int[], '\\x00ff'::bytea`,
    );
    expect(rows).toEqual([['1', null, '', 'ünï 😀', 't', '1.50', '{1,NULL}', '\\x00ff']]);
    expect(fields.map(({ typeOid }) => typeOid)).toEqual([23, 25, 25, 25, 16, 1700, 1007, 17]);
    expect(tag).toBe('SELECT 1');
  });

  it('go as parameters of every kind', async () => {
    const { rows } = await client.query(
      'select $1::int + 1, $2::bigint, $3::bool, $4::text, $5::bytea, $6::text',
      [41, 9_007_199_254_740_993n, false, 'a\tb\n😀', Uint8Array.of(0, 255, 92), null],
    );
    expect(rows).toEqual([['42', '9007199254740993', 'f', 'a\tb\n😀', '\\x00ff5c', null]]);
  });

  it('keep a byte-order mark', async () => {
    expect((await client.query('select $1::text', ['\ufeffx'])).rows).toEqual([['\ufeffx']]);
  });

  it('of 16 MB go there and back', async () => {
    const large = 'ab😀'.repeat(2_700_000);
    const { rows } = await client.query('select $1::text, length($1)', [large]);
    expect(rows[0]?.[0] === large).toBe(true);
    expect(rows[0]?.[1]).toBe('8100000');
  });

  it('may be of a statement without columns, or without a result', async () => {
    expect(await client.query('select from generate_series(1, 3)')).toMatchObject({
      rows: [[], [], []],
      fields: [],
    });
    expect(await client.query('')).toMatchObject({ tag: '', rows: [], rowCount: undefined });
    expect(await client.query('set work_mem = 4096')).toMatchObject({ tag: 'SET', rows: [] });
  });
});

describe('scripts', () => {
  it('tell each statement its own', async () => {
    const told: string[] = [];
    await client.simple(
      `create temp table s (a int); insert into s values (1), (2);;
       select * from s order by a; -- the end`,
      {
        fields: (fields, n) => told.push(`${n} ${fields.map(({ name }) => name)}`),
        rows: (batch, n) => {
          for (let i = 0; i < batch.rowCount; i++) told.push(`${n} row ${batch.row(i)}`);
        },
        complete: ({ tag, rowCount }, n) => told.push(`${n} ${tag} (${rowCount})`),
      },
    );
    expect(told).toEqual([
      '0 CREATE TABLE (undefined)',
      '1 INSERT 0 2 (2)',
      '2 a',
      '2 row 1',
      '2 row 2',
      '2 SELECT 2 (2)',
    ]);
  });

  it('without a statement complete once, with an empty tag', async () => {
    const tags: string[] = [];
    await client.simple(' -- nothing', { complete: ({ tag }) => tags.push(tag) });
    expect(tags).toEqual(['']);
  });

  it('stop at an error and tell what was complete before', async () => {
    const tags: string[] = [];
    const error = await failure(
      client.simple('select 1; select 1/0; select 2', {
        complete: ({ tag }) => tags.push(tag),
      }),
    );
    expect(error).toMatchObject({ code: '22012', severity: 'ERROR', fatal: false });
    expect(tags).toEqual(['SELECT 1']);
    expect(await scalar('select 3')).toBe('3');
  });
});

describe('errors', () => {
  it('have a position that counts characters, also beyond 16 bits', async () => {
    const script = 'select \'ä😀\';\nselect 1 as "😀", nix from generate_series(1, 1)';
    const error = await failure(client.simple(script));
    expect(error).toMatchObject({ code: '42703', message: 'column "nix" does not exist' });
    const { position } = error as PgError;
    expect(script.slice(errorOffset(script, position ?? 0)).startsWith('nix')).toBe(true);
  });

  it('have the names of what they are about', async () => {
    await client.simple(
      'create temp table u (email text constraint only_one unique, n int not null)',
    );
    await client.query("insert into u values ('a', 1)");
    expect(await failure(client.query("insert into u values ('a', 2)"))).toMatchObject({
      code: '23505',
      detail: 'Key (email)=(a) already exists.',
      schema: expect.stringMatching(/^pg_temp/),
      table: 'u',
      constraint: 'only_one',
      file: 'nbtinsert.c',
      routine: '_bt_check_unique',
      line: expect.any(Number),
    });
    expect(await failure(client.query("insert into u values ('b', null)"))).toMatchObject({
      code: '23502',
      column: 'n',
    });
  });

  it('have detail, hint, context and the query inside', async () => {
    const raised = client.query(
      `do $$ begin raise exception 'no' using detail = 'd', hint = 'h', errcode = 'P0099'; end $$`,
    );
    expect(await failure(raised)).toMatchObject({
      code: 'P0099',
      message: 'no',
      detail: 'd',
      hint: 'h',
      where: expect.stringContaining('PL/pgSQL function inline_code_block line 1 at RAISE'),
    });
    const inside = client.query(`do $$ begin perform nix + 1; end $$`);
    expect(await failure(inside)).toMatchObject({
      internalQuery: 'SELECT nix + 1',
      internalPosition: 8,
    });
  });

  it('are told when text is not UTF-8, or holds a NUL', async () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0x0a);
    await client.simple('create temp table latin (t text)');
    expect(await failure(client.copyIn('copy latin from stdin', [bytes]))).toMatchObject({
      code: '22021',
    });
    expect(await failure(client.query('select $1::text', ['a\0b']))).toMatchObject({
      code: '22021',
    });
    expect(await failure(client.query("select convert_from('\\xff', 'UTF8')"))).toMatchObject({
      code: '22021',
    });
  });

  it('of a row of 100 MB are typed, and the next session is fine', async () => {
    const other = await server.client();
    const error = await failure(other.query("select repeat('x', 100000000)"));
    expect(error).toMatchObject({ name: 'PgConnectionError', code: 'message-too-large' });
    expect(error.message).toContain('too large');
    expect(other.closeReason).toBe(error);
    const next = await server.client();
    expect((await next.query('select 1')).rows).toEqual([['1']]);
    next.end();
  });
});

describe('notices and notifications', () => {
  it('reach the script they came in, and the listeners', async () => {
    const told: string[] = [];
    const stop = client.onNotice(({ severity, message }) => told.push(`${severity} ${message}`));
    await client.simple(`do $$ begin raise notice 'one'; raise warning 'zwei 😀'; end $$`, {
      notice: ({ message }) => told.push(message),
    });
    stop();
    await client.simple(`do $$ begin raise notice 'three'; end $$`);
    expect(told).toEqual(['NOTICE one', 'one', 'WARNING zwei 😀', 'zwei 😀']);
  });

  it('cross from one session to another', async () => {
    const other = await server.client();
    await client.simple('listen news');
    const heard = new Promise((resolve) => client.onNotification(resolve));
    await other.query("select pg_notify('news', 'größer')");
    expect(await heard).toMatchObject({ channel: 'news', payload: 'größer' });
    other.end();
  });

  it('tell of parameters that change', async () => {
    await client.simple("set application_name = 'renamed'");
    expect(client.parameters.get('application_name')).toBe('renamed');
  });
});

describe('transactions', () => {
  it('show their state', async () => {
    const states: string[] = [];
    const stop = client.onStatus((status) => states.push(status));
    await client.simple('begin');
    await failure(client.simple('select 1/0'));
    expect(await failure(client.query('select 1'))).toMatchObject({ code: '25P02' });
    await client.simple('rollback');
    stop();
    expect(states).toEqual(['transaction', 'failed', 'failed', 'idle']);
  });
});

describe('pipelining', () => {
  it('keeps 5,000 queries apart, failures among them', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5_000 }, (_, i) =>
        client.query(i % 100 === 99 ? 'select 1/0' : `select ${i}`).then(
          ({ rows }) => rows[0]?.[0],
          (error: PgError) => error.code,
        ),
      ),
    );
    const expected = answers.map((_, i) => (i % 100 === 99 ? '22012' : String(i)));
    expect(answers).toEqual(expected);
  });

  it('runs around COPY statements without losing its place', async () => {
    await client.simple('create temp table p (a int)');
    const results = await Promise.all([
      scalar('select 1'),
      client.copyIn('copy p from stdin', [new TextEncoder().encode('1\n2\n')]),
      scalar('select count(*) from p'),
      failure(client.query('copy p from stdin')),
      client.query('copy p to stdout'),
      scalar('select 2'),
    ]);
    expect(results).toMatchObject([
      '1',
      { tag: 'COPY 2' },
      '2',
      { code: '57014' },
      { tag: 'COPY 2' },
      '2',
    ]);
  });
});

describe('prepared statements', () => {
  it('are described, run many times and closed', async () => {
    const add = await client.prepare('add', 'select $1::int + $2::int as sum');
    expect(add.parameterTypes).toEqual([23, 23]);
    expect(add.fields.map(({ name }) => name)).toEqual(['sum']);
    const sums = await Promise.all(
      Array.from({ length: 100 }, (_, i) => client.query(add, [i, 1], { rowMode: 'object' })),
    );
    expect(sums.map(({ rows }) => rows[0]?.sum)).toEqual(sums.map((_, i) => String(i + 1)));
    await client.closeStatement(add);
    expect(await failure(client.query(add, [1, 2]))).toMatchObject({ code: '26000' });
  });

  it('need no result and no columns', async () => {
    const nothing = await client.prepare('nothing', 'set local work_mem = 4096');
    expect(nothing.returnsRows).toBe(false);
    expect(await client.query(nothing)).toMatchObject({ tag: 'SET' });
    const bare = await client.prepare('bare', 'select from generate_series(1, 2)');
    expect(bare).toMatchObject({ returnsRows: true, fields: [] });
    expect((await client.query(bare)).rows).toEqual([[], []]);
  });
});

describe('large results', () => {
  it('of 100,000 rows arrive whole and in order', async () => {
    const store = new RowStore();
    await client.simple(
      "select i, md5(i::text), case when i % 7 = 0 then null else 'ü' end from generate_series(1, 100000) i",
      { rows: (batch) => store.append(batch) },
    );
    expect(store.rowCount).toBe(100_000);
    for (let i = 0; i < store.rowCount; i++) {
      if (store.text(i, 0) !== String(i + 1)) throw new Error(`row ${i}`);
    }
    const md5 = createHash('md5').update('99999').digest('hex');
    expect(store.row(99_998)).toEqual(['99999', md5, 'ü']);
    expect(store.row(6)[2]).toBeNull();
  });

  it('beyond the limit are counted and dropped, and the session goes on', async () => {
    const { rows, discarded, rowCount } = await client.query(
      'select i from generate_series(1, 200000) i',
      [],
      { maxRows: 1_000 },
    );
    expect(rows.length).toBe(1_000);
    expect(rowCount).toBe(200_000);
    expect(discarded.rows).toBe(199_000);
    expect(await scalar('select 1')).toBe('1');
  });

  it('wait in the server while nobody takes them', async () => {
    const stream = server.stream();
    const { connectClient } = await import('./client');
    const slow = await connectClient(stream, { user: 'postgres', database: 'postgres' });
    let rows = 0;
    let held = 0;
    await slow.simple("select repeat('x', 1000) from generate_series(1, 30000)", {
      rows: async (batch) => {
        rows += batch.rowCount;
        held = Math.max(held, stream.unconsumed);
        if (rows % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      },
    });
    expect(rows).toBe(30_000);
    // The window, and a chunk that was under way.
    expect(held).toBeLessThan(2 * 256 * 1024);
    slow.end();
  });
});

describe('COPY', () => {
  /** Lines of every length, so that rows and chunks never meet. */
  function lines(bytes: number): Uint8Array {
    let text = '';
    for (let i = 0; text.length < bytes; i++) text += `${i}\t${'x'.repeat(i % 977)}\n`;
    return new TextEncoder().encode(text);
  }

  function* cut(bytes: Uint8Array): Generator<Uint8Array> {
    for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7) % 99_991) {
      yield bytes.subarray(at, at + size);
    }
  }

  it('of 10 MB in and out is exact', async () => {
    const bytes = lines(COPY_BYTES);
    await client.simple('create temp table c (a int, b text)');
    const into = await client.copyIn('copy c from stdin', cut(bytes));
    const hash = createHash('sha256');
    let total = 0;
    const out = await client.copyOut(
      'copy (select * from c order by a) to stdout',
      async (chunk) => {
        if (total % 3 === 0) await Promise.resolve();
        total += chunk.length;
        hash.update(chunk);
      },
    );
    expect(out.rowCount).toBe(into.rowCount);
    expect(total).toBe(bytes.length);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('tells what is wrong with the data, and where', async () => {
    await client.simple('create temp table w (a int)');
    const bytes = new TextEncoder().encode('1\nzwei\n');
    expect(await failure(client.copyIn('copy w from stdin', [bytes]))).toMatchObject({
      code: '22P02',
      where: 'COPY w, line 2, column a: "zwei"',
    });
    expect(await scalar('select count(*) from w')).toBe('0');
  });

  it('takes nothing when its source fails', async () => {
    await client.simple('create temp table f (a int)');
    const fault = new Error('the file is gone');
    async function* broken() {
      yield new TextEncoder().encode('1\n'.repeat(100_000));
      throw fault;
    }
    await expect(client.copyIn('copy f from stdin', broken())).rejects.toBe(fault);
    expect(await scalar('select count(*) from f')).toBe('0');
  });

  it('works in a script, with data for each statement', async () => {
    await client.simple('create temp table m (a int)');
    const out: string[] = [];
    await client.simple(
      'copy m from stdin; copy m from stdin; copy (select * from m order by a) to stdout',
      {
        copyIn: (n) => [new TextEncoder().encode(`${n + 1}\n`)],
        copyOut: (chunk) => {
          out.push(new TextDecoder().decode(chunk));
        },
      },
    );
    expect(out.join('')).toBe('1\n2\n');
  });
});

describe('cancelling', () => {
  it('stops what runs and keeps the session', async () => {
    const sleeping = failure(client.query('select pg_sleep(60)'));
    const key = client.key;
    if (!key) throw new Error('no key');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await sendCancel(server.stream(), key);
    expect(await sleeping).toMatchObject({ code: '57014' });
    expect(await scalar('select 1')).toBe('1');
  });

  it('with a wrong key does nothing', async () => {
    const sleeping = client.query('select pg_sleep(0.5)');
    const key = client.key;
    if (!key) throw new Error('no key');
    const secretKey = key.secretKey.map((byte) => byte ^ 1);
    await sendCancel(server.stream(), { ...key, secretKey });
    expect((await sleeping).tag).toBe('SELECT 1');
  });

  it('is not the only way to end: a terminated session says why', async () => {
    const victim = await server.client();
    const sleeping = failure(victim.query('select pg_sleep(60)'));
    const behind = failure(victim.query('select 1'));
    await client.query('select pg_terminate_backend($1)', [victim.key?.processId ?? 0]);
    expect(await sleeping).toMatchObject({ code: '57P01', fatal: true });
    expect(await behind).toMatchObject({ code: '57P01' });
    expect(victim.closeReason).toBeInstanceOf(PgError);
  });
});

describe('logging in by SCRAM', () => {
  const SECRET = 'AbCdEfGhIjKlMnOpQrStUw';

  it('works with a verifier of ours in PostgreSQL', async () => {
    const verifier = await createVerifier(SECRET);
    await client.simple(`create role scram_ours login password '${verifier}'`);
    const stored = "select rolpassword from pg_authid where rolname = 'scram_ours'";
    expect(await scalar(stored)).toBe(verifier);
    const session = await server.client({ user: 'scram_ours', password: SECRET });
    expect((await session.query('select current_user')).rows).toEqual([['scram_ours']]);
    session.end();
  });

  it('works with a verifier of PostgreSQL, which we check too', async () => {
    await client.simple(`create role scram_theirs login password '${SECRET}'`);
    const session = await server.client({ user: 'scram_theirs', password: SECRET });
    session.end();
    const verifier = await scalar(
      "select rolpassword from pg_authid where rolname = 'scram_theirs'",
    );
    expect(await verifySecret(verifier ?? '', SECRET)).toBe(true);
    expect(await verifySecret(verifier ?? '', 'another')).toBe(false);
  });

  it('fails with a wrong password, no password, or where the password would go in clear', async () => {
    const wrong = server.client({ user: 'scram_theirs', password: 'wrong' });
    expect(await failure(wrong)).toMatchObject({ code: '28P01', name: 'PgError' });
    const nobody = server.client({ user: 'scram_nobody', password: SECRET });
    expect(await failure(nobody)).toMatchObject({ code: '28P01' });
    const none = server.client({ user: 'scram_theirs' });
    expect(await failure(none)).toMatchObject({ code: 'authentication-unsupported' });
    const clear = server.client({ user: 'clear_text', password: SECRET });
    expect(await failure(clear)).toMatchObject({ code: 'authentication-unsupported' });
  });
});

it('a server that cannot be reached is told by its stream', async () => {
  const { SocketDuplex } = await import('./testing/socket-duplex');
  const { connect } = await import('node:net');
  const { connectClient } = await import('./client');
  const stream = new SocketDuplex(connect({ port: 1, host: '127.0.0.1' }));
  const connecting = connectClient(stream, { user: 'postgres', database: 'postgres' });
  const error = await failure(connecting);
  expect(error).toBeInstanceOf(PgConnectionError);
  expect(error.code).toBe('link-lost');
});

it('an unknown database is refused in PostgreSQL’s words', async () => {
  expect(await failure(server.client({ database: 'nix' }))).toMatchObject({ code: '3D000' });
});
