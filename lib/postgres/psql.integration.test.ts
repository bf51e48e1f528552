import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRoute } from '../access/routing';
import { SCRAM_MECHANISM, scramFinal, scramFirst } from '../access/scram-server';
import { createVerifier, mockVerifier, parseVerifier } from '../access/scram-verifier';
import {
  encodeAuthenticationSasl,
  encodeAuthenticationSaslContinue,
  encodeAuthenticationSaslFinal,
  encodeErrorResponse,
} from './backend-encoders';
import { BackendKeyRewriter } from './backend-key-rewriter';
import { negotiateVersion } from './negotiation';
import { PasswordReader, parseSaslInitialResponse, parseSaslResponse } from './password-reader';
import { type StartupEvent, StartupReader } from './startup';
import { type BackendKey, cancelRequest, encodeStartup } from './startup-encoders';
import { startPostgres, type TestServer } from './testing/postgres-server';

/** What the relay does on its Postgres port, in little: the real psql judges our half of the protocol. */

const PLAYGROUND = 'abcdefghijkl';
const LINK = 'linklink';
const SECRET = 'AbCdEfGhIjKlMnOpQrStUw';
const OUR_KEY: BackendKey = { processId: 7, secretKey: Uint8Array.of(1, 2, 3, 4) };

let postgres: TestServer;
let front: Server;
let port = 0;
let verifier = '';
let serverKey: BackendKey | undefined;

beforeAll(async () => {
  postgres = await startPostgres();
  verifier = await createVerifier(SECRET);
  front = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    void serve(socket).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const address = front.address();
  port = typeof address === 'object' && address ? address.port : 0;
});

afterAll(async () => {
  front?.close();
  await postgres?.stop();
});

/** Gives a socket's bytes to readers one after another; what one leaves the next gets. */
function byteSource(socket: Socket) {
  const chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Uint8Array = new Uint8Array(0);
  return async function next<E>(feed: (chunk: Uint8Array) => { event?: E; rest: Uint8Array }) {
    for (;;) {
      const step = feed(rest);
      rest = step.rest;
      if (step.event) return step.event;
      const chunk = await chunks.next();
      if (chunk.done) throw new Error('the client left');
      rest = chunk.value;
    }
  };
}

async function serve(socket: Socket): Promise<void> {
  const next = byteSource(socket);
  const reader = new StartupReader();
  let event: StartupEvent;
  do {
    event = await next((chunk) => reader.feed(chunk));
    if (event.type === 'ssl-request' || event.type === 'gssenc-request') socket.write('N');
  } while (event.type === 'ssl-request' || event.type === 'gssenc-request');
  if (event.type === 'cancel') return cancel(socket, event);
  if (event.type === 'fault') return refuse(socket, '08P01', event.message);
  const agreed = negotiateVersion(event.version, event.parameters);
  if (!agreed.ok) return refuse(socket, agreed.error.code, agreed.error.message);
  if (agreed.reply) socket.write(agreed.reply);
  const user = event.parameters.get('user') ?? '';
  const route = parseRoute({ user, options: event.parameters.get('options') });
  if (!route.ok) return refuse(socket, '28000', route.message);
  const known = route.link === LINK && route.playground === PLAYGROUND;
  const stored = known ? parseVerifier(verifier) : undefined;

  const passwords = new PasswordReader();
  const answer = async () => {
    const password = await next((chunk) => passwords.feed(chunk));
    if (password.type === 'fault') throw new Error(password.message);
    return password.body;
  };
  socket.write(encodeAuthenticationSasl([SCRAM_MECHANISM]));
  const initial = parseSaslInitialResponse(await answer());
  const first = scramFirst(
    stored ?? (await mockVerifier(new Uint8Array(32), user)),
    initial?.response ?? '',
  );
  if (!first.ok) return refuse(socket, '08P01', first.message);
  socket.write(encodeAuthenticationSaslContinue(first.exchange.serverFirst));
  const final = await scramFinal(first.exchange, parseSaslResponse(await answer()));
  if (!final.ok) return refuse(socket, '28P01', 'password authentication failed');
  socket.write(encodeAuthenticationSaslFinal(final.serverFinal));

  const back = connect({ port: postgres.port, host: '127.0.0.1' });
  const parameters = new Map(event.parameters).set('user', 'postgres');
  back.write(encodeStartup(parameters));
  const rewriter = new BackendKeyRewriter(OUR_KEY);
  back.on('data', (chunk) => {
    socket.write(rewriter.push(chunk));
    serverKey = rewriter.serverKey;
  });
  back.on('end', () => socket.end());
  back.on('error', () => socket.destroy());
  await next((chunk) => {
    back.write(chunk);
    return { rest: new Uint8Array(0) };
  }).catch(() => back.end());
}

