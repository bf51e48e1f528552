import type { OpenStream } from '@/lib/machine/files';
import { programError, runProgram } from '@/lib/machine/program';
import { RestoreErrors } from './restore-errors';

const PSQL = [
  'psql',
  '--no-psqlrc',
  '--quiet',
  '--output=/dev/null',
  '--dbname=postgres',
  '--file=-',
];

/** Reads a dump in with psql, which goes on after an error. Rejects when psql itself ends early. */
export async function restoreDatabases(
  open: OpenStream,
  dump: Blob,
  onProgress: (sentBytes: number, errors: number) => void,
): Promise<RestoreErrors> {
  const errors = new RestoreErrors();
  let sentBytes = 0;
  const counted = dump.stream().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        controller.enqueue(chunk);
        sentBytes += chunk.length;
        onProgress(sentBytes, errors.count);
      },
    }),
  );
  const onSaid = (text: string) => errors.add(text);
  const end = await runProgram(open, { argv: PSQL, user: 'postgres', onSaid }, counted);
  if (end.exitCode !== 0) throw programError('psql', end.exitCode, end.said);
  errors.end();
  return errors;
}
