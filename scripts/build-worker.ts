import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Builds what the page's Workers load: the machine's program, the storage's, and the emulator, in public/machine under names that
 * change with their content, so that browsers may keep them for ever; and lib/machine/assets.json, which tells the
 * page those names. Beside each lies its Brotli form: compressing at best quality takes seconds, so not per request.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = path.join(ROOT, 'public/machine');
const NAMES = path.join(ROOT, 'lib/machine/assets.json');
/** The script that stands in the page itself. */
const HEAD_START = path.join(ROOT, 'app/head-start.json');

/** Enough to tell two builds apart; the name is no proof of the content. */
const HASH_DIGITS = 12;

const worker = asset('worker', '.js', await bundle('lib/machine/worker.ts', 'esm'));
const shelf = asset('shelf', '.js', await bundle('lib/machine/shelf-worker.ts', 'esm'));
const disk = asset('disk', '.js', await bundle('lib/machine/keep/disk-worker.ts', 'esm'));
const wasm = asset(
  'v86',
  '.wasm',
  await readFile(path.join(ROOT, 'node_modules/v86/build/v86.wasm')),
);
const assets = [worker, shelf, disk, wasm];

await mkdir(OUTPUT, { recursive: true });
await Promise.all(assets.map(place));
await removeOthers();
await writeJson(NAMES, {
  worker: `/machine/${worker.name}`,
  shelf: `/machine/${shelf.name}`,
  disk: `/machine/${disk.name}`,
  wasm: `/machine/${wasm.name}`,
});
// It holds the names of the others, so it is bundled once they stand.
const headStart = await bundle('components/playground/head-start.ts', 'iife');
await writeJson(HEAD_START, { code: new TextDecoder().decode(headStart) });

async function writeJson(file: string, value: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

interface Asset {
  readonly name: string;
  readonly bytes: Uint8Array;
}

async function bundle(entry: string, format: 'esm' | 'iife'): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, entry)],
    bundle: true,
    minify: true,
    write: false,
    format,
    platform: 'browser',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    // v86 asks at run time whether it is under Node, and only then for these.
    external: ['node:*', 'crypto', 'fs', 'perf_hooks'],
    logLevel: 'warning',
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`esbuild made nothing of ${entry}`);
  return file.contents;
}

function asset(name: string, extension: string, bytes: Uint8Array): Asset {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_DIGITS);
  return { name: `${name}-${hash}${extension}`, bytes };
}

/** Writes an asset and its Brotli form, unless an earlier build did. */
async function place({ name, bytes }: Asset): Promise<void> {
  const file = path.join(OUTPUT, name);
  if (existsSync(`${file}.br`)) return;
  const compressed = await promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  await writeFile(file, bytes);
  await writeFile(`${file}.br`, compressed);
}

async function removeOthers(): Promise<void> {
  const kept = new Set(assets.flatMap(({ name }) => [name, `${name}.br`]));
  for (const name of await readdir(OUTPUT)) {
    if (!kept.has(name)) await rm(path.join(OUTPUT, name));
  }
}
