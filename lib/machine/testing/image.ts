import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { folderImage } from '../node-image';

/** The image that `npm run vm:build` made for this checkout. */
export const builtImage = folderImage(
  fileURLToPath(new URL('../../../public/vm', import.meta.url)),
);

/** v86.wasm of the installed package, compiled. */
export async function v86Wasm(): Promise<WebAssembly.Module> {
  const file = new URL('../../../node_modules/v86/build/v86.wasm', import.meta.url);
  return new WebAssembly.Module(await readFile(file));
}
