import { defineConfig } from '@playwright/test';

/** The end-to-end tests, in Debian's Chromium, against the built server. */
export default defineConfig({
  testDir: 'e2e',
  // One machine at a time: each takes a core.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: !!process.env.CI,
  // A test may restore machines in several tabs on two cores.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  globalSetup: './scripts/e2e/serve.ts',
  outputDir: 'test-results',
  reporter: [['list'], ['json', { outputFile: '.build/reports/e2e.json' }]],
  use: {
    // Set by the global setup before any test process begins.
    baseURL: process.env.WARREN_URL,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
