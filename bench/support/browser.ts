import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from '@playwright/test';
import type { Cleanup } from './cleanup';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const OPTIONS: LaunchOptions = {
  executablePath: CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
  // Signals are ours to handle: what else was started has to end too.
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
};

/** Its processes may write a last file while the folder goes. */
const REMOVE = { recursive: true, force: true, maxRetries: 10 } as const;

/** There is no Chromium where one is expected. */
export class NoBrowserError extends Error {
  override name = 'NoBrowserError';
}

/** What the browser calls itself. */
export async function chromiumVersion(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(CHROMIUM, ['--version']);
    return stdout.trim();
  } catch (cause) {
    throw new NoBrowserError(
      `There is no Chromium at ${CHROMIUM}. Install Debian's package chromium, or say where it is by CHROMIUM.`,
      { cause },
    );
  }
}

/** A browser whose contexts keep nothing. */
export function launchBrowser(cleanup: Cleanup): Promise<Browser> {
  const launching = chromium.launch(OPTIONS);
  cleanup.add(() => close(launching));
  return launching;
}

/**
 * A browser with a profile on disk, empty at first: caches and storage work as at home.
 * @param also how its pages differ from everybody's
 */
export async function launchProfile(
  cleanup: Cleanup,
  also: { readonly bypassCSP?: boolean } = {},
): Promise<BrowserContext> {
  const folder = await mkdtemp(path.join(tmpdir(), 'warren-bench-profile-'));
  const launching = chromium.launchPersistentContext(folder, { ...OPTIONS, ...also });
  cleanup.add(async () => {
    await close(launching);
    await rm(folder, REMOVE);
  });
  return launching;
}

/** Closes what may still be starting; what failed to start is closed. */
async function close(launching: Promise<{ close(): Promise<void> }>): Promise<void> {
  const launched = await launching.catch(() => undefined);
  await launched?.close();
}

/** Process ids of the renderers: the page's, and perhaps a spare one of the browser's. */
export async function rendererPids(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  } finally {
    await session.detach();
  }
}
