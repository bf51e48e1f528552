import type { BrowserContext } from '@playwright/test';

/** From now on pages of this browser may keep nothing, as where somebody blocks all data of sites. */
export async function denyStorage(context: BrowserContext): Promise<void> {
  await context.addInitScript(deny);
  // Workers have no init scripts.
  await context.route(/\/machine\/(disk|shelf)-\w+\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${deny})();${await response.text()}` });
  });
}

/** Runs in the page, or in a Worker: what would keep something throws as soon as it is touched. */
function deny(): void {
  const refuse = () => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  };
  for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'caches']) {
    Object.defineProperty(globalThis, name, { get: refuse });
  }
  StorageManager.prototype.getDirectory = async () => refuse();
}
