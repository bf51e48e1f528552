import { expect, test } from 'vitest';
import { tallyPlaywright, tallyVitest, total, withExitCode } from './tally.mjs';

const assertions = (...statuses: string[]) => statuses.map((status) => ({ status }));

test('vitest: tests are counted over all files; skipped and planned ones are neither passed nor failed', () => {
  const report = {
    testResults: [
      { status: 'passed', assertionResults: assertions('passed', 'passed', 'skipped', 'todo') },
      { status: 'failed', assertionResults: assertions('passed', 'failed', 'failed') },
    ],
  };
  expect(tallyVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test('vitest: a file that does not load, or whose hook fails, is one failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: assertions('skipped', 'skipped') },
  ];
  expect(tallyVitest({ testResults })).toEqual({ passed: 0, failed: 2, skipped: 2 });
});

test('Playwright: flaky is failed, and so is an error outside of tests', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
  expect(tallyPlaywright({ stats, errors: ['no server'] })).toEqual({
    passed: 5,
    failed: 3,
    skipped: 2,
  });
});

test('an exit code that no counted failure explains is a failure', () => {
  const clean = { passed: 5, failed: 0, skipped: 0 };
  expect(withExitCode(clean, 1)).toEqual({ ...clean, failed: 1 });
  expect(withExitCode({ ...clean, failed: 2 }, 1).failed).toBe(2);
  expect(withExitCode(clean, 0)).toEqual(clean);
});

test('tallies add up', () => {
  const sum = total([
    { passed: 1, failed: 2, skipped: 3 },
    { passed: 10, failed: 20, skipped: 30 },
  ]);
  expect(sum).toEqual({ passed: 11, failed: 22, skipped: 33 });
});
