import { describe, expect, test } from 'vitest';
import { alterSystem, effectOf, resetSystem, type Setting, searchSettings } from './settings-sql';

const SETTING: Setting = {
  name: 'work_mem',
  value: '4096',
  unit: 'kB',
  description: 'Sets the maximum memory to be used for query workspaces.',
  type: 'integer',
  lowest: '64',
  highest: '2147483647',
  choices: [],
  context: 'user',
  source: 'default',
  isPending: false,
};
const named = (name: string, rest: Partial<Setting> = {}) => ({ ...SETTING, name, ...rest });

describe('the statement that changes a setting', () => {
  test('has the value as one text, whatever it is', () => {
    expect(alterSystem('work_mem', '8MB')).toBe(`ALTER SYSTEM SET "work_mem" = '8MB'`);
    expect(alterSystem('a', `'; drop table t; --`)).toBe(
      `ALTER SYSTEM SET "a" = '''; drop table t; --'`,
    );
    expect(alterSystem('a', `\\'`)).toBe(`ALTER SYSTEM SET "a" = E'\\\\'''`);
    expect(alterSystem('log_line_prefix', '')).toBe(`ALTER SYSTEM SET "log_line_prefix" = ''`);
  });

  test("names an extension's setting by its parts", () => {
    expect(alterSystem('pg_stat_statements.max', '5')).toBe(
      `ALTER SYSTEM SET "pg_stat_statements"."max" = '5'`,
    );
    expect(resetSystem('a"b')).toBe('ALTER SYSTEM RESET "a""b"');
  });

  test('gives a list of names as several', () => {
    expect(alterSystem('search_path', '"$user", public, "a ""b"", c"')).toBe(
      `ALTER SYSTEM SET "search_path" = '$user', 'public', 'a "b", c'`,
    );
    expect(alterSystem('shared_preload_libraries', 'auto_explain,pg_stat_statements')).toBe(
      `ALTER SYSTEM SET "shared_preload_libraries" = 'auto_explain', 'pg_stat_statements'`,
    );
    expect(alterSystem('search_path', ' , ')).toBe(`ALTER SYSTEM SET "search_path" = ''`);
    expect(alterSystem('DateStyle', 'iso, mdy')).toBe(`ALTER SYSTEM SET "DateStyle" = 'iso, mdy'`);
  });

  test('does not take long over what is not a list', () => {
    const long = '"'.repeat(100_001);
    expect(alterSystem('search_path', long)).toContain('ALTER SYSTEM');
  });
});

describe('the search', () => {
  const settings = [
    named('autovacuum_work_mem'),
    named('work_mem'),
    named('port', { description: 'The port.', source: 'configuration file' }),
    named('jit', { description: 'Compiles.', isPending: true }),
  ];
  const names = (search: string) => searchSettings(settings, search).map(({ name }) => name);

  test('begins with what was changed or waits', () => expect(names(' ')).toEqual(['port', 'jit']));

  test('finds words in names and descriptions, names first', () => {
    expect(names('work mem')).toEqual(['work_mem', 'autovacuum_work_mem']);
    expect(names('MEMORY query')).toEqual(['autovacuum_work_mem', 'work_mem']);
    expect(names('(')).toEqual([]);
  });
});

test('when a change takes effect is told', () => {
  expect(effectOf(SETTING)).toMatch(/at once/);
  expect(effectOf(named('port', { context: 'postmaster' }))).toMatch(/restarted/);
  expect(effectOf(named('b', { context: 'postmaster', source: 'command line' }))).toMatch(/no eff/);
});
