import { describe, expect, it, vi } from 'vitest';
import { encodeAuthenticationSasl, encodeErrorResponse } from './backend-encoders';
import { connectClient, type PgClient } from './client';
import type { ConnectOptions } from './client-types';
import { PgConnectionError, PgError } from './errors';
import { StartupReader } from './startup';
import {
  authenticationOk,
  bare,
  commandComplete,
  copyData,
  copyResponse,
  dataRow,
  errorOrNotice,
  raw,
  readyForQuery,
  rowDescription,
} from './testing/backend';
import { GREETING, ScriptedDuplex, typesOf } from './testing/scripted-duplex';
import { join, splits } from './testing/split';

const OPTIONS: ConnectOptions = { user: 'owner', database: 'postgres' };
const FAILURE = errorOrNotice('E', { S: 'ERROR', C: '42601', M: 'no', P: '3' });
const FATAL = encodeErrorResponse({ severity: 'FATAL', code: '57P01', message: 'going away' });

/** The answer to a query for one row of one column. */
function oneRow(text: string): Uint8Array {
  const begun = [bare('1'), bare('2'), rowDescription('a'), dataRow(text)];
  return join(...begun, commandComplete('SELECT 1'), readyForQuery());
}

async function session(options: Partial<ConnectOptions> = {}) {
  const duplex = new ScriptedDuplex();
  const connecting = connectClient(duplex, { ...OPTIONS, ...options });
  duplex.taken();
  duplex.deliver(GREETING);
  const client = await connecting;
  duplex.consumedBytes = 0;
  return { client, duplex };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

async function failureCode(promise: Promise<unknown>): Promise<string> {
  const error = await failure(promise);
  if (error instanceof PgError || error instanceof PgConnectionError) return error.code;
  return String(error);
}

describe('opening a session', () => {
  it('sends a startup packet and takes what the server tells', async () => {
    const duplex = new ScriptedDuplex();
    const connecting = connectClient(duplex, {
      ...OPTIONS,
      applicationName: 'test',
      options: { search_path: 'app' },
    });
    expect(new StartupReader().feed(duplex.taken()).event).toEqual({
      type: 'startup',
      version: { major: 3, minor: 0 },
      parameters: new Map([
        ['user', 'owner'],
        ['database', 'postgres'],
        ['client_encoding', 'UTF8'],
        ['application_name', 'test'],
        ['search_path', 'app'],
      ]),
    });
    duplex.deliver(GREETING);
    const client = await connecting;
    expect(client.parameters.get('server_version')).toBe('17.11');
    expect(client.key).toEqual({ processId: 42, secretKey: Uint8Array.of(1, 2, 3, 4) });
    expect(client.status).toBe('idle');
  });

  it('works however the bytes are split', async () => {
    for (const chunks of splits(GREETING)) {
      const duplex = new ScriptedDuplex();
      const connecting = connectClient(duplex, OPTIONS);
      duplex.deliver(...chunks);
      expect((await connecting).key?.processId).toBe(42);
      expect(duplex.consumedBytes).toBe(GREETING.length);
    }
  });

  it('fails with what the server says', async () => {
    const duplex = new ScriptedDuplex();
    const connecting = connectClient(duplex, OPTIONS);
    duplex.deliver(encodeErrorResponse({ severity: 'FATAL', code: '53300', message: 'full' }));
    const error = await failure(connecting);
    expect(error).toBeInstanceOf(PgError);
    expect(error).toMatchObject({ code: '53300', message: 'full', fatal: true });
    expect(duplex.ending).toBe('ok');
  });

  it('fails when the stream does, with its reason', async () => {
    const duplex = new ScriptedDuplex();
    const connecting = connectClient(duplex, OPTIONS);
    duplex.deliverReset('unreachable', 'no such socket');
    const error = await failure(connecting);
    expect(error).toBeInstanceOf(PgConnectionError);
    expect(error).toMatchObject({ code: 'unreachable', detail: 'no such socket' });
  });

  it('fails when the server just closes', async () => {
    const duplex = new ScriptedDuplex();
    const connecting = connectClient(duplex, OPTIONS);
    duplex.deliver(GREETING.slice(0, 9));
    duplex.deliverEnd();
    expect(await failureCode(connecting)).toBe('server-closed');
    expect(duplex.ending).toBe('end');
  });

  it('can be given up', async () => {
    const controller = new AbortController();
    const duplex = new ScriptedDuplex();
    const connecting = connectClient(duplex, { ...OPTIONS, signal: controller.signal });
    controller.abort();
    expect(await failureCode(connecting)).toBe('aborted');
    expect(duplex.ending).toBe('ok');
    const late = connectClient(new ScriptedDuplex(), { ...OPTIONS, signal: controller.signal });
    expect(await failureCode(late)).toBe('aborted');
  });

  it('is not undone by a signal that comes later', async () => {
    const controller = new AbortController();
    const { client } = await session({ signal: controller.signal });
    controller.abort();
    expect(client.closeReason).toBeUndefined();
  });

  it('refuses a parameter with a NUL', async () => {
    const duplex = new ScriptedDuplex();
    const error = await failure(connectClient(duplex, { ...OPTIONS, user: 'a\0database' }));
    expect(error).toBeInstanceOf(RangeError);
    expect(duplex.taken().length).toBe(0);
  });
});

describe('logging in', () => {
  async function asked(...chunks: Uint8Array[]) {
    const duplex = new ScriptedDuplex();
    const connecting = connectClient(duplex, { ...OPTIONS, password: 'hush' });
    duplex.taken();
    duplex.deliver(...chunks);
    const code = await failureCode(connecting);
    return { code, sent: new TextDecoder().decode(duplex.taken()) };
  }

  it.each([
    ['in clear', raw('R', 8, 0, 0, 0, 3)],
    ['as MD5', raw('R', 12, 0, 0, 0, 5, 1, 2, 3, 4)],
    ['by an unknown SASL mechanism', encodeAuthenticationSasl(['OAUTHBEARER'])],
  ])('never sends the password %s', async (_name, question) => {
    const { code, sent } = await asked(question);
    expect(code).toBe('authentication-unsupported');
    expect(sent).toBe('');
  });

  it('by SCRAM does not trust a server that proves nothing', async () => {
    const { code } = await asked(encodeAuthenticationSasl(['SCRAM-SHA-256']), authenticationOk());
    expect(code).toBe('authentication-failed');
  });

  it('needs a password when one is asked for', async () => {
    const duplex = new ScriptedDuplex();
    const connecting = connectClient(duplex, OPTIONS);
    duplex.deliver(encodeAuthenticationSasl(['SCRAM-SHA-256']));
    expect(await failureCode(connecting)).toBe('authentication-unsupported');
  });

  it('ends at a message that has no place in it', async () => {
    expect((await asked(readyForQuery())).code).toBe('malformed');
    expect((await asked(dataRow('1'))).code).toBe('malformed');
  });
});

describe('requests', () => {
  it('are sent ahead and answered in order', async () => {
    const { client, duplex } = await session();
    const both = Promise.all([client.query('select 1'), client.query('select 2')]);
    expect(typesOf(duplex.taken())).toBe('PBDESPBDES');
    duplex.deliver(join(oneRow('1'), oneRow('2')));
    expect((await both).map(({ rows }) => rows)).toEqual([[['1']], [['2']]]);
    expect(client.busy).toBe(false);
  });

  it('fail alone', async () => {
    const { client, duplex } = await session();
    const first = failureCode(client.query('selekt'));
    const second = client.query('select 2');
    duplex.deliver(join(FAILURE, readyForQuery(), oneRow('2')));
    expect(await first).toBe('42601');
    expect((await second).rows).toEqual([['2']]);
  });

  it.each(['copy t from stdin', ' ; -- x\n COPY t TO STDOUT'])(
    'that may begin a COPY have nothing sent behind them: %j',
    async (sql) => {
      const { client, duplex } = await session();
      const copying = failure(client.query(sql));
      const next = client.query('select 2');
      expect(typesOf(duplex.taken())).toBe('PBDES');
      duplex.deliver(join(FAILURE, readyForQuery()));
      await copying;
      expect(typesOf(duplex.taken())).toBe('PBDES');
      duplex.deliver(oneRow('2'));
      expect((await next).rows).toEqual([['2']]);
    },
  );

  it('are held while the network is full', async () => {
    const { client, duplex } = await session();
    duplex.flowing = false;
    const all = Promise.all(['1', '2', '3'].map((text) => client.query(`select ${text}`)));
    expect(typesOf(duplex.taken())).toBe('PBDES');
    duplex.drain();
    expect(typesOf(duplex.taken())).toBe('PBDESPBDES');
    duplex.deliver(join(oneRow('1'), oneRow('2'), oneRow('3')));
    expect((await all).flatMap(({ rows }) => rows.flat())).toEqual(['1', '2', '3']);
  });

  it.each<[string, (client: PgClient) => Promise<unknown>]>([
    ['a NUL in the text', (client) => client.query('select 1\0')],
    ['a NUL in a script', (client) => client.simple('select 1\0')],
    ['a NUL in a name', (client) => client.prepare('a\0b', 'select 1')],
    ['65,536 parameters', (client) => client.query('select 1', new Array(65_536).fill('x'))],
  ])('are refused with %s, and the session goes on', async (_name, ask) => {
    const { client, duplex } = await session();
    expect(await failure(ask(client))).toBeInstanceOf(RangeError);
    expect(duplex.taken().length).toBe(0);
    const next = client.query('select 1');
    duplex.deliver(oneRow('1'));
    expect((await next).rows).toEqual([['1']]);
  });

  it('give rows as objects when asked', async () => {
    const { client, duplex } = await session();
    const asked = client.query('select', [], { rowMode: 'object' });
    const columns = rowDescription('a', '__proto__');
    duplex.deliver(join(columns, dataRow('1', null), commandComplete('SELECT 1'), readyForQuery()));
    const [row] = (await asked).rows;
    expect(Object.entries(row ?? {})).toEqual([
      ['a', '1'],
      ['__proto__', null],
    ]);
  });

  it('that are prepared know their columns', async () => {
    const { client, duplex } = await session();
    const preparing = client.prepare('p', 'select $1');
    expect(typesOf(duplex.taken())).toBe('PDS');
    duplex.deliver(
      join(bare('1'), raw('t', 10, 0, 1, 0, 0, 0, 25), rowDescription('a'), readyForQuery()),
    );
    const statement = await preparing;
    expect(statement).toMatchObject({ name: 'p', parameterTypes: [25], returnsRows: true });
    const asked = client.query(statement, ['x']);
    expect(typesOf(duplex.taken())).toBe('BES');
    duplex.deliver(join(bare('2'), dataRow('x'), commandComplete('SELECT 1'), readyForQuery()));
    expect((await asked).rows).toEqual([['x']]);
    const closing = client.closeStatement(statement);
    expect(typesOf(duplex.taken())).toBe('CS');
    duplex.deliver(join(bare('3'), readyForQuery()));
    await closing;
  });
});

describe('back-pressure', () => {
  it('holds bytes back until the handler has taken the rows in them', async () => {
    const { client, duplex } = await session();
    let release: () => void = () => undefined;
    const seen: string[] = [];
    const running = client.simple('select', {
      rows: (batch) => {
        seen.push(batch.text(0, 0) ?? '');
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      },
    });
    const first = join(rowDescription('a'), dataRow('1'));
    const second = dataRow('2');
    const last = join(commandComplete('SELECT 2'), readyForQuery());
    duplex.deliver(first, second, last);
    expect([seen, duplex.consumedBytes]).toEqual([['1'], 0]);
    release();
    await vi.waitFor(() => expect(seen).toEqual(['1', '2']));
    expect(duplex.consumedBytes).toBe(first.length);
    release();
    await running;
    await vi.waitFor(() => {
      expect(duplex.consumedBytes).toBe(first.length + second.length + last.length);
    });
  });

  it('reads what came before the end of the stream first', async () => {
    const { client, duplex } = await session();
    const seen: string[] = [];
    const running = client.simple('select', {
      rows: async (batch) => {
        await Promise.resolve();
        seen.push(batch.text(0, 0) ?? '');
      },
    });
    duplex.deliver(join(rowDescription('a'), dataRow('1')), dataRow('2'), FATAL);
    duplex.deliverReset('link-lost');
    expect(await failureCode(running)).toBe('57P01');
    expect(seen).toEqual(['1', '2']);
  });

  it('discards beyond the limits and counts it', async () => {
    const { client, duplex } = await session();
    const asked = client.query('select', [], { maxRows: 1 });
    const rows = ['1', '2', '3'].map((text) => dataRow(text));
    duplex.deliver(
      join(rowDescription('a'), ...rows, commandComplete('SELECT 3'), readyForQuery()),
    );
    expect(await asked).toMatchObject({
      rows: [['1']],
      rowCount: 3,
      discarded: { rows: 2, bytes: 14 },
    });
  });
});

describe('a handler that throws', () => {
  const fault = new Error('a fault of the page');
  const answer = join(
    rowDescription('a'),
    dataRow('1'),
    dataRow('2'),
    commandComplete('SELECT 2'),
    commandComplete('DELETE 1'),
    readyForQuery(),
  );

  it.each<[string, () => void | Promise<void>]>([
    [
      'at once',
      () => {
        throw fault;
      },
    ],
    ['later', () => Promise.reject(fault)],
  ])('%s fails its own request and no other', async (_name, rows) => {
    const { client, duplex } = await session();
    const complete = vi.fn();
    const failing = failure(client.simple('script', { rows, complete }));
    duplex.deliver(...Array.from(answer, (byte) => Uint8Array.of(byte)));
    expect(await failing).toBe(fault);
    expect(complete).not.toHaveBeenCalled();
    const next = client.query('select 1');
    duplex.deliver(oneRow('1'));
    expect((await next).rows).toEqual([['1']]);
    expect(duplex.ending).toBe('open');
  });

  it('gives no data to a COPY that follows', async () => {
    const { client, duplex } = await session();
    const handlers = {
      complete: () => {
        throw fault;
      },
      copyIn: () => [Uint8Array.of(0x31)],
    };
    const failing = failure(client.simple('delete from t; copy t from stdin', handlers));
    duplex.taken();
    duplex.deliver(join(commandComplete('DELETE 1'), copyResponse('G', 1)));
    expect(typesOf(duplex.taken())).toBe('f');
    duplex.deliver(join(FAILURE, readyForQuery()));
    expect(await failing).toBe(fault);
  });

  it('in asking for the data of a COPY fails that COPY', async () => {
    const { client, duplex } = await session();
    const copyIn = () => {
      throw fault;
    };
    const failing = failure(client.simple('copy t from stdin', { copyIn }));
    duplex.taken();
    duplex.deliver(copyResponse('G', 1));
    expect(typesOf(duplex.taken())).toBe('f');
    duplex.deliver(join(FAILURE, readyForQuery()));
    expect(await failing).toBe(fault);
  });
});

describe('COPY in', () => {
  async function* slowly(...texts: string[]) {
    for (const text of texts) {
      await Promise.resolve();
      yield new TextEncoder().encode(text);
    }
  }

  it('joins small chunks, cuts large ones, and waits when the network is full', async () => {
    const { client, duplex } = await session();
    const copying = client.copyIn('copy t from stdin', slowly('a', 'b', 'x'.repeat(150_000)));
    duplex.taken();
    duplex.flowing = false;
    duplex.deliver(copyResponse('G', 1));
    const written = await vi.waitFor(() => {
      const bytes = duplex.taken();
      expect(bytes.length).toBeGreaterThan(0);
      return bytes;
    });
    expect([typesOf(written), written.length]).toEqual(['d', 65_536 + 5]);
    duplex.drain();
    await vi.waitFor(() => {
      expect(typesOf(duplex.taken())).toBe('ddc');
    });
    duplex.deliver(join(commandComplete('COPY 1'), readyForQuery()));
    expect(await copying).toMatchObject({ tag: 'COPY 1', rowCount: 1 });
  });

  it('tells the server when its source fails, and throws what the source threw', async () => {
    const { client, duplex } = await session();
    const fault = new Error('the file is gone');
    async function* broken() {
      yield Uint8Array.of(0x31);
      throw fault;
    }
    const copying = failure(client.copyIn('copy t from stdin', broken()));
    duplex.taken();
    duplex.deliver(copyResponse('G', 1));
    await vi.waitFor(() => expect(typesOf(duplex.taken())).toBe('f'));
    duplex.deliver(join(FAILURE, readyForQuery()));
    expect(await copying).toBe(fault);
  });

  it('is told which statement wants data, whatever else is listened to', async () => {
    const { client, duplex } = await session();
    const asked: number[] = [];
    const running = client.simple('copy a from stdin; copy b from stdin', {
      copyIn: (statement) => {
        asked.push(statement);
        return [];
      },
    });
    const answer = join(copyResponse('G', 1), commandComplete('COPY 0'));
    duplex.deliver(answer, answer, readyForQuery());
    await running;
    expect(asked).toEqual([0, 1]);
  });

  it('ends its source when the server wants no more', async () => {
    const { client, duplex } = await session();
    let ended = false;
    async function* endless() {
      try {
        for (;;) {
          await Promise.resolve();
          yield new Uint8Array(70_000);
        }
      } finally {
        ended = true;
      }
    }
    duplex.flowing = false;
    const copying = failureCode(client.copyIn('copy t from stdin', endless()));
    duplex.drain();
    duplex.deliver(copyResponse('G', 1));
    duplex.deliver(join(FAILURE, readyForQuery()));
    expect(await copying).toBe('42601');
    await vi.waitFor(() => expect(ended).toBe(true));
    duplex.taken();
    const next = client.query('select 1');
    expect(typesOf(duplex.taken())).toBe('PBDES');
    duplex.deliver(oneRow('1'));
    await next;
  });

  it('ends when the connection does, even while the network is full', async () => {
    const { client, duplex } = await session();
    const copying = failureCode(client.copyIn('copy t from stdin', slowly('x'.repeat(200_000))));
    duplex.flowing = false;
    duplex.deliver(copyResponse('G', 1));
    await vi.waitFor(() => expect(duplex.taken().length).toBeGreaterThan(0));
    duplex.deliverReset('link-lost');
    expect(await copying).toBe('link-lost');
  });

  it('in the extended protocol is refused, with the Sync the server then needs', async () => {
    const { client, duplex } = await session();
    const copying = failureCode(client.query('copy t from stdin'));
    duplex.taken();
    duplex.deliver(join(bare('1'), bare('2'), bare('n'), copyResponse('G', 1)));
    expect(typesOf(duplex.taken())).toBe('fS');
    duplex.deliver(join(FAILURE, readyForQuery()));
    expect(await copying).toBe('42601');
  });
});

it('COPY out passes chunks on, held back by the one who takes them', async () => {
  const { client, duplex } = await session();
  const pieces: string[] = [];
  const copying = client.copyOut('copy t to stdout', async (chunk) => {
    await Promise.resolve();
    pieces.push(new TextDecoder().decode(chunk));
  });
  duplex.deliver(join(copyResponse('H', 1), copyData('1\n'), copyData('2\n')), copyData('3\n'));
  duplex.deliver(join(bare('c'), commandComplete('COPY 3'), readyForQuery()));
  expect(await copying).toMatchObject({ tag: 'COPY 3' });
  expect(pieces).toEqual(['1\n2\n', '3\n']);
});

describe('what belongs to no request', () => {
  it('reaches the listeners', async () => {
    const { client, duplex } = await session();
    const told: unknown[] = [];
    client.onNotice(({ message }) => told.push(message));
    client.onNotification(({ channel }) => told.push(channel));
    const stop = client.onStatus((status) => told.push(status));
    const asked = client.simple('begin', { notice: ({ code }) => told.push(code) });
    duplex.deliver(
      errorOrNotice('N', { S: 'NOTICE', C: '00000', M: 'hello' }),
      raw('A', 14, 0, 0, 0, 1, 0x63, 0x68, 0, 0x70, 0x79, 0),
      commandComplete('BEGIN'),
      readyForQuery('T'),
    );
    await asked;
    stop();
    expect(told).toEqual(['hello', '00000', 'ch', 'transaction']);
    expect(client.status).toBe('transaction');
  });
});

describe('the end', () => {
  it('is a goodbye once all requests are answered', async () => {
    const { client, duplex } = await session();
    const asked = client.query('select 1');
    client.end();
    expect(await failureCode(client.query('select 2'))).toBe('closed');
    expect([typesOf(duplex.taken()), duplex.ending]).toEqual(['PBDES', 'open']);
    duplex.deliver(oneRow('1'));
    expect((await asked).rows).toEqual([['1']]);
    expect([typesOf(duplex.taken()), duplex.ending]).toEqual(['X', 'end']);
    duplex.deliverEnd();
    expect(client.closeReason).toMatchObject({ code: 'closed' });
  });

  it('at once fails every request', async () => {
    const { client, duplex } = await session();
    const asked = [client.query('select 1'), client.query('select 2')].map(failureCode);
    const closed = vi.fn();
    client.onClose(closed);
    client.destroy();
    expect(await Promise.all(asked)).toEqual(['closed', 'closed']);
    expect(duplex.ending).toBe('ok');
    expect(closed).toHaveBeenCalledOnce();
    duplex.deliver(oneRow('1'));
    duplex.deliverEnd();
    expect(closed).toHaveBeenCalledOnce();
  });

  it('is PostgreSQL’s last word when it said one', async () => {
    const { client, duplex } = await session();
    const asked = failureCode(client.query('select 1'));
    duplex.deliver(FATAL);
    duplex.deliverEnd();
    expect(await asked).toBe('57P01');
    expect(client.closeReason).toMatchObject({ name: 'PgError', message: 'going away' });
    expect(duplex.ending).toBe('end');
  });

  it('may come while nothing is asked', async () => {
    const { client, duplex } = await session();
    duplex.deliver(FATAL);
    duplex.deliverEnd();
    expect(client.closeReason).toMatchObject({ code: '57P01' });
    expect(await failureCode(client.query('select 1'))).toBe('closed');
  });

  it.each(['link-lost', 'revoked', 'replaced', 'restored', 'shutting-down'] as const)(
    'by a reset with %s fails what was asked and what was to be asked',
    async (code) => {
      const { client, duplex } = await session();
      const asked = [client.simple('select 1'), client.query('select 2')].map(failureCode);
      duplex.deliverReset(code);
      expect(await Promise.all(asked)).toEqual([code, code]);
      expect(client.closeReason?.message).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('comes from a message that is too large', async () => {
    const { client, duplex } = await session({ maxMessageBytes: 1_000 });
    const asked = failure(client.query('select'));
    duplex.deliver(join(bare('1'), bare('2'), rowDescription('a'), raw('D', 2_000, 0, 1)));
    const error = await asked;
    expect(error).toMatchObject({ name: 'PgConnectionError', code: 'message-too-large' });
    expect(duplex.ending).toBe('too-large');
  });

  it.each([
    ['nonsense', raw('!', 4)],
    ['an answer to nothing', commandComplete('SELECT 1')],
    ['rows without columns', dataRow('1')],
  ])('comes from %s', async (_name, bytes) => {
    const { client, duplex } = await session();
    duplex.deliver(bytes);
    expect(client.closeReason).toMatchObject({ code: 'malformed' });
    expect(duplex.ending).toBe('protocol-error');
  });

  it('may be made by a handler', async () => {
    const { client, duplex } = await session();
    const asked = failureCode(client.simple('select', { rows: () => client.destroy() }));
    duplex.deliver(join(rowDescription('a'), dataRow('1'), dataRow('2')), dataRow('3'));
    expect(await asked).toBe('closed');
  });
});

describe('a duplex that delivers from within `consumed`', () => {
  it('is read in order, each byte consumed once', async () => {
    const { client, duplex } = await session();
    const chunks = [rowDescription('a'), dataRow('1'), dataRow('2'), commandComplete('SELECT 2')];
    const total = [...chunks, readyForQuery()].reduce((sum, { length }) => sum + length, 0);
    const rows: (string | null)[] = [];
    let consumed = 0;
    duplex.consumed = (bytes) => {
      consumed += bytes;
      const next = chunks.shift();
      if (next) duplex.deliver(next);
      else if (consumed < total) duplex.deliver(readyForQuery());
    };
    const running = client.simple('select', {
      rows: (batch) => {
        rows.push(batch.text(0, 0));
      },
    });
    duplex.deliver(chunks.shift() ?? readyForQuery());
    await running;
    expect([rows, consumed]).toEqual([['1', '2'], total]);
  });
});

it('a request that cannot be encoded fails alone', async () => {
  const { client, duplex } = await session();
  const unprintable = {
    toString: () => {
      throw new TypeError('no text');
    },
  } as unknown as string;
  const failing = failure(client.query('select $1', [unprintable]));
  const next = client.query('select 1');
  duplex.deliver(oneRow('1'));
  expect(await failing).toBeInstanceOf(TypeError);
  expect((await next).rows).toEqual([['1']]);
});
