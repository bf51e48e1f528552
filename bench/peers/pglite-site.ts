import { fileURLToPath } from 'node:url';
import { bundlePage } from '../support/bundle-page';
import { type RunningSite, serveSite } from '../support/static-server';

const MODULES = fileURLToPath(new URL('../node_modules/@electric-sql/', import.meta.url));

/** PGlite's packages as they come, found by the browser through an import map. */
const IMPORTS = {
  '@electric-sql/pglite': '/modules/pglite/dist/index.js',
  '@electric-sql/pglite-prepopulatedfs': '/modules/pglite-prepopulatedfs/dist/index.js',
};

/** A site with PGlite: `/start?kind=memory|prepopulated` and `/queries`. */
export async function servePglite(): Promise<RunningSite> {
  const external = Object.keys(IMPORTS);
  const [start, queries] = await Promise.all([
    bundlePage('pglite-start', { external }),
    bundlePage('pglite-queries', { external }),
  ]);
  return serveSite({
    pages: {
      '/start': html('start'),
      '/start.js': start,
      '/queries': html('queries'),
      '/queries.js': queries,
    },
    folders: { '/modules/': MODULES },
  });
}

function html(script: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>PGlite</title>
<link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
<link rel="modulepreload" href="/modules/pglite/dist/index.js">
<script type="module" src="/${script}.js"></script>
<output></output>
</html>
`;
}
