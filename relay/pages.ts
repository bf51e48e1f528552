import type { Server } from 'node:http';
import next from 'next';
import type { Pages } from './start';

/** The pages, served by Next in this process. */
export async function openPages(
  server: Server,
  root: string,
  { development }: { readonly development: boolean },
): Promise<Pages> {
  process.env.NEXT_TELEMETRY_DISABLED = '1';
  const app = next({ dev: development, dir: root, httpServer: server });
  await app.prepare();
  const handle = app.getRequestHandler();
  const handleUpgrade = app.getUpgradeHandler();
  return {
    serve: async (request, response) => {
      await handle(request, response);
    },
    upgrade: development
      ? (request, socket, head) => void handleUpgrade(request, socket, head)
      : undefined,
    close: () => app.close(),
  };
}
