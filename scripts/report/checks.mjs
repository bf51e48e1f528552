import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  buildImage,
  buildPages,
  bundleServer,
  bundleWorker,
  generateClient,
} from '../steps/build.mjs';
import { installTestPrograms } from '../steps/debian.mjs';
import { BUILD_DIR } from '../steps/environment.mjs';
import { installPackages } from '../steps/packages.mjs';
import { outcome, run } from '../steps/run.mjs';
import { ONE_FAILED, ONE_PASSED, tallyPlaywright, tallyVitest, withExitCode } from './tally.mjs';

/**
 * One check of `npm test`. What it needs is made before it, once for all checks.
 * @typedef {object} Check
 * @property {string} name
 * @property {readonly (() => Promise<void>)[]} needs
 * @property {() => Promise<import('./tally.mjs').Tally>} run
 */

const packages = once(installPackages);
const client = once(generateClient);
const worker = once(bundleWorker);
const server = once(bundleServer);
const pages = once(buildPages);
const image = once(buildImage);
const programs = once(installTestPrograms);

/** Cheap ones first: who broke something wants to know soon. @type {readonly Check[]} */
export const CHECKS = [
  {
    name: 'format',
    needs: [packages],
    run: tool('biome', ['check', '--linter-enabled=false']),
  },
  { name: 'lint', needs: [packages], run: tool('biome', ['lint', '--error-on-warnings']) },
  { name: 'walls', needs: [packages], run: tool('tsx', ['scripts/walls.ts']) },
  { name: 'forbidden', needs: [packages], run: tool('tsx', ['scripts/forbidden.ts']) },
  { name: 'types', needs: [packages, client, worker], run: types },
  { name: 'dead', needs: [packages, client, worker], run: tool('knip', []) },
  { name: 'unit', needs: [packages, client, worker], run: vitest('unit') },
  {
    name: 'integration',
    needs: [packages, programs, client, worker, image],
    run: vitest('integration'),
  },
  {
    name: 'e2e',
    needs: [packages, programs, client, worker, server, pages, image],
    run: playwright,
  },
];

/**
 * A tool that is content or not.
 * @param {string} program
 * @param {readonly string[]} args
 */
function tool(program, args) {
  return async () => {
    const { code } = await outcome(program, args);
    return code === 0 ? ONE_PASSED : ONE_FAILED;
  };
}

/** Next tells the compiler which routes there are. */
async function types() {
  await run('next', ['typegen'], { output: 'kept' });
  return tool('tsc', [])();
}

/** @param {string} project */
function vitest(project) {
  return async () => {
    const report = reportFile(project);
    const { code } = await outcome('vitest', [
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    if (!existsSync(report)) return ONE_FAILED;
    return withExitCode(tallyVitest(JSON.parse(readFileSync(report, 'utf8'))), code);
  };
}

async function playwright() {
  const report = reportFile('e2e');
  const { code } = await outcome('playwright', ['test']);
  if (!existsSync(report)) return ONE_FAILED;
  return withExitCode(tallyPlaywright(JSON.parse(readFileSync(report, 'utf8'))), code);
}

/**
 * Where a tool writes its report; the last run's is taken away, so that it is never read for this one's.
 * @param {string} name
 */
function reportFile(name) {
  const file = path.join(BUILD_DIR, 'reports', `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/**
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>} does the work at the first call; all calls share its end
 */
function once(work) {
  /** @type {Promise<void> | undefined} */
  let ended;
  return () => {
    ended ??= work();
    return ended;
  };
}
