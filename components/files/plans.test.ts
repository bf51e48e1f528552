import { describe, expect, test } from 'vitest';
import { connInfo } from './conn-info';
import { exportCommand, exportName, tableFilter } from './export-plan';
import {
  closedChoices,
  newDatabaseProblem,
  type RestoreChoices,
  restoreCommand,
  settle,
} from './restore-plan';
import { reportOf } from './restore-report';

const choices = (over: Partial<RestoreChoices> = {}): RestoreChoices => ({
  target: { kind: 'existing', database: 'shop' },
  clean: true,
  singleTransaction: true,
  stopAtError: false,
  skipOwners: true,
  ...over,
});
const NO_ERROR = { errors: 0, firstError: undefined };
const ONE_ERROR = { errors: 1, firstError: 'ERROR:  x' };

test('a database with any name stays one argument and one name', () => {
  expect(connInfo('shop')).toBe("user=owner dbname='shop'");
  expect(connInfo("a'b\\c host=evil")).toBe("user=owner dbname='a\\'b\\\\c host=evil'");
});

describe('what a restore runs', () => {
  test('pg_restore for archives', () => {
    const settled = settle('custom', choices());
    expect(restoreCommand('custom', settled)).toEqual([
      'pg_restore',
      '--verbose',
      '--format=custom',
      "--dbname=user=owner dbname='shop'",
      '--clean',
      '--if-exists',
      '--single-transaction',
      '--exit-on-error',
      '--no-owner',
      '--no-privileges',
    ]);
    expect(restoreCommand('tar', settled, '/files/-x').at(-1)).toBe('/files/-x');
  });

  test('psql for scripts, which do what is written in them', () => {
    const settled = settle('plain', choices({ singleTransaction: false }));
    expect(settled).toMatchObject({ clean: false, skipOwners: false });
    expect(restoreCommand('plain', settled)).toEqual([
      'psql',
      '-X',
      '-q',
      '-v',
      'ON_ERROR_STOP=0',
      "--dbname=user=owner dbname='shop'",
      '--file=-',
    ]);
    expect(restoreCommand('plain', settle('plain', choices()), '/files/a')).toEqual(
      expect.arrayContaining(['ON_ERROR_STOP=1', '--single-transaction', '--file=/files/a']),
    );
  });

  test('a script that opens databases has no transaction and no choice of one', () => {
    const settled = settle('cluster', choices());
    expect(settled).toMatchObject({
      target: { kind: 'existing', database: 'postgres' },
      singleTransaction: false,
      stopAtError: false,
    });
    expect(Object.keys(closedChoices('cluster', choices()))).toEqual(
      expect.arrayContaining(['target', 'singleTransaction']),
    );
  });

  test('nothing is cleaned in a new database', () => {
    const target = { kind: 'new', database: 'n' } as const;
    expect(settle('custom', choices({ target })).clean).toBe(false);
  });

  test.each([
    ['shop', /There is/],
    ['a\nb', /cannot be seen/],
    ['兎'.repeat(22), /66 bytes/],
  ])('a new database cannot be named %j', (name, why) => {
    expect(newDatabaseProblem(name, ['shop'])).toMatch(why);
    expect(newDatabaseProblem('fine "name"=\'x\'', ['shop'])).toBeUndefined();
  });
});

describe('what a restore leaves is said', () => {
  const exited = (exitCode: number) => ({ kind: 'exited', exitCode }) as const;
  const existing = settle('custom', choices());
  const fresh = settle('custom', choices({ target: { kind: 'new', database: 'n' } }));
  const bit = settle('custom', choices({ singleTransaction: false, stopAtError: true }));
  const on = settle('custom', choices({ singleTransaction: false, stopAtError: false }));
  test.each([
    ['all', exited(0), NO_ERROR, existing, 'ok', /All of the dump is in database “shop”/],
    ['one transaction', exited(1), ONE_ERROR, existing, 'bad', /“shop” is as it was/],
    ['one in a new database', exited(1), ONE_ERROR, fresh, 'bad', /“n” was made and is empty/],
    ['a part', exited(1), ONE_ERROR, bit, 'bad', /came before .* dropped/],
    ['going on', exited(1), ONE_ERROR, on, 'warn', /What had no error/],
    ['cancelled', { kind: 'cancelled' }, NO_ERROR, existing, 'bad', /as it was/],
    ['broken', { kind: 'broken', message: 'Gzip.' }, NO_ERROR, bit, 'bad', /^Gzip\. What came/],
    ['not made', { kind: 'unmade', message: 'No.' }, NO_ERROR, fresh, 'bad', /Nothing was changed/],
  ] as const)('%s', (_, end, output, settled, tone, text) => {
    const report = reportOf(end, output, 'custom', settled);
    expect(report).toMatchObject({ tone, text: expect.stringMatching(text) });
  });

  test('a role that is missing is explained', () => {
    const firstError = 'psql:<stdin>:20: ERROR:  role "shop" does not exist';
    expect(reportOf(exited(3), { errors: 1, firstError }, 'plain', existing).text).toMatch(
      /create the role first/,
    );
  });
});

describe('what an export runs', () => {
  test('whole, plain', () => {
    const plan = {
      database: 'shop',
      format: 'plain-gzip',
      part: 'schema',
      tables: undefined,
    } as const;
    expect(exportCommand(plan)).toEqual([
      'pg_dump',
      "--dbname=user=owner dbname='shop'",
      '--format=plain',
      '--schema-only',
    ]);
    expect(exportName(plan, '2026-11-21')).toBe('shop-2026-11-21.sql.gz');
    expect(exportName({ ...plan, database: '../a/b', format: 'custom' }, 'd')).toBe('_a_b-d.dump');
  });

  test('tables go by a filter in which no name is a pattern', () => {
    const plan = { database: 'shop', format: 'custom', part: 'data', tables: [] } as const;
    expect(exportCommand(plan)).toEqual(expect.arrayContaining(['--filter=-', '--data-only']));
    expect(
      tableFilter([
        { schema: 'public', name: 'orders' },
        { schema: 'S.s', name: 'we"ird\\n*\nline' },
      ]),
    ).toBe('include table "public"."orders"\ninclude table "S.s"."we""ird\\\\n*\\nline"\n');
  });
});
