import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface PsqlOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs the real psql without anybody's psqlrc. */
export async function psql(uri: string, args: readonly string[], input = ''): Promise<PsqlOutcome> {
  const child = spawn('psql', [uri, '-X', ...args], { stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { stdout, stderr, code };
}
