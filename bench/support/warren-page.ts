import type { Page } from '@playwright/test';
import type { Credentials } from '../../lib/machine/types';
import { bundlePage } from './bundle-page';

type WarrenPage = 'warren-host' | 'warren-peer' | 'warren-keep';

/**
 * Opens a page of the bench on the server's own origin, so that what it imports of the house finds /vm, /api and
 * /relay where it expects them: the script is put into an answer of the server that is not a page of its own.
 * (A page that is made up altogether may not open WebSockets to this computer.)
 * @param page a new one that heeds no policy (`bypassCSP`): that of the server's answers forbids scripts in them
 */
export async function openWarrenPage(
  page: Page,
  server: { readonly url: string },
  name: WarrenPage,
  credentials: Credentials,
): Promise<void> {
  const content = await bundlePage(name);
  const fragment = encodeURIComponent(JSON.stringify(credentials));
  await page.goto(`${server.url}/api/health#${fragment}`);
  await page.addScriptTag({ type: 'module', content });
  // A module runs some time after it was put there.
  await page.waitForFunction(() => 'stage' in globalThis || 'keeping' in globalThis);
}
