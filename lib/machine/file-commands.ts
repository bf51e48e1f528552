import { errorOfText, FileError, fileError } from './file-error';
import { bytesOfName, type FileName, nameProblem } from './file-name';
import { listFolder, type OpenStream } from './files';
import { runProgram } from './program';

/** Makes an empty folder. Rejects with FileError. @param user whose it is; root's when left out */
export async function makeFolder(open: OpenStream, path: FileName, user?: string): Promise<void> {
  checkName(path);
  await command(open, ['mkdir', '--'], [path], user);
}

/** Removes a file, or a folder with all that is in it. Rejects with FileError. */
export async function removeEntry(open: OpenStream, path: FileName): Promise<void> {
  await command(open, ['rm', '-r', '--'], [path]);
}

/**
 * Gives a file or folder another name in the same folder. What already has that name stays, and it rejects with
 * FileError `exists`.
 */
export async function renameEntry(open: OpenStream, from: FileName, to: FileName): Promise<void> {
  checkName(to);
  const { entries } = await listFolder(open, to.slice(0, to.lastIndexOf('/')) || '/');
  const name = to.slice(to.lastIndexOf('/') + 1);
  if (entries.some((entry) => entry.name === name)) throw fileError('exists');
  await command(open, ['mv', '-T', '--'], [from, to]);
}

function checkName(path: FileName): void {
  const problem = nameProblem(path.slice(path.lastIndexOf('/') + 1));
  if (problem !== undefined) throw new FileError('name', problem);
}

/**
 * Runs one command over paths. They come by stdin, each ended by a zero byte, because an argument on the wire is
 * UTF-8 (rule M1) and the name of a file may be any bytes; no shell reads them.
 */
async function command(
  open: OpenStream,
  argv: readonly string[],
  paths: readonly FileName[],
  user?: string,
): Promise<void> {
  const zero = Uint8Array.of(0);
  const bytes = paths.flatMap((path) => [bytesOfName(path), zero]);
  const input = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of bytes) {
    input.set(part, at);
    at += part.length;
  }
  const program = { argv: ['xargs', '-0', ...argv], ...(user === undefined ? {} : { user }) };
  const { exitCode, said } = await runProgram(open, program, input);
  if (exitCode !== 0) throw errorOfText(said.trim().split('\n').at(-1) ?? '');
}
