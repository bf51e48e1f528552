import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface BundleOptions {
  /** Packages that stay imports. */
  readonly external?: readonly string[];
  /** `iife` keeps its names to itself, for scripts that share a page with others. */
  readonly format?: 'esm' | 'iife';
}

/** Bundles bench/pages/<name>.ts for the browser. */
export async function bundlePage(
  name: string,
  { external = [], format = 'esm' }: BundleOptions = {},
): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, 'bench/pages', `${name}.ts`)],
    bundle: true,
    minify: true,
    write: false,
    format,
    platform: 'browser',
    target: 'es2022',
    external: [...external],
    logLevel: 'warning',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`esbuild wrote nothing for ${name}`);
  return file.text;
}
