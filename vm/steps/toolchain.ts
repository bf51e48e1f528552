import path from 'node:path';
import { vm } from '../build/paths';
import { run } from '../build/run';
import { SUITE, TOOLCHAIN_PACKAGES } from '../build/settings';
import type { Output, Step } from '../build/step';

/** An i386 root with Debian's compiler, in which everything that runs in the machine is built. */
export function toolchainStep(apt: Output): Step {
  return {
    name: 'toolchain',
    title: 'Making the i386 root that compiles',
    files: [vm('steps/toolchain.ts')],
    inputs: [apt.key, ...TOOLCHAIN_PACKAGES],
    async work({ out, log }) {
      await run(
        'mmdebstrap',
        [
          ...['--mode=root', '--arch=i386', '--variant=buildd', '--skip=check/empty'],
          ...['--aptopt=APT::Install-Recommends "false"', '--aptopt=Acquire::Languages "none"'],
          `--include=${TOOLCHAIN_PACKAGES.join(',')}`,
          ...[SUITE, toolchainRoot(out), path.join(apt.path, 'debian.sources')],
        ],
        { log },
      );
    },
  };
}

/** The root inside the step's output; a folder of its own because mmdebstrap sets its mode. */
export function toolchainRoot(output: string): string {
  return path.join(output, 'root');
}
