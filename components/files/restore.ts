import { asFileError } from '@/lib/machine/file-error';
import type { OpenStream } from '@/lib/machine/files';
import { type ProgramInput, runProgram } from '@/lib/machine/program';
import type { Backend } from '@/lib/machine/types';
import { counted } from './counted';
import { makeDatabase } from './databases';
import { contentOf, type DumpPlace, gunzip } from './look-at-dump';
import type { Dump } from './recognise-dump';
import { type RestoreChoices, restoreCommand } from './restore-plan';
import type { RestoreEnd } from './restore-report';

/** What a restore works with. */
export interface RestoreJob {
  readonly open: OpenStream;
  readonly backend: Backend;
  readonly place: DumpPlace;
  readonly dump: Dump;
  readonly isGzip: boolean;
  /** Settled. */
  readonly choices: RestoreChoices;
}

interface RestoreWatch {
  readonly signal: AbortSignal;
  onOutput(text: string): void;
  /** Bytes of the dump, as it is packed, that were handed over. */
  onProgress(bytes: number): void;
}

/**
 * Runs psql or pg_restore in the machine over a dump: one on this computer is streamed into it and takes no room
 * there. A dump that breaks off kills the program, so that half of it is never committed as the whole.
 */
export async function restoreDump(job: RestoreJob, watch: RestoreWatch): Promise<RestoreEnd> {
  const { open, backend, choices } = job;
  const { signal, onOutput } = watch;
  try {
    if (choices.target.kind === 'new') await makeDatabase(backend, choices.target.database);
  } catch (error) {
    return { kind: 'unmade', message: asFileError(error).message };
  }
  try {
    const { argv, input } = await commandAndInput(job, watch);
    const stdout = new TextDecoder();
    const { exitCode } = await runProgram(
      open,
      { argv, user: 'postgres', signal, onSaid: onOutput },
      input,
      (chunk) => onOutput(stdout.decode(chunk, { stream: true })),
    );
    return { kind: 'exited', exitCode };
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled' };
    return { kind: 'broken', message: asFileError(error).message };
  }
}

/** A file that lies in the machine unpacked is read there; anything else comes through this page. */
async function commandAndInput(
  { place, dump, isGzip, choices }: RestoreJob,
  { signal, onProgress }: RestoreWatch,
): Promise<{ argv: readonly string[]; input?: ProgramInput }> {
  if (place.kind === 'machine' && !isGzip) {
    return { argv: restoreCommand(dump.format, choices, place.path) };
  }
  const bytes = (await contentOf(place, signal)).pipeThrough(counted(onProgress));
  return {
    argv: restoreCommand(dump.format, choices),
    input: isGzip ? gunzip(bytes) : bytes,
  };
}
