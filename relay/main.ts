import { ConfigError, readConfig } from '../lib/server/config';
import { DatabaseError } from '../lib/server/database/errors';
import { LIMITS } from './limits';
import { type RunningRelay, startRelay } from './start';

/** Starts the server the environment describes and keeps it until a signal. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  // Pages are loaded only where they are served: Next is the larger part of the process.
  const { openPages } = config.pages ? await import('./pages') : { openPages: undefined };
  const running = await startRelay({
    config,
    openPages: openPages && ((server, root) => openPages(server, root, config)),
  });
  stopOnSignal(running);
  process.on('uncaughtException', (error) => {
    // What failed may have left things half done: tell everybody goodbye, and begin again clean.
    running.relay.log.fatal({ err: error }, 'fault');
    setTimeout(() => process.exit(1), LIMITS.shutdownMs).unref();
    void running.stop().finally(() => process.exit(1));
  });
  const { publicUrl, pgHost, pgPort } = running.relay.addresses();
  console.log(`ready ${publicUrl} postgres ${pgHost}:${pgPort}`);
  await running.died;
  running.relay.log.fatal('the embedded PostgreSQL ended by itself');
  process.exit(1);
}

function stopOnSignal(running: RunningRelay): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    running.relay.log.info({ signal }, 'stopping');
    // Whatever hangs: a supervisor must not have to kill us.
    setTimeout(() => process.exit(1), LIMITS.shutdownMs).unref();
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError || error instanceof DatabaseError;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (isExpected) console.error(error.message);
  else if (code === 'EADDRINUSE') {
    console.error(`Another program listens already: ${(error as Error).message}`);
  } else console.error(error);
  process.exit(1);
});
