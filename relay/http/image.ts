import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HttpError } from './errors';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

/** A name of our own making; hidden files and `..` are none. */
const SEGMENT = /^[A-Za-z0-9_+@~-][A-Za-z0-9._+@~-]{0,199}$/;
/** A digest in the name: the same name never means other bytes. */
const HASHED = /(?:^|[/._-])[0-9a-f]{8,64}(?:[/._-]|$)/;

/** Base states are megabytes: read and sent in fewer pieces. */
const READ_AHEAD_BYTES = 1024 * 1024;

interface Found {
  readonly handle: FileHandle;
  readonly size: number;
  readonly etag: string;
  readonly encoding: 'br' | undefined;
}

/** Serves a file of the machine's image or of its Worker: streamed, cached for ever where the name holds a digest. */
export async function serveImage(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
  relativePath: string,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new HttpError('method-not-allowed', { allow: 'GET, HEAD' });
  }
  const file = locate(root, relativePath);
  const found = await find(file, acceptsBrotli(request));
  try {
    await send(found, file, request, response, HASHED.test(relativePath));
  } finally {
    await found.handle.close();
  }
}

async function send(
  found: Found,
  file: string,
  request: IncomingMessage,
  response: ServerResponse,
  isImmutable: boolean,
): Promise<void> {
  response.setHeader('etag', found.etag);
  response.setHeader('vary', 'accept-encoding');
  response.setHeader(
    'cache-control',
    isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
  if (isFresh(request, found.etag)) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader(
    'content-type',
    CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream',
  );
  response.setHeader('content-length', found.size);
  if (found.encoding) response.setHeader('content-encoding', found.encoding);
  response.writeHead(200);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const content = found.handle.createReadStream({
    autoClose: false,
    highWaterMark: READ_AHEAD_BYTES,
  });
  await pipeline(content, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // the visitor left
  });
}

function locate(root: string, relativePath: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(relativePath);
  } catch {
    throw new HttpError('path-malformed');
  }
  const segments = decoded.split('/');
  if (!segments.every((segment) => SEGMENT.test(segment))) throw new HttpError('file-unknown');
  return path.join(root, ...segments);
}

async function find(file: string, brotli: boolean): Promise<Found> {
  if (brotli) {
    const packed = await openVariant(`${file}.br`, 'br');
    if (packed) return packed;
  }
  const plain = await openVariant(file, undefined);
  if (!plain) throw new HttpError('file-unknown');
  return plain;
}

async function openVariant(file: string, encoding: 'br' | undefined): Promise<Found | undefined> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return undefined;
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    return undefined;
  }
  const version = `${stats.size.toString(36)}-${Math.floor(stats.mtimeMs).toString(36)}`;
  return { handle, size: stats.size, etag: `"${version}${encoding ? '-br' : ''}"`, encoding };
}

function acceptsBrotli(request: IncomingMessage): boolean {
  const header = request.headers['accept-encoding'];
  const accepted = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',');
  return accepted.some((entry) => {
    const [name, ...parameters] = entry.split(';').map((part) => part.trim());
    return name === 'br' && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

function isFresh(request: IncomingMessage, etag: string): boolean {
  const header = request.headers['if-none-match'];
  if (header === undefined) return false;
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
