import type { BrowserContext, Page } from '@playwright/test';

/** Lets tests say how much more the machines of this browser may store. Before the page is opened. */
export async function meterStorage(context: BrowserContext): Promise<void> {
  await context.route(/\/machine\/disk-\w+\.js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${meter})();${await response.text()}` });
  });
}

/** From now on there is room for so many bytes; the write that needs more fails half-way, as on a full disk. */
export async function leaveRoom(page: Page, bytes: number): Promise<void> {
  await page.evaluate((room) => {
    return new Promise<void>((resolve) => {
      const channel = new BroadcastChannel('room-for-machines');
      channel.onmessage = () => {
        channel.close();
        resolve();
      };
      channel.postMessage(room);
    });
  }, bytes);
}

/** Runs in the Worker that writes. */
function meter(): void {
  let room = Number.POSITIVE_INFINITY;
  const channel = new BroadcastChannel('room-for-machines');
  channel.onmessage = ({ data }) => {
    room = data;
    channel.postMessage('heard');
  };
  const { prototype } = FileSystemSyncAccessHandle;
  const { write } = prototype;
  prototype.write = function (bytes, options) {
    room -= bytes.byteLength;
    if (room < 0) throw new DOMException('The disk is full.', 'QuotaExceededError');
    return write.call(this, bytes, options);
  };
}
