import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BUILD_DIR, CACHE_DIR, ROOT } from './environment.mjs';
import { say, step } from './progress.mjs';
import { run } from './run.mjs';
import { fromShelf } from './shelf.mjs';
import { hashInputs, unlessUnchanged } from './stamp.mjs';

/** The names under which pages find the machine's Worker, and what starts it early. */
const ASSETS = path.join(ROOT, 'lib/machine/assets.json');
const HEAD_START = path.join(ROOT, 'app/head-start.json');

/** What `next build` reads. Its output holds no setting of the machine, so only these decide. */
const PAGES_INPUTS = [
  'app',
  'components',
  'lib',
  'relay',
  'public',
  'proxy.ts',
  'next.config.js',
  'postcss.config.js',
  'tsconfig.json',
  'package-lock.json',
  'prisma/schema.prisma',
];

/** What Next keeps for its own next build, and what its development server leaves. */
const NOTES_OF_NEXT = ['cache', 'dev', 'diagnostics', 'trace', 'trace-build', 'turbopack'];

/** The machine's image. vm/build.ts keeps its own cache, shows its own progress and returns at once when it is there. */
export async function buildImage() {
  say('• machine image');
  await run('tsx', ['vm/build.ts']);
}

/** As much of the image as a playground of the usual size needs. */
export async function buildImageSoon() {
  say('• machine image');
  await run('tsx', ['vm/build.ts', '--soon']);
}

/** The rest of it, while the server serves: it takes what is made for the other sizes as soon as all of it is there. */
export async function buildImageRest() {
  try {
    await run('nice', ['-n', '15', 'tsx', 'vm/build.ts'], { output: 'kept' });
  } catch (thrown) {
    say(`The other memory sizes could not be made: ${thrown}`);
  }
}

/** The database client of prisma/schema.prisma. */
export async function generateClient() {
  await unlessUnchanged({
    stamp: stamp('client'),
    hash: hashInputs(ROOT, ['prisma/schema.prisma', 'package-lock.json']),
    outputs: [path.join(ROOT, 'prisma/generated/client.ts')],
    work: () =>
      step('database client', () =>
        run('npm', ['run', '--silent', 'db:generate'], { output: 'kept' }),
      ),
  });
}

/** The machine's Worker and the emulator, as pages load them. */
export async function bundleWorker() {
  await unlessUnchanged({
    stamp: stamp('worker'),
    hash: hashInputs(ROOT, [
      'lib',
      'components/playground',
      'components/playgrounds',
      'scripts/build-worker.ts',
      'package-lock.json',
    ]),
    outputs: [path.join(ROOT, 'public/machine'), ASSETS, HEAD_START],
    work: () => script('machine Worker', 'worker:build'),
  });
}

/** The server, compiled. */
export async function bundleServer() {
  await unlessUnchanged({
    stamp: stamp('server'),
    hash: hashInputs(ROOT, [
      'lib',
      'relay',
      'prisma',
      'scripts/build-server.ts',
      'package-lock.json',
    ]),
    outputs: [path.join(BUILD_DIR, 'server/main.mjs')],
    work: () => script('server', 'server:build'),
  });
}

/** The pages, as the server serves them. They take half a minute, so other clones on the machine may have them. */
export async function buildPages() {
  const folder = path.join(ROOT, '.next');
  // The Worker's name and the head start are compiled in.
  const compiled = [ASSETS, HEAD_START].map((file) => readFileSync(file, 'utf8'));
  const settings = [process.version, process.platform, process.arch, ...compiled];
  const hash = hashInputs(ROOT, PAGES_INPUTS, settings);
  // Beside an image that is built, it takes what that leaves: the image's last steps leave a processor.
  const build = () =>
    run('nice', ['-n', '19', 'next', 'build'], { output: 'kept', env: { NODE_ENV: 'production' } });
  await unlessUnchanged({
    stamp: stamp('pages'),
    hash,
    outputs: [path.join(folder, 'BUILD_ID')],
    work: () =>
      step('pages', async (tell) => {
        const shelf = path.join(CACHE_DIR, 'pages');
        const isNew = await fromShelf({
          shelf,
          hash,
          folder,
          leaveOut: NOTES_OF_NEXT,
          work: build,
        });
        tell(isNew ? 'built' : 'taken from another clone');
      }),
  });
}

/**
 * @param {string} name of the step
 * @param {string} script of package.json
 */
function script(name, script) {
  return step(name, () => run('npm', ['run', '--silent', script], { output: 'kept' }));
}

/** @param {string} name */
function stamp(name) {
  return path.join(BUILD_DIR, 'stamps', name);
}
