import type { FileName } from '@/lib/machine/file-name';
import { connInfo } from './conn-info';
import type { Dump } from './recognise-dump';

/** Into what a dump is restored. */
export type RestoreTarget =
  | { readonly kind: 'existing'; readonly database: string }
  | { readonly kind: 'new'; readonly database: string };

export interface RestoreChoices {
  readonly target: RestoreTarget;
  /** What the dump makes is dropped first, where it is there. */
  readonly clean: boolean;
  /** All of it or nothing. */
  readonly singleTransaction: boolean;
  readonly stopAtError: boolean;
  readonly skipOwners: boolean;
}

/** For each choice that cannot be made, why; a sentence for people. */
export type Closed = Partial<
  Record<'target' | 'clean' | 'singleTransaction' | 'stopAtError' | 'skipOwners', string>
>;

/** What psql and pg_restore cannot do, or do anyway. */
export function closedChoices(format: Dump['format'], choices: RestoreChoices): Closed {
  const script = format === 'plain' || format === 'cluster';
  return {
    ...(format === 'cluster' && {
      target: 'The script makes and opens its databases itself.',
      singleTransaction: 'The script opens databases, which no transaction can hold.',
    }),
    ...(script && {
      clean: 'A script does what is written in it. Restore into a new database to begin clean.',
      skipOwners: 'A script sets them itself.',
    }),
    ...(!script && choices.target.kind === 'new' && { clean: 'A new database is empty.' }),
    ...(choices.singleTransaction &&
      format !== 'cluster' && { stopAtError: 'One transaction always ends at the first error.' }),
  };
}

/** The choices as they hold: what is closed has its only value. */
export function settle(format: Dump['format'], choices: RestoreChoices): RestoreChoices {
  const closed = closedChoices(format, choices);
  const singleTransaction = choices.singleTransaction && !closed.singleTransaction;
  return {
    target: closed.target ? { kind: 'existing', database: 'postgres' } : choices.target,
    clean: choices.clean && !closed.clean,
    singleTransaction,
    stopAtError: singleTransaction || choices.stopAtError,
    skipOwners: choices.skipOwners && !closed.skipOwners,
  };
}

/**
 * The image's template0 names the version of its collation, and PostgreSQL then refuses to make databases of it whose
 * locale has none, such as libc's C.UTF-8 in dumps of 15. One that initdb makes names none.
 */
const ANY_LOCALE = "update pg_database set datcollversion = null where datname = 'template0'";

/**
 * The program that restores, and its arguments.
 * @param choices settled
 * @param path of a file in the machine; stdin when left out
 */
export function restoreCommand(
  format: Dump['format'],
  choices: RestoreChoices,
  path?: FileName,
): readonly string[] {
  const to = `--dbname=${connInfo(choices.target.database)}`;
  const { clean, singleTransaction, stopAtError, skipOwners } = choices;
  if (format === 'plain' || format === 'cluster') {
    return [
      ...['psql', '-X', '-q', '-v', `ON_ERROR_STOP=${stopAtError ? 1 : 0}`, to],
      ...(singleTransaction ? ['--single-transaction'] : []),
      ...(format === 'cluster' ? [`--command=${ANY_LOCALE}`] : []),
      `--file=${path ?? '-'}`,
    ];
  }
  return [
    // Told of each thing it makes, one sees that it goes on.
    ...['pg_restore', '--verbose', `--format=${format}`, to],
    ...(clean ? ['--clean', '--if-exists'] : []),
    ...(singleTransaction ? ['--single-transaction'] : []),
    ...(stopAtError ? ['--exit-on-error'] : []),
    ...(skipOwners ? ['--no-owner', '--no-privileges'] : []),
    ...(path === undefined ? [] : [path]),
  ];
}

/** PostgreSQL cuts longer names. */
const MAX_DATABASE_NAME_BYTES = 63;

/** Why a database cannot be made under a name, as a sentence; undefined when it can, and for no name yet. */
export function newDatabaseProblem(name: string, taken: readonly string[]): string | undefined {
  if (taken.includes(name)) return 'There is a database of this name.';
  if (/\p{Cc}/u.test(name)) return 'The name holds a character that cannot be seen.';
  const { length } = new TextEncoder().encode(name);
  if (length > MAX_DATABASE_NAME_BYTES) {
    return `The name takes ${length} bytes; PostgreSQL allows ${MAX_DATABASE_NAME_BYTES}.`;
  }
  return undefined;
}
