import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type OpenStream, putFile } from '@/lib/machine/files';
import { Machine } from '@/lib/machine/machine';
import { builtImage, v86Wasm } from '@/lib/machine/testing/image';
import { connectClient } from '@/lib/postgres/client';
import { listDatabases, listTables, makeDatabase } from './databases';
import { exportDatabase } from './export';
import type { ExportChoices } from './export-plan';
import { blobSink } from './file-sink';
import { type DumpPlace, lookAtDump } from './look-at-dump';
import { ended, NO_OUTPUT, withOutput } from './program-output';
import { restoreDump } from './restore';
import { type RestoreChoices, settle } from './restore-plan';
import { type RestoreReport, reportOf } from './restore-report';

/** A database of a name that a connection string has its troubles with. */
const NAME = "a'b=c\\d";

/** The real emulator and image, and dumps of the real pg_dump. */
let machine: Machine;
const open: OpenStream = (metadata) => machine.open(metadata);
const backend = { connect: () => machine.connect() };

beforeAll(async () => {
  const wasm = await v86Wasm();
  machine = new Machine({ source: builtImage, wasm: async () => wasm, events: {} });
  await machine.start({ memoryMb: 256 });
});
afterAll(() => machine.stop());

/** Each takes 8 MB of the machine's memory. */
afterEach(async () => {
  for (const name of await listDatabases(backend)) {
    if (name !== 'postgres' && name !== NAME) {
      await value('postgres', `drop database "${name}" with (force)`);
    }
  }
});

const DUMPS = new URL('testing/dumps/', import.meta.url);
const dump = (name: string) => readFile(fileURLToPath(new URL(name, DUMPS)));
const local = (bytes: Uint8Array, name = 'x'): DumpPlace => ({
  kind: 'local',
  file: new File([new Uint8Array(bytes)], name),
});

async function value(database: string, sql: string): Promise<string | null> {
  const client = await connectClient(backend.connect(), { user: 'owner', database });
  try {
    const { rows } = await client.query(sql);
    return rows[0]?.[0] ?? null;
  } finally {
    client.end();
  }
}
const hasTable = (database: string, name: string) =>
  value(database, `select to_regclass('${name}') is not null`);

interface Restored {
  readonly errors: number;
  readonly report: RestoreReport;
  readonly lines: readonly string[];
}

/** As the dialog does it. */
async function restore(
  place: DumpPlace,
  over: Partial<RestoreChoices>,
  signal = new AbortController().signal,
  onProgress: (bytes: number) => void = () => {},
): Promise<Restored> {
  const seen = await lookAtDump(place);
  if (seen.kind !== 'dump') throw new Error(seen.why);
  const choices = settle(seen.dump.format, {
    ...{ target: { kind: 'existing', database: 'postgres' }, clean: false, skipOwners: true },
    ...{ singleTransaction: true, stopAtError: true },
    ...over,
  });
  let output = NO_OUTPUT;
  const onOutput = (text: string) => {
    output = withOutput(output, text);
  };
  const end = await restoreDump(
    { open, backend, place, dump: seen.dump, isGzip: seen.isGzip, choices },
    { signal, onOutput, onProgress },
  );
  output = ended(output);
  return {
    errors: output.errors,
    lines: output.lines,
    report: reportOf(end, output, seen.dump.format, choices),
  };
}

const into = (database: string) => ({ target: { kind: 'new', database } }) as const;

describe('restoring dumps of pg_dump 15', () => {
  test.each([
    ['shop-15.dump', 'custom', false],
    ['shop-15.tar', 'tar', false],
    ['shop-15.sql', 'plain', false],
    ['shop-15.dump', 'gzip of custom', true],
    ['shop-15.tar', 'gzip of tar', true],
    ['shop-15.sql', 'gzip of plain', true],
  ])('%s as %s', async (name, as, isPacked) => {
    const bytes = await dump(name);
    const { report, errors, lines } = await restore(
      local(isPacked ? gzipSync(bytes) : bytes),
      into(as),
    );
    expect(report, lines.join('\n')).toMatchObject({ tone: 'ok' });
    expect(errors).toBe(0);
    expect(await value(as, 'select count(*) from v')).toBe('100');
    expect(await value(as, 'select count(*) from pg_largeobject')).toBe('1');
  });

  test('from a file in the machine, packed or not', async () => {
    for (const [path, bytes] of [
      ['/files/-a\nb.dump', await dump('shop-15.dump')],
      ['/files/b.gz', gzipSync(await dump('shop-15.sql'))],
    ] as const) {
      await putFile(open, path, new Blob([new Uint8Array(bytes)]));
      const place = { kind: 'machine', open, path, name: path, size: bytes.length } as const;
      const { report, lines } = await restore(place, into(path));
      expect(report, lines.join('\n')).toMatchObject({ tone: 'ok' });
      expect(await value(path, 'select count(*) from orders')).toBe('100');
    }
  });

  test('one that makes its database itself, of a locale that is here', async () => {
    const script = await dump('create-15.sql');
    const foreign = `${script}`.replace("LOCALE = 'C.UTF-8'", "LOCALE = 'de_DE.UTF-8'");
    const refused = await restore(local(Buffer.from(foreign)), {});
    expect(refused.report.text).toMatch(/locale that this machine does not have/);
    const { report, lines } = await restore(local(script), {});
    expect(report, lines.join('\n')).toMatchObject({ tone: 'ok' });
    expect(await hasTable('shop', 'orders')).toBe('t');
  });

  test('over what is there: an error, and clean first', async () => {
    await makeDatabase(backend, 'twice');
    const target = { kind: 'existing', database: 'twice' } as const;
    const place = local(await dump('shop-15.dump'));
    await restore(place, { target });
    await value('twice', 'delete from orders');
    const failed = await restore(place, { target });
    expect(failed.report.text).toMatch(/“twice” is as it was/);
    expect(failed.errors).toBeGreaterThan(0);
    expect(await value('twice', 'select count(*) from orders')).toBe('0');
    const cleaned = await restore(place, { target, clean: true });
    expect(cleaned.report, cleaned.lines.join('\n')).toMatchObject({ tone: 'ok' });
    expect(await value('twice', 'select count(*) from orders')).toBe('100');
  });
});

