import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpError } from './errors';
import { serveImage } from './image';

describe('the image', () => {
  let directory: string;
  let server: Server;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'warren-image-'));
    const root = path.join(directory, 'vm');
    await mkdir(path.join(directory, 'cache', 'fs'), { recursive: true });
    await symlink(path.join(directory, 'cache'), root);
    await writeFile(path.join(directory, 'secret'), 'secret');
    await writeFile(path.join(root, 'manifest.json'), '{}');
    await writeFile(path.join(root, 'v86.0123456789abcdef.wasm'), 'wasm');
    await writeFile(path.join(root, 'fs', '0123456789abcdef.zst'), 'zst');
    await writeFile(path.join(root, 'plain.js'), 'a'.repeat(100));
    await writeFile(path.join(root, 'plain.js.br'), 'packed');
    server = createServer((incoming, response) => {
      const name = (incoming.url ?? '').slice('/vm/'.length);
      serveImage(root, incoming, response, name).catch((error: unknown) => {
        response.writeHead(error instanceof HttpError ? error.status : 500).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    server.close();
    await rm(directory, { recursive: true });
  });

  /** Not `fetch`, which would clean the path up before it is sent. */
  const get = (name: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve) => {
      const { port } = server.address() as AddressInfo;
      request({ port, path: `/vm/${name}`, headers, method }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      }).end();
    });

  it('is cached for ever where the name holds a digest', async () => {
    const { status, headers, body } = await get('v86.0123456789abcdef.wasm');
    expect([status, body]).toEqual([200, 'wasm']);
    expect(headers).toMatchObject({
      'content-type': 'application/wasm',
      'content-length': '4',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await get('fs/0123456789abcdef.zst')).headers['cache-control']).toContain('immutable');
  });

  it('is asked for again where it does not, and is not sent twice', async () => {
    const { headers } = await get('manifest.json');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-cache',
      etag: expect.stringMatching(/^".+"$/),
    });
    const again = await get('manifest.json', { 'if-none-match': `W/${headers.etag}` });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  it('is sent packed to those who take it', async () => {
    const packed = await get('plain.js', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(packed.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(packed.body).toBe('packed');
    const plain = await get('plain.js', { 'accept-encoding': 'gzip, br;q=0' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toHaveLength(100);
    expect(plain.headers.etag).not.toBe(packed.headers.etag);
  });

  it('answers HEAD without a body', async () => {
    const { status, headers, body } = await get('plain.js', {}, 'HEAD');
    expect([status, headers['content-length'], body]).toEqual([200, '100', '']);
  });

  it.each([
    '../secret',
    '..%2fsecret',
    '%2e%2e/secret',
    '..%5csecret',
    'fs/../../secret',
    'fs',
    'fs/',
    '',
    '/etc/passwd',
    '.hidden',
    'plain.js%00.json',
    'missing',
  ])('has nothing at %j', async (name) => {
    const { status, body } = await get(name);
    expect([status, body]).toEqual([404, '']);
  });

  it('refuses an address that is not well formed, and other methods', async () => {
    expect((await get('%zz')).status).toBe(400);
    expect((await get('plain.js', {}, 'POST')).status).toBe(405);
  });
});
