import { programError, runProgram } from '@/lib/machine/program';
import { counted } from '../files/counted';
import { ended, NO_OUTPUT, withOutput } from '../files/program-output';
import type { StreamsOfMachine } from './machine-streams';

export interface RestoreOptions {
  readonly dump: Blob;
  /** It was begun before and cut off: what it made then is dropped first. */
  readonly isRepeated: boolean;
  /** Bytes of the dump that pg_restore has taken. */
  onProgress(bytes: number): void;
}

/** What pg_restore did with a dump it could read. */
export interface RestoreReport {
  /** Commands PostgreSQL refused; all others were carried out. */
  readonly errors: number;
  /** What it said of them, the last of it. */
  readonly said: string;
}

const PG_RESTORE = ['pg_restore', '--username=owner', '--dbname=postgres'] as const;

/**
 * Puts a dump in custom format into the machine's database. Rejects with a FileError when pg_restore cannot read it or
 * is cut off; what it did until then stays.
 */
export async function restoreDump(
  machine: StreamsOfMachine,
  { dump, isRepeated, onProgress }: RestoreOptions,
): Promise<RestoreReport> {
  const open: StreamsOfMachine['open'] = (metadata) => machine.open(metadata);
  const again = isRepeated ? ['--clean', '--if-exists'] : [];
  let output = NO_OUTPUT;
  const { exitCode } = await runProgram(
    open,
    {
      argv: [...PG_RESTORE, ...again],
      user: 'postgres',
      onSaid: (text) => {
        output = withOutput(output, text);
      },
    },
    dump.stream().pipeThrough(counted(onProgress)),
  );
  const { lines, droppedLines, firstError, errors } = ended(output);
  const begin = droppedLines > 0 && firstError ? [firstError, '…'] : [];
  const said = [...begin, ...lines].join('\n').trim();
  // With this line it has gone through all of the dump; without, it gave up.
  if (exitCode !== 0 && !IGNORED.test(said)) throw programError('pg_restore', exitCode, said);
  return { errors, said };
}

const IGNORED = /errors ignored on restore/;
