import { describe, expect, it } from 'vitest';
import { duplexPair } from '../mux/pair';
import { knockPostgres } from './knock';

const IDLE = { end() {}, reset() {}, drain() {} };

describe('knockPostgres', () => {
  it('asks with an SSLRequest and is content with one byte', async () => {
    const [page, server] = duplexPair();
    const asked: number[] = [];
    server.attach({
      ...IDLE,
      data: (chunk) => {
        asked.push(...chunk);
        server.write(Uint8Array.of(0x4e));
      },
    });
    await knockPostgres(page, 1000);
    expect(asked).toEqual([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
  });

  it('says what the stream says when PostgreSQL is not there', async () => {
    const [page, server] = duplexPair();
    server.attach({ ...IDLE, data: () => server.reset('unreachable', 'no such file') });
    await expect(knockPostgres(page, 1000)).rejects.toMatchObject({
      code: 'postgres-silent',
      message: expect.stringContaining('no such file'),
    });
  });

  it('gives up on a server that never answers', async () => {
    const [page] = duplexPair();
    await expect(knockPostgres(page, 5)).rejects.toMatchObject({ code: 'postgres-silent' });
  });
});
