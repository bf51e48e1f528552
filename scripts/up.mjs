import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  buildImageRest,
  buildImageSoon,
  buildPages,
  bundleServer,
  bundleWorker,
  generateClient,
} from './steps/build.mjs';
import { BUILD_DIR, quietTools } from './steps/environment.mjs';
import { installPackages } from './steps/packages.mjs';
import { runMain } from './steps/progress.mjs';
import { endAll, endTogether, together } from './steps/run.mjs';

/**
 * `npm run up`: installs and builds what is missing or out of date, then serves. Plain JavaScript without packages,
 * because in a fresh clone there are none.
 */
await runMain(async () => {
  quietTools();
  const handOver = endTogether();
  await installPackages();
  // The image waits for downloads at first; the rest is compiled meanwhile.
  await together([buildImageSoon(), buildApp()]);
  handOver();
  await serve();
  process.once('exit', endAll);
  await buildImageRest();
});

async function buildApp() {
  await generateClient();
  await bundleWorker();
  await bundleServer();
  await buildPages();
}

/** The server runs in this very process: signals, output and exit code are its own. */
async function serve() {
  Object.assign(process.env, { NODE_ENV: 'production' });
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(path.join(BUILD_DIR, 'server/main.mjs')).href);
}
