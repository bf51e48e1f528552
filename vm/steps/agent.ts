import { readdirSync } from 'node:fs';
import path from 'node:path';
import { runInRoot } from '../build/chroot';
import { vm } from '../build/paths';
import { CommandError } from '../build/run';
import type { Output, Step } from '../build/step';
import { toolchainRoot } from './toolchain';

/** File of the step's output. */
export const AGENT = 'warren-agent';

const CFLAGS = [
  ...['-std=gnu17', '-Os', '-march=pentium3', '-msse2', '-mfpmath=sse'],
  ...['-Wall', '-Wextra', '-Werror', '-D_GNU_SOURCE', '-D_FILE_OFFSET_BITS=64', '-D_TIME_BITS=64'],
  ...['-ffunction-sections', '-fno-pie'],
];

/** Compiles the guest's end of the mux: one static program, PID 1 of the machine. */
export function agentStep(toolchain: Output): Step {
  return {
    name: 'agent',
    title: 'Compiling the agent',
    // Not the whole folder: a changed test is no reason to build the machine anew.
    files: [vm('steps/agent.ts'), ...agentFiles(/\.[ch]$/).map((name) => vm(`agent/${name}`))],
    inputs: [toolchain.key],
    async work({ out, log }) {
      const sources = agentFiles(/\.c$/);
      if (sources.length === 0) throw new CommandError('vm/agent holds no C sources.');
      const files = sources.map((name) => path.posix.join('/agent', name));
      const link = ['-static', '-no-pie', '-Wl,--gc-sections', '-s', '-o', `/out/${AGENT}`];
      await runInRoot(toolchainRoot(toolchain.path), ['gcc', ...CFLAGS, ...files, ...link], {
        log,
        mounts: [
          { from: vm('agent'), to: '/agent' },
          { from: out, to: '/out' },
        ],
      });
    },
  };
}

function agentFiles(pattern: RegExp): string[] {
  return readdirSync(vm('agent'))
    .filter((name) => pattern.test(name))
    .sort();
}
