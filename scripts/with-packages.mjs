import { quietTools } from './steps/environment.mjs';
import { installPackages } from './steps/packages.mjs';
import { runMain } from './steps/progress.mjs';
import { endTogether, outcome } from './steps/run.mjs';

/** Runs a program of node_modules, `node scripts/with-packages.mjs tsx vm/build.ts`, also in a fresh clone. */
await runMain(async () => {
  quietTools();
  endTogether();
  await installPackages();
  const [program = 'node', ...args] = process.argv.slice(2);
  const { code } = await outcome(program, args);
  process.exitCode = code;
});
