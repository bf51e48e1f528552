import { describe, expect, test } from 'vitest';
import { RestoreErrors } from './restore-errors';

function read(...pieces: string[]): RestoreErrors {
  const errors = new RestoreErrors();
  for (const piece of pieces) errors.add(piece);
  errors.end();
  return errors;
}

describe('what psql says while it reads a dump', () => {
  test('errors are counted, notices and details are not', () => {
    const errors = read(
      'psql:<stdin>:3: NOTICE:  a notice with ERROR:  in it\n',
      'psql:<stdin>:14: ERROR:  relation "a" does not exist\nLINE 1: insert into a\n',
      'DETAIL:  ERROR: quoted\nHINT:  none\n',
    );
    expect(errors.count).toBe(1);
    expect(errors.first).toEqual(['psql:<stdin>:14: ERROR:  relation "a" does not exist']);
  });

  test('the roles that each machine has are no errors; others are', () => {
    const errors = read(
      ...['postgres', 'owner', 'editor', 'viewer', 'clerk'].map(
        (role) => `psql:<stdin>:1: ERROR:  role "${role}" already exists\n`,
      ),
    );
    expect(errors.first).toEqual(['psql:<stdin>:1: ERROR:  role "clerk" already exists']);
  });

  test('lines may be cut anywhere, and the last needs no end', () => {
    expect(read('psql:<std', 'in>:1: ERR', 'OR:  no').count).toBe(1);
    expect(read('psql: error: connection to server was lost').count).toBe(1);
  });

  test('thousands are counted, the first shown, and none as long as it likes', () => {
    const line = `psql:<stdin>:1: ERROR:  ${'x'.repeat(10_000)}`;
    const errors = read(...Array.from({ length: 1000 }, () => `${line}\n`));
    expect(errors.count).toBe(1000);
    expect(errors.first).toHaveLength(20);
    expect(errors.first[0]?.length).toBe(500);
  });
});