describe('a dump that fails half-way', () => {
  const script = 'create table before ();\nselect 1/0;\ncreate table after ();\n';
  const place = local(new TextEncoder().encode(script), 'x.sql');

  test('in one transaction: nothing', async () => {
    const { report, errors } = await restore(place, into('nothing'));
    expect(report).toMatchObject({ tone: 'bad', text: expect.stringMatching(/is empty/) });
    expect(errors).toBe(1);
    expect(await hasTable('nothing', 'before')).toBe('f');
  });

  test('stopped: what came before', async () => {
    const { report } = await restore(place, { ...into('before'), singleTransaction: false });
    expect(report.text).toMatch(/What came before/);
    expect(await hasTable('before', 'before')).toBe('t');
    expect(await hasTable('before', 'after')).toBe('f');
  });

  test('going on: all but the errors, which are counted', async () => {
    const choices = { singleTransaction: false, stopAtError: false };
    const { report, errors } = await restore(place, { ...into('all'), ...choices });
    expect(report).toMatchObject({ tone: 'warn', title: 'Restored with 1 error' });
    expect(errors).toBe(1);
    expect(await hasTable('all', 'after')).toBe('t');
  });

  test('gzip that breaks off is never committed', async () => {
    const rows = `${'insert into before select;\n'.repeat(2_000)}`;
    const packed = gzipSync(`create table before ();\n${rows}`);
    const { report } = await restore(
      local(packed.subarray(0, packed.length - 20), 'x.sql.gz'),
      into('damaged'),
    );
    expect(report).toMatchObject({ tone: 'bad', title: 'The restore broke off' });
    expect(await hasTable('damaged', 'before')).toBe('f');
  });

  test('cancelled', async () => {
    const controller = new AbortController();
    const file = `create table before ();\nselect pg_sleep(1000);\n${'-- x\n'.repeat(300_000)}`;
    const { report } = await restore(
      local(new TextEncoder().encode(file), 'x.sql'),
      into('cancelled'),
      controller.signal,
      () => controller.abort(),
    );
    expect(report).toMatchObject({ title: 'The restore was cancelled' });
    expect(await hasTable('cancelled', 'before')).toBe('f');
  });

  test('a database that cannot be made', async () => {
    const { report } = await restore(place, into('postgres'));
    expect(report.title).toBe('The database was not made');
  });
});

describe('pg_dump out', () => {
  const choices = (over: Partial<ExportChoices>): ExportChoices => ({
    ...{ database: NAME, format: 'plain', part: 'both', tables: undefined },
    ...over,
  });
  async function exported(over: Partial<ExportChoices>, signal = new AbortController().signal) {
    let saved: Blob | undefined;
    const sink = blobSink((file) => {
      saved = file;
    });
    await exportDatabase(open, choices(over), sink, { signal, onProgress: () => {} });
    return Buffer.from(await saved!.arrayBuffer());
  }

  beforeAll(async () => {
    await makeDatabase(backend, NAME);
    await value(NAME, 'create table "we""ird\\n*\nline" as select generate_series(1, 5000) g');
    await value(NAME, 'create table other as select 1 as one');
  });

  test('whole, in custom format, and back', async () => {
    const bytes = await exported({ format: 'custom' });
    const seen = await lookAtDump(local(bytes));
    expect(seen).toMatchObject({ dump: { format: 'custom', database: NAME } });
    const { report, lines } = await restore(local(bytes), into('back'));
    expect(report, lines.join('\n')).toMatchObject({ tone: 'ok' });
    expect(await value('back', 'select sum(g) from "we""ird\\n*\nline"')).toBe('12502500');
  });

  test('plain, packed by the page', async () => {
    const text = gunzipSync(await exported({ format: 'plain-gzip' })).toString();
    expect(text).toContain('COPY public.other');
    expect(text).toContain('\n5000\n');
  });

  test('chosen tables, schema or data only', async () => {
    const tables = (await listTables(backend, NAME)).filter(({ name }) => name !== 'other');
    expect(tables).toHaveLength(1);
    const schema = `${await exported({ tables, part: 'schema' })}`;
    expect(schema).toContain('CREATE TABLE public."we""ird');
    expect(schema).not.toMatch(/other|\n5000\n/);
    const data = `${await exported({ tables, part: 'data' })}`;
    expect(data).toContain('\n5000\n');
    expect(data).not.toContain('CREATE TABLE');
  });

  test('a failure is told by pg_dump’s own words and leaves no file', async () => {
    const tables = [{ schema: 'public', name: 'gone' }];
    await expect(exported({ tables })).rejects.toThrow(/no matching tables.*\nNo file was kept/);
    await expect(exported({ database: 'none' })).rejects.toThrow(/"none" does not exist/);
    const controller = new AbortController();
    controller.abort();
    await expect(exported({}, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
