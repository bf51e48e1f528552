import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestLink, type TestPlayground, TestRelay } from '../testing/test-relay';
import { until } from '../testing/until';

describe('the HTTP API', () => {
  let relay: TestRelay;
  let playground: TestPlayground;
  let stranger: TestPlayground;

  beforeAll(async () => {
    relay = await TestRelay.start({
      limits: {
        failureDelayFirstMs: 100,
        failureDelayMaxMs: 100,
        failuresWaitingPerAddress: 5,
        linksPerPlayground: 6,
      },
    });
    playground = await relay.createPlayground();
    stranger = await relay.createPlayground();
  });
  afterAll(() => relay?.stop());

  const links = (id = playground.id) => `/api/playgrounds/${id}/links`;
  const tickets = (id = playground.id) => `/api/playgrounds/${id}/tickets`;

  describe('playgrounds', () => {
    it('are made with an owner link', async () => {
      const { status, body } = await relay.call('POST', '/api/playgrounds', { body: {} });
      expect(status).toBe(201);
      expect(body).toEqual({
        id: expect.stringMatching(/^[a-z0-9]{12}$/),
        link: {
          id: expect.stringMatching(/^[a-z0-9]{8}$/),
          secret: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
          role: 'owner',
        },
      });
    });

    it('are found by anybody', async () => {
      const { status, body } = await relay.call('GET', `/api/playgrounds/${playground.id}`);
      expect(status).toBe(200);
      expect(body).toEqual({
        id: playground.id,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        hostOnline: false,
      });
    });

    it.each(['aaaaaaaaaaaa', 'x', 'AAAAAAAAAAAA'])('%s is not found', async (id) => {
      const { status, body } = await relay.call('GET', `/api/playgrounds/${id}`);
      expect([status, body.error.code]).toEqual([404, 'playground-unknown']);
    });
  });

  describe('tickets', () => {
    it('are given for the right secret', async () => {
      const { id: link, secret } = playground.owner;
      const { status, body } = await relay.call('POST', tickets(), {
        body: { link, secret, as: 'host' },
      });
      expect(status).toBe(201);
      expect(body).toEqual({
        ticket: expect.stringMatching(/^[A-Za-z0-9_-]{22}$/),
        role: 'owner',
        expiresInMs: 60_000,
      });
      expect(await relay.metric('tickets_total', { event: 'issued', as: 'host' })).toBe(1);
    });

    it.each([
      ['a wrong secret', () => ({ ...playground.owner, secret: stranger.owner.secret })],
      ['a link of another playground', () => stranger.owner],
      ['a link that does not exist', () => ({ ...playground.owner, id: 'aaaaaaaa' })],
      ['a secret of another form', () => ({ ...playground.owner, secret: 'short' })],
    ])('are not given for %s, and the answer tells no more', async (_name, link) => {
      const { id, secret } = link();
      const { status, body } = await relay.call('POST', tickets(), {
        body: { link: id, secret, as: 'peer' },
      });
      expect(status).toBe(401);
      expect(body).toEqual({
        error: {
          code: 'link-unknown',
          message: 'This link is not known, or its secret is wrong.',
        },
      });
    });

    it('go to the owner at once, however often somebody has failed', async () => {
      const { id: link, secret } = playground.owner;
      const wrong = { link, secret: stranger.owner.secret, as: 'peer' };
      const failures = await Promise.all(
        Array.from({ length: 40 }, () => relay.call('POST', tickets(), { body: wrong })),
      );
      expect(new Set(failures.map(({ status }) => status))).toEqual(new Set([401, 429]));
      const since = Date.now();
      const { status } = await relay.call('POST', tickets(), {
        body: { link, secret, as: 'peer' },
      });
      expect(status).toBe(201);
      expect(Date.now() - since).toBeLessThan(2_000);
      expect(await relay.rejects('http', 'link-unknown')).toBeGreaterThan(0);
    });
  });

  describe('links', () => {
    it('are made, listed and revoked by the owner', async () => {
      const made = await relay.call('POST', links(), {
        body: { role: 'viewer' },
        as: playground.owner,
      });
      expect(made.status).toBe(201);
      expect(made.body).toEqual({
        id: expect.any(String),
        secret: expect.any(String),
        role: 'viewer',
      });
      const revoked = await relay.call('DELETE', `${links()}/${made.body.id}`, {
        as: playground.owner,
      });
      expect(revoked.status).toBe(204);
      const { body } = await relay.call('GET', links(), { as: playground.owner });
      expect(body.links).toEqual([
        { id: playground.owner.id, role: 'owner', createdAt: expect.any(String), revokedAt: null },
        {
          id: made.body.id,
          role: 'viewer',
          createdAt: expect.any(String),
          revokedAt: expect.any(String),
        },
      ]);
      expect(JSON.stringify(body)).not.toMatch(/SCRAM|secret|verifier/);
    });

    it.each<[string, () => TestLink | undefined, number, string]>([
      ['without a link', () => undefined, 401, 'authorization-missing'],
      ['with another playground’s owner link', () => stranger.owner, 401, 'link-unknown'],
      [
        'with a wrong secret',
        () => ({ ...playground.owner, secret: stranger.owner.secret }),
        401,
        'link-unknown',
      ],
    ])('are kept from those %s', async (_name, as, status, code) => {
      const calls = [
        await relay.call('GET', links(), { as: as() }),
        await relay.call('POST', links(), { as: as(), body: { role: 'viewer' } }),
        await relay.call('DELETE', `${links()}/${playground.owner.id}`, { as: as() }),
      ];
      for (const answer of calls) {
        expect([answer.status, answer.body.error.code]).toEqual([status, code]);
      }
    });

    it('are kept from editors and viewers', async () => {
      const editor = await relay.createLink(playground, 'editor');
      const { status, body } = await relay.call('GET', links(), { as: editor });
      expect([status, body.error.code]).toEqual([403, 'not-owner']);
    });

    it('of another playground are not found, and not revoked', async () => {
      const theirs = await relay.createLink(stranger, 'viewer');
      const { status, body } = await relay.call('DELETE', `${links()}/${theirs.id}`, {
        as: playground.owner,
      });
      expect([status, body.error.code]).toEqual([404, 'link-not-found']);
      expect(await relay.ticket(stranger, theirs, 'peer')).toEqual(expect.any(String));
    });

    it('of the owner cannot be revoked', async () => {
      const pathname = `${links()}/${playground.owner.id}`;
      const { status, body } = await relay.call('DELETE', pathname, { as: playground.owner });
      expect([status, body.error.code]).toEqual([409, 'owner-link']);
    });

    it('are bounded in number, also when made at once', async () => {
      const crowded = await relay.createPlayground();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          relay.call('POST', links(crowded.id), { body: { role: 'viewer' }, as: crowded.owner }),
        ),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
    });
  });

  describe('bad input', () => {
    it.each([
      ['malformed JSON', '{"role":', 400, 'json-malformed'],
      ['JSON that is not UTF-8', '\ud800{', 400, 'json-malformed'],
      ['another shape', '{"role":"king"}', 400, 'body-invalid'],
      ['something that is no object', '[]', 400, 'body-invalid'],
      ['a body over 16 KB', JSON.stringify({ role: 'x'.repeat(17_000) }), 413, 'body-too-large'],
    ])('%s', async (_name, body, status, code) => {
      const before = await relay.rejects('http', code);
      const answer = await relay.call('POST', links(), { body, as: playground.owner });
      expect([answer.status, answer.body.error.code]).toEqual([status, code]);
      expect(await relay.rejects('http', code)).toBe(before + 1);
    });

    it('a body over 16 KB that does not tell its length', async () => {
      const socket = net.connect(Number(new URL(relay.url).port), '127.0.0.1');
      let heard = '';
      socket.on('data', (chunk) => {
        heard += chunk;
      });
      socket.on('error', () => undefined);
      socket.write(
        'POST /api/playgrounds HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n',
      );
      for (let n = 0; n < 20; n++) socket.write(`400\r\n${' '.repeat(1024)}\r\n`);
      await until(() => heard.includes('body-too-large'), 'the refusal');
      expect(heard).toContain('HTTP/1.1 413');
      socket.destroy();
    });

    it.each([
      ['GET', '/api/nothing', 404, 'route-unknown'],
      ['GET', '/api/playgrounds/%2e%2e/links', 404, 'route-unknown'],
      ['PUT', '/api/playgrounds', 405, 'method-not-allowed'],
    ])('%s %s', async (method, pathname, status, code) => {
      const answer = await relay.call(method, pathname);
      expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    });

    it('a foreign origin', async () => {
      const { status, body } = await relay.call('POST', '/api/playgrounds', {
        body: {},
        origin: 'https://evil.example',
      });
      expect([status, body.error.code]).toEqual([403, 'origin-foreign']);
      const own = await relay.call('POST', '/api/playgrounds', { body: {}, origin: relay.url });
      expect(own.status).toBe(201);
    });
  });

  describe('the service itself', () => {
    it('tells its health', async () => {
      const { status, body } = await relay.call('GET', '/api/health');
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: 'ok', database: 'ok' });
    });

    it('tells how it is reached', async () => {
      const { body } = await relay.call('GET', '/api/config');
      const { pgPort } = relay.running;
      const { url: publicUrl } = relay;
      expect(body).toMatchObject({ pgHost: '127.0.0.1', pgPort, pgTls: true, publicUrl });
    });

    it('counts', async () => {
      const { status, headers, text } = await relay.call('GET', '/metrics');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain('text/plain');
      expect(text).toMatch(/^warren_http_requests_total\{.*\} \d+$/m);
    });

    it('sends security headers with every answer', async () => {
      const { headers } = await relay.call('GET', '/api/health');
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-request-id': expect.any(String),
      });
    });
  });
});

describe('a visitor in a hurry', () => {
  it('makes thirty playgrounds a minute and no more', async () => {
    const relay = await TestRelay.start({ limits: { createsPerAddressPerMinute: 3 } });
    try {
      const answers = [];
      for (let n = 0; n < 4; n++) {
        answers.push(await relay.call('POST', '/api/playgrounds', { body: {} }));
      }
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
      expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await relay.rejects('http', 'rate-limited')).toBe(1);
    } finally {
      await relay.stop();
    }
  });
});

describe('a database that does not answer', () => {
  it('is told by health and by 503', async () => {
    const relay = await TestRelay.start({ limits: { healthTimeoutMs: 1_000 } });
    const playground = await relay.createPlayground();
    await relay.running.relay.database.close();
    const health = await relay.call('GET', '/api/health');
    expect([health.status, health.body.status]).toEqual([503, 'failing']);
    const { status, body } = await relay.call('GET', `/api/playgrounds/${playground.id}`);
    expect([status, body.error.code]).toEqual([503, 'unavailable']);
    await relay.stop();
  });
});
