import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TicketPurpose } from '../../lib/access/tickets';
import { readConfig } from '../../lib/server/config';
import type { Limits } from '../limits';
import { type RunningRelay, startRelay } from '../start';
import { until } from './until';

/** A link as the API hands it out. */
export interface TestLink {
  readonly id: string;
  readonly secret: string;
  readonly role: string;
}

export interface TestPlayground {
  readonly id: string;
  readonly owner: TestLink;
}

/** Every field the API answers with; a test asks only for those of the route it calls. */
export interface ApiBody {
  readonly id: string;
  readonly secret: string;
  readonly role: string;
  readonly link: TestLink;
  readonly links: readonly unknown[];
  readonly ticket: string;
  readonly hostOnline: boolean;
  readonly status: string;
  readonly versions: readonly { readonly id: string; readonly name: string }[];
  readonly error: { readonly code: string; readonly message: string };
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON of the answer; empty when it has none. */
  readonly body: ApiBody;
}

/** A relay of its own with its own database, on free ports; to be stopped by the test that started it. */
export class TestRelay {
  readonly running: RunningRelay;
  readonly #dataDir: string;

  private constructor(running: RunningRelay, dataDir: string) {
    this.running = running;
    this.#dataDir = dataDir;
  }

  static async start(
    options: {
      readonly limits?: Partial<Limits>;
      readonly environment?: Readonly<Record<string, string>>;
      readonly now?: () => number;
      /** One that is there already, as after a restart. */
      readonly dataDir?: string;
    } = {},
  ): Promise<TestRelay> {
    const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'warren-relay-')));
    const config = readConfig({
      PORT: '0',
      PG_PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      ...options.environment,
    });
    const running = await startRelay({ config, limits: options.limits, now: options.now });
    return new TestRelay(running, dataDir);
  }

  get url(): string {
    return this.running.url;
  }

  get webSocketUrl(): string {
    return this.url.replace(/^http/, 'ws');
  }

  /** Stops it and leaves what it keeps: gives the folder for the next one. */
  async halt(): Promise<string> {
    await this.running.stop();
    return this.#dataDir;
  }

  async stop(): Promise<void> {
    await rm(await this.halt(), { recursive: true, force: true });
  }

  /** Calls the API; `body` is sent as JSON unless it is a string. */
  async call(
    method: string,
    pathname: string,
    options: { readonly body?: unknown; readonly as?: TestLink; readonly origin?: string } = {},
  ): Promise<ApiAnswer> {
    const { body, as, origin } = options;
    const response = await fetch(this.url + pathname, {
      method,
      headers: {
        ...(as ? { authorization: `Bearer ${as.id}.${as.secret}` } : {}),
        ...(origin ? { origin } : {}),
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : {},
    };
  }

  async createPlayground(): Promise<TestPlayground> {
    const { body } = await this.call('POST', '/api/playgrounds', { body: {} });
    return { id: body.id, owner: body.link };
  }

  async createLink(playground: TestPlayground, role: 'editor' | 'viewer'): Promise<TestLink> {
    const pathname = `/api/playgrounds/${playground.id}/links`;
    const { body } = await this.call('POST', pathname, { body: { role }, as: playground.owner });
    return body;
  }

  async revoke(playground: TestPlayground, link: TestLink): Promise<void> {
    const pathname = `/api/playgrounds/${playground.id}/links/${link.id}`;
    await this.call('DELETE', pathname, { as: playground.owner });
  }

  async ticket(
    playground: TestPlayground,
    link: TestLink,
    as: TicketPurpose,
    origin?: string,
  ): Promise<string> {
    const pathname = `/api/playgrounds/${playground.id}/tickets`;
    const { body } = await this.call('POST', pathname, {
      body: { link: link.id, secret: link.secret, as },
      origin,
    });
    return body.ticket;
  }

  connectionString(
    playground: TestPlayground,
    link: TestLink,
    sslmode: 'require' | 'disable' = 'require',
  ): string {
    const { pgHost, pgPort } = this.running;
    const user = `${link.id}.${playground.id}`;
    return `postgres://${user}:${link.secret}@${pgHost}:${pgPort}/postgres?sslmode=${sslmode}`;
  }

  /** The present value of a counter or gauge. */
  async metric(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
    const metric = this.running.relay.metrics.registry.getSingleMetric(`warren_${name}`);
    const { values = [] } = (await metric?.get()) ?? {};
    const fits = values.filter((value) =>
      Object.entries(labels).every(
        ([label, wanted]) => (value.labels as Record<string, unknown>)[label] === wanted,
      ),
    );
    return fits.reduce((sum, { value }) => sum + value, 0);
  }

  async rejects(at: string, code: string): Promise<number> {
    return await this.metric('rejects_total', { at, code });
  }

  /** Waits until something has been refused once more than `before`. */
  async untilRejected(at: string, code: string, before = 0): Promise<void> {
    await until(
      async () => (await this.rejects(at, code)) > before,
      `${at} to reject with ${code}`,
    );
  }
}
