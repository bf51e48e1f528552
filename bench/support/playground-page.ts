import type { BrowserContext, Page } from '@playwright/test';
import type { Credentials } from '../../lib/machine/types';
import { bundlePage } from './bundle-page';

/** What the pages keep in this browser (components/playgrounds/codec.ts), for a playground made a moment ago. */
function storedPlaygrounds({ playground, link, secret }: Credentials): string {
  const now = Date.now();
  const owner = { id: link, secret };
  const fresh = { template: 'empty' };
  const entry = {
    id: playground,
    name: '',
    createdAt: now,
    openedAt: now,
    owner,
    fresh,
    shared: {},
  };
  return JSON.stringify({ version: 1, playgrounds: [entry] });
}

/**
 * Makes this browser the owner of a playground, with `select 6 * 7` waiting for its first cell, and lets
 * pages/watch-start.ts look on. The pages opened in it afterwards are the real ones.
 */
export async function ownPlayground(
  context: BrowserContext,
  credentials: Credentials,
): Promise<void> {
  const kept = {
    'warren.playgrounds': storedPlaygrounds(credentials),
    [`warren.sql.${credentials.playground}`]: 'select 6 * 7',
  };
  await context.addInitScript((entries) => {
    // At the first visit only: afterwards the page's own notes count.
    if (localStorage.getItem('warren.playgrounds') !== null) return;
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
  }, kept);
  await watchStart(context);
}

/** Lets pages/watch-start.ts look on at all pages opened in it afterwards. */
export async function watchStart(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: await bundlePage('watch-start', { format: 'iife' }) });
}

/** Bytes that came over the network for a page, headers included, as the browser counts them. */
export class TransferWatch {
  readonly #sizes: Promise<number>[] = [];

  constructor(page: Page) {
    page.on('requestfinished', (request) => {
      this.#sizes.push(
        request
          .sizes()
          .then(
            ({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize,
          ),
      );
    });
  }

  async megabytes(): Promise<number> {
    const sizes = await Promise.all(this.#sizes);
    return sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  }
}
