import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { MachineError } from './errors';
import type { ImageSource } from './image';

/** The image in a folder, for Node: image build, integration tests, benchmarks. */
export function folderImage(folder: string): ImageSource {
  const locate = (file: string) => path.join(folder, file) + (file.endsWith('/') ? '/' : '');
  return {
    async manifest() {
      try {
        return JSON.parse(await readFile(locate('manifest.json'), 'utf8'));
      } catch (cause) {
        throw new MachineError(
          'image-missing',
          `There is no machine image in ${folder}. Run npm run vm:build.`,
          { cause },
        );
      }
    },
    async read(file, onBytes) {
      const bytes = await readFile(locate(file));
      onBytes(bytes.length);
      return bytes;
    },
    locate,
  };
}
