import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/**
 * Puts relay/main.ts and what it imports of the house into .build/server. So the server needs no compiler while
 * it runs; packages stay where they are, and what is imported when needed stays apart.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = path.join(ROOT, '.build/server');

/** Code finds its files (migrations, pages) from where it stands in the repository; that stays so in the bundle. */
const keepPlaces: Plugin = {
  name: 'keep places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      const place = JSON.stringify(pathToFileURL(file).href);
      return { contents: source.replaceAll('import.meta.url', place), loader: 'ts' };
    });
  },
};

await rm(OUTPUT, { recursive: true, force: true });
await build({
  entryPoints: [path.join(ROOT, 'relay/main.ts')],
  outdir: OUTPUT,
  outExtension: { '.js': '.mjs' },
  splitting: true,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  plugins: [keepPlaces],
  logLevel: 'warning',
});
