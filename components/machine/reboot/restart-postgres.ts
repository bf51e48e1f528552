import type { OpenStream } from '@/lib/machine/files';
import { programError, runProgram } from '@/lib/machine/program';

/** As long as PostgreSQL may take until it accepts connections, in half seconds. */
const TRIES = 120;

/** `warren-postgres` returns before the server accepts connections; this waits for that, too. */
const SCRIPT = `
warren-postgres restart || exit 1
for _ in $(busybox seq ${TRIES}); do
  pg_isready --quiet && exit 0
  busybox usleep 500000
done
echo "PostgreSQL does not accept connections; the tab Log says why." >&2
exit 1`;

/** Stops and starts PostgreSQL in the machine; resolves when it accepts connections. Its data stay, its sessions end. */
export async function restartPostgres(open: OpenStream): Promise<void> {
  const argv = ['busybox', 'sh', '-c', SCRIPT];
  const env = { PATH: '/usr/local/sbin:/usr/lib/postgresql/17/bin:/usr/sbin:/usr/bin:/sbin:/bin' };
  const { exitCode, said } = await runProgram(open, { argv, env, user: 'root' });
  if (exitCode !== 0) throw programError('The restart', exitCode, said);
}
