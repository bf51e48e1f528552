import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TicketSource } from './test-page';
import type { TestLink, TestPlayground } from './test-relay';
import { until } from './until';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The server as a process of its own, that can be killed. */
export class ChildRelay implements TicketSource {
  readonly #child: ChildProcess;
  readonly #url: string;

  readonly #heard: () => string;

  private constructor(child: ChildProcess, url: string, heard: () => string) {
    this.#child = child;
    this.#url = url;
    this.#heard = heard;
  }

  /**
   * @param dataDir where it keeps everything; the next one finds it there
   * @param logLevel as `LOG_LEVEL`
   */
  static async start(dataDir: string, logLevel = 'silent'): Promise<ChildRelay> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'relay/main.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        WARREN_NO_PAGES: '1',
        PORT: '0',
        PG_PORT: '0',
        DATA_DIR: dataDir,
        LOG_LEVEL: logLevel,
      },
    });
    let heard = '';
    child.stdout.on('data', (chunk) => {
      heard += chunk;
    });
    const url = await until(() => /^ready (\S+)/m.exec(heard)?.[1], 'the server to be ready');
    return new ChildRelay(child, url, () => heard);
  }

  get url(): string {
    return this.#url;
  }

  /** All that it has written to its standard output: its log. */
  get output(): string {
    return this.#heard();
  }

  get webSocketUrl(): string {
    return this.#url.replace(/^http/, 'ws');
  }

  async createPlayground(): Promise<TestPlayground> {
    const { id, link } = await this.#post<{ id: string; link: TestLink }>('/api/playgrounds', {});
    return { id, owner: link };
  }

  async ticket(playground: TestPlayground, link: TestLink, as: 'notebook'): Promise<string> {
    const body = { link: link.id, secret: link.secret, as };
    const path = `/api/playgrounds/${playground.id}/tickets`;
    return (await this.#post<{ ticket: string }>(path, body)).ticket;
  }

  /** As when the machine's memory is gone: no signal handler runs. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  async #post<Answer>(pathname: string, body: unknown): Promise<Answer> {
    const response = await fetch(this.#url + pathname, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer;
  }
}
