import { afterAll, beforeAll, expect, it } from 'vitest';
import { Random } from '../mux/random';
import type { PgClient } from './client';
import { errorOffset } from './error-position';
import { PgError } from './errors';
import { splitStatements } from './statements';
import { startPostgres, type TestServer } from './testing/postgres-server';
import { TYPE_ROWS, typeName } from './types';

const SEED = Number(process.env.WARREN_FUZZ_SEED ?? Date.now() % 1_000_000_000);
const SCRIPTS = 1_500;

/** Pieces that begin, end or hide quotes, comments and statements. */
const PIECES = [
  "select 'a;b'",
  "select E'\\';'",
  "select 'it''s'",
  "select 'a'\n';b'",
  "select E'a' -- ;\n'\\';'",
  "select U&'d\\0061;'",
  'select $$;$$',
  'select $t$ $$;$t$',
  'select 1 as "a;""b"',
  'select 1 /* ; /* ; */ */',
  'select (1)',
  'select 1 as a$b$c',
  "select date '2000-01-01'",
  "select b'01', x'1f', n';'",
  'select 1 -- ;\n',
  'select 1 --;\r',
  "select '😀;'",
  'select 4 +-- ;\n 2',
  'select 4 */* ; */2',
  'select case when true then 1 end',
  'create or replace function pg_temp.f() returns int begin atomic select 1; select case when true then 2 end; end',
  'create or replace procedure pg_temp.p() begin atomic select 1; end',
];
const GLUE = [
  ';',
  ' ; ',
  ';\n',
  ';;',
  '; -- ;\n',
  ';/* ; */',
  "'",
  '"',
  '$$',
  '/*',
  '(',
  ')',
  '\\',
];

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

/** How many statements the server found and ran before an error, if there was one. */
async function run(script: string): Promise<{ done: number; error?: PgError }> {
  let done = 0;
  try {
    await client.simple(script, { complete: ({ tag }) => (done += tag === '' ? 0 : 1) });
  } catch (error) {
    if (!(error instanceof PgError)) throw error;
    return { done, error };
  }
  return { done };
}

it(`scripts are split where PostgreSQL splits them (seed ${SEED})`, async () => {
  let accepted = 0;
  for (let i = 0; i < SCRIPTS; i++) {
    const random = new Random(SEED + i);
    let script = '';
    for (let n = random.between(1, 5); n > 0; n--) {
      script += random.pick(PIECES) + random.pick(random.chance(0.9) ? GLUE.slice(0, 6) : GLUE);
    }
    const statements = splitStatements(script);
    const { done, error } = await run(script);
    const place = `WARREN_FUZZ_SEED=${SEED + i} ${JSON.stringify(script)}`;
    // The last pieces of glue break scripts: those PostgreSQL refuses whole, so they tell nothing.
    if (error) continue;
    accepted++;
    expect(done, place).toBe(statements.length);
    for (const { start, end } of statements) {
      expect(await run(script.slice(start, end)), place).toMatchObject({ done: 1 });
    }
  }
  expect(accepted).toBeGreaterThan(SCRIPTS / 3);
});

it('a position points at the same place in the script and in its statement', async () => {
  const script = `select '😀;ä'; -- ;\n /* 😀 */ select "ü", nix; select 1`;
  const whole = (await run(script)).error?.position ?? 0;
  const second = splitStatements(script)[1];
  if (!second) throw new Error('one statement');
  const alone = script.slice(second.start, second.end);
  const position = (await run(alone)).error?.position ?? 0;
  expect(errorOffset(script, whole)).toBe(second.start + errorOffset(alone, position));
  expect(script.slice(errorOffset(script, whole)).startsWith('"ü"')).toBe(true);
});

it('types are named as the server names them', async () => {
  const { rows } = await client.query(`
    select t.oid, t.typarray, format_type(t.oid, null) from pg_type t
    where t.oid < 16384 and t.typcategory <> 'A' and t.typrelid = 0
      and (t.typtype in ('b', 'r', 'm') or t.typname in ('record', 'void', 'unknown', 'cstring'))
      and t.typname !~ '^(gtsvector|_record|pg_brin_.*)$'
    order by t.oid`);
  const ours = TYPE_ROWS.map(([oid, arrayOid, name]) => [String(oid), String(arrayOid), name]);
  expect(ours).toEqual(rows);
});

it('modifiers are written as the server writes them', async () => {
  const cases: [number, number][] = [];
  for (const modifier of [-1, 4, 5, 24, 655_366, 198_658, 0, 1, 3, 6]) {
    for (const oid of [1042, 1043, 1015, 1700, 1231, 1114, 1184, 1083, 1266, 1560, 1562]) {
      const needsHeader = [1042, 1043, 1015, 1700, 1231].includes(oid);
      const valid = modifier < 0 || (needsHeader ? modifier > 4 : modifier > 0 && modifier < 7);
      if (valid) cases.push([oid, modifier]);
    }
  }
  for (const [oid, modifier] of cases) {
    const { rows } = await client.query('select format_type($1, $2)', [oid, modifier]);
    // Without a modifier these two are written otherwise, to be read back as they are.
    const plain = rows[0]?.[0]?.replace('"bit"', 'bit').replace('bpchar', 'character');
    expect(typeName(oid, modifier), `${oid} ${modifier}`).toBe(plain);
  }
});