async function cancel(socket: Socket, { processId, secretKey }: BackendKey): Promise<void> {
  const ours = processId === OUR_KEY.processId && secretKey.join() === OUR_KEY.secretKey.join();
  if (ours && serverKey) {
    const back = connect({ port: postgres.port, host: '127.0.0.1' });
    back.end(cancelRequest(serverKey));
    await new Promise((resolve) => back.resume().on('close', resolve));
  }
  socket.end();
}

async function refuse(socket: Socket, code: string, message: string): Promise<void> {
  socket.end(encodeErrorResponse({ severity: 'FATAL', code, message, hint: 'see above' }));
}

function uri(user: string, secret = SECRET, parameters = ''): string {
  return `postgres://${user}:${secret}@127.0.0.1:${port}/postgres?sslmode=prefer${parameters}`;
}

function psql(...args: string[]): Promise<{ code: number | null; out: string; errors: string }> {
  return new Promise((resolve) => {
    const child = execFile('psql', ['-X', '-A', '-t', ...args], (_error, out, errors) =>
      resolve({ code: child.exitCode, out, errors }),
    );
  });
}

const hasPsql = spawnSync('psql', ['--version']).status === 0;

describe.skipIf(!hasPsql)('the real psql', () => {
  it('logs in with the secret and gets its rows', async () => {
    const { code, out, errors } = await psql(
      uri(`${LINK}.${PLAYGROUND}`),
      '-c',
      "select current_user, 'ü😀'",
    );
    expect({ code, out, errors }).toEqual({ code: 0, out: 'postgres|ü😀\n', errors: '' });
  });

  it('may name the playground in its options', async () => {
    const options = `&options=${encodeURIComponent(`-c warren.playground=${PLAYGROUND}`)}`;
    const { out } = await psql(uri(LINK, SECRET, options), '-c', 'show warren.playground');
    expect(out).toBe(`${PLAYGROUND}\n`);
  });

  it.each([
    ['a wrong secret', `${LINK}.${PLAYGROUND}`, 'wrong'],
    ['an unknown link', `nolink00.${PLAYGROUND}`, SECRET],
  ])('is refused with %s, in the same words', async (_name, user, secret) => {
    const { code, errors } = await psql(uri(user, secret), '-c', 'select 1');
    expect(code).toBe(2);
    expect(errors).toContain('FATAL:  password authentication failed\nHINT:  see above');
  });

  it('is told what is wrong with its user name', async () => {
    const { errors } = await psql(uri('somebody'), '-c', 'select 1');
    expect(errors).toContain('FATAL:  no playground is named');
  });

  it('stops a query with Ctrl-C', async () => {
    const child = spawn('psql', ['-X', '-A', '-t', uri(`${LINK}.${PLAYGROUND}`)]);
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    const exit = new Promise((resolve) => child.on('exit', resolve));
    child.stdin.write("select 'begun';\nselect pg_sleep(60);\n");
    await expect.poll(() => said, { timeout: 10_000 }).toContain('begun');
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill('SIGINT');
    // 3 is how psql ends a script that was interrupted.
    expect(await exit).toBe(3);
    expect(said).toContain('canceling statement due to user request');
  });

  it('copies in and out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'warren-copy-'));
    const file = join(folder, 'rows.txt');
    const { out } = await psql(
      uri(`${LINK}.${PLAYGROUND}`),
      '-c',
      `\\copy (select i, repeat('x', i % 99) from generate_series(1, 20000) i) to '${file}'`,
      '-c',
      'create temp table t (a int, b text)',
      '-c',
      `\\copy t from '${file}'`,
      '-c',
      'select count(*), sum(a), sum(length(b)) from t',
    );
    rmSync(folder, { recursive: true });
    expect(out).toContain('20000|200010000|979905');
  });
});
