import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import type { Relay } from '../relay';
import { asHttpError, createApi } from './api';
import { serveImage } from './image';
import { sendError } from './respond';
import { setSecurityHeaders } from './security-headers';

/** Serves what is neither API nor image: the pages. */
export type ServePages = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Folders of `public` that are served from here: large, named by content, and there without the pages too. */
const STATIC_FOLDERS = ['vm', 'machine'];
/** A byte a second cannot hold a connection open; a snapshot's chunk of 1 MB may come over a line of 70 kbit/s. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 120_000;

/** The HTTP server of pages, API and image; WebSockets are routed by whoever listens to `upgrade`. */
export function createHttpServer(relay: Relay, root: string, servePages?: ServePages): Server {
  const serveApi = createApi(relay);
  const isHttps = relay.config.publicUrl?.startsWith('https:') ?? false;

  return createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    async (request, response) => {
      const requestId = randomBytes(9).toString('base64url');
      const log = relay.log.child({ requestId });
      response.setHeader('x-request-id', requestId);
      setSecurityHeaders(response, isHttps);
      const [pathname = '/'] = (request.url ?? '/').split('?');
      try {
        const folder = STATIC_FOLDERS.find((name) => pathname.startsWith(`/${name}/`));
        if (folder) {
          const file = pathname.slice(folder.length + 2);
          await serveImage(path.join(root, 'public', folder), request, response, file);
        } else if (servePages && !isApiPath(pathname)) {
          await servePages(request, response);
        } else {
          await serveApi(request, response, pathname, log);
        }
      } catch (error) {
        const refusal = asHttpError(error, relay, log);
        if (response.headersSent) response.destroy();
        else sendError(response, refusal);
      }
    },
  );
}

function isApiPath(pathname: string): boolean {
  return pathname === '/api' || pathname.startsWith('/api/') || pathname === '/metrics';
}
