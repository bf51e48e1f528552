import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const INTEGRATION = '**/*.integration.test.ts';
const ELSEWHERE = ['**/node_modules/**', '.next/**', '.build/**', 'e2e/**', 'public/**'];

/** Two kinds of tests: those that need nothing, and those that start a database, a relay or a machine. */
export default defineConfig({
  resolve: { alias: { '@': ROOT } },
  test: {
    root: ROOT,
    environment: 'node',
    retry: 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [INTEGRATION, ...ELSEWHERE],
          // A busy CI machine may stop a process for seconds; a test that hangs is still found soon.
          testTimeout: 30_000,
          // Both cores: vitest by itself would keep one free.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [INTEGRATION],
          exclude: ELSEWHERE,
          // A machine takes one core, and much of the rest is waiting for a server: two files at a time fill both.
          maxWorkers: 2,
          // One boot of the emulator under load, with room.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
