import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { CHECKS } from './report/checks.mjs';
import { ONE_FAILED, total } from './report/tally.mjs';
import { quietTools } from './steps/environment.mjs';
import { duration, runMain, StepError, say, step } from './steps/progress.mjs';
import { endTogether } from './steps/run.mjs';

/**
 * `npm test`: installs and builds what is missing, runs every check, and ends with one line of counts.
 * `npm test -- --only unit,types` runs some. A check that fails does not keep the others from running.
 */
await runMain(async () => {
  const began = performance.now();
  quietTools();
  endTogether();
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values;
  const tallies = [];
  /** @type {string[]} */
  const failing = [];
  for (const check of chosen(only)) {
    const tally = await perform(check);
    tallies.push(tally);
    if (tally.failed > 0) failing.push(check.name);
  }
  const { passed, failed, skipped } = total(tallies);
  say(`\n${skipped} skipped; all in ${duration(performance.now() - began)}`);
  if (failing.length > 0) say(`failed: ${failing.join(', ')}`);
  say(`${passed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});

/** @param {import('./report/checks.mjs').Check} check */
async function perform({ name, needs, run }) {
  try {
    for (const need of needs) await need();
    return await step(name, async (tell) => {
      const tally = await run();
      tell(`${tally.passed} passed, ${tally.failed} failed`);
      return tally;
    });
  } catch (thrown) {
    say(`  ${name} could not run: ${thrown instanceof StepError ? thrown.message : thrown}`);
    return ONE_FAILED;
  }
}

/** @param {string | undefined} only names with commas between */
function chosen(only) {
  if (only === undefined) return CHECKS;
  const names = only.split(',');
  const known = CHECKS.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new StepError(`There is no check ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  }
  return CHECKS.filter(({ name }) => names.includes(name));
}
