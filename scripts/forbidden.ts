import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { judgeLockfile } from './forbidden/lockfile';
import { findForbidden, forbiddenTexts } from './forbidden/texts';
import { ROOT } from './steps/environment.mjs';
import { writtenFiles } from './steps/files.mjs';

/** Checks that no written file holds what must not be in the repository, and that the lockfiles are clean. */
const faults = ['.', 'bench'].flatMap((folder) =>
  judgeLockfile(readJson(`${folder}/package-lock.json`), readJson(`${folder}/package.json`)),
);
const forbidden = forbiddenTexts(ownRegistry());
const files = writtenFiles(ROOT);
for (const file of files) {
  const content = readFileSync(path.join(ROOT, file));
  if (!content.includes(0)) faults.push(...findForbidden(file, content.toString(), forbidden));
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${files.length} files, nothing in them that should not be`);

function readJson(file: string) {
  return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
}

/** The host this machine's npm asks. */
function ownRegistry(): string | undefined {
  const answer = execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
  return URL.canParse(answer) ? new URL(answer).host : undefined;
}
