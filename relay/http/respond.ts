import type { ServerResponse } from 'node:http';
import type { HttpError } from './errors';
import type { Reply } from './exchange';

/** Answers of the API hold secrets and states of the moment. */
const API_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

export function sendReply(response: ServerResponse, reply: Reply): void {
  if ('json' in reply) {
    send(response, reply.status, 'application/json', JSON.stringify(reply.json));
  } else if ('text' in reply) {
    send(response, reply.status, reply.contentType, reply.text);
  } else if ('bytes' in reply) {
    send(response, reply.status, 'application/octet-stream', reply.bytes);
  } else {
    response.writeHead(reply.status, API_HEADERS).end();
  }
}

export function sendError(response: ServerResponse, error: HttpError): void {
  const { code, message, details } = error;
  const body = JSON.stringify({ error: { code, message, ...details } });
  send(response, error.status, 'application/json', body, error.headers);
}

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  content: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...API_HEADERS,
    ...headers,
    'content-type': contentType,
    'content-length': Buffer.byteLength(content),
  });
  response.end(response.req.method === 'HEAD' ? undefined : content);
}
