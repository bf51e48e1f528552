import { copyFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { vm } from '../build/paths';
import { CommandError, run } from '../build/run';
import { KERNEL_PACKAGE, SOURCE_DATE_EPOCH } from '../build/settings';
import type { Output, Step } from '../build/step';
import { debFiles, PAYLOAD_FOLDER } from './packages';

/** Files of the step's output. */
export const BZIMAGE = 'bzImage';
export const KERNEL_VERSION_FILE = 'version';

/** Compiles the kernel from Debian's source with the fragment and the patches of vm/. */
export function kernelStep(packages: Output): Step {
  const fragment = vm('kernel.config');
  return {
    name: 'kernel',
    title: 'Compiling the kernel (some minutes)',
    files: [vm('steps/kernel.ts'), fragment, vm('patches')],
    inputs: [packages.key],
    async work({ out, log, note }) {
      const payload = await debFiles(path.join(packages.path, PAYLOAD_FOLDER));
      const deb = payload.find((file) => path.basename(file).startsWith(`${KERNEL_PACKAGE}_`));
      if (deb === undefined) throw new CommandError(`${KERNEL_PACKAGE} was not downloaded.`);
      const work = path.join(out, 'work');
      await run('dpkg-deb', ['-x', deb, work], { log });
      const archive = path.join(work, 'usr/src', `${KERNEL_PACKAGE}.tar.xz`);
      await run('tar', ['-x', '-f', archive, '-C', work], { log });
      const tree = path.join(work, KERNEL_PACKAGE);
      for (const name of (await readdir(vm('patches'))).sort()) {
        await run('patch', ['-d', tree, '-p1', '-i', vm('patches', name)], { log });
      }
      const make = (args: string[], env: Record<string, string> = {}) =>
        run('nice', ['make', '-C', tree, 'ARCH=i386', ...args], {
          log,
          env: {
            KBUILD_BUILD_TIMESTAMP: new Date(SOURCE_DATE_EPOCH * 1000).toUTCString(),
            KBUILD_BUILD_USER: 'warren',
            KBUILD_BUILD_HOST: 'warren',
            KBUILD_BUILD_VERSION: '1',
            ...env,
          },
        });
      await make(['allnoconfig'], { KCONFIG_ALLCONFIG: fragment });
      const config = await readFile(path.join(tree, '.config'), 'utf8');
      const unmet = unmetOptions(await readFile(fragment, 'utf8'), config);
      if (unmet.length > 0) throw new CommandError(`The kernel refuses ${unmet.join(', ')}.`);
      note('configured');
      await make([`-j${availableParallelism()}`, 'bzImage']);
      await copyFile(path.join(tree, 'arch/x86/boot/bzImage'), path.join(out, BZIMAGE));
      await cp(path.join(tree, '.config'), path.join(out, 'config'));
      const release = await readFile(path.join(tree, 'include/config/kernel.release'), 'utf8');
      await writeFile(path.join(out, KERNEL_VERSION_FILE), release.trim());
      await rm(work, { recursive: true });
    },
  };
}

/** Options of the fragment that the final configuration does not have, as the fragment writes them. */
export function unmetOptions(fragment: string, config: string): string[] {
  const lines = new Set(config.split('\n'));
  return fragment.split('\n').filter((line) => {
    const option = /^(CONFIG_\w+)=(.+)$/.exec(line);
    if (!option) return false;
    if (option[2] === 'n') return [...lines].some((set) => set.startsWith(`${option[1]}=`));
    return !lines.has(line);
  });
}
