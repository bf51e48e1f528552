import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PgClient } from '../postgres/client';
import { startPostgres, type TestServer } from '../postgres/testing/postgres-server';
import { fillParameters } from './parameters';

/** Pieces that end or hide quotes. */
const PIECES = ["'", '\\', '"', '$$', '--', '/*', '\n', ';', 'a', '😀', ':x', 'E'];

let server: TestServer;
let client: PgClient;

beforeAll(async () => {
  server = await startPostgres();
  client = await server.client();
});

afterAll(async () => {
  client?.end();
  await server?.stop();
});

async function answer(sql: string): Promise<string | null | undefined> {
  let value: string | null | undefined;
  await client.simple(sql, {
    rows: (batch) => {
      value = batch.text(0, 0);
    },
  });
  return value;
}

it.each(['on', 'off'])(
  'any value arrives as it is, with standard_conforming_strings %s',
  async (setting) => {
    await client.simple(
      `set standard_conforming_strings = ${setting}; set escape_string_warning = off`,
      {},
    );
    const hostile = fc.array(fc.constantFrom(...PIECES)).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        const filled = fillParameters('select :x::text || length(:x)', new Map([['x', value]]));
        if (filled.kind !== 'filled') throw new Error(filled.kind);
        expect(await answer(filled.sql)).toBe(`${value}${[...value].length}`);
      }),
      { numRuns: 300 },
    );
  },
);
