import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_MEMORY_MB, MEMORY_SIZES_MB, type MemoryMb } from '../lib/machine/types';
import { withLock } from './build/lock';
import { CACHE } from './build/paths';
import { mapPool, together } from './build/pool';
import { CommandError } from './build/run';
import { type Output, StepRunner } from './build/step';
import { agentStep } from './steps/agent';
import { aptStep, refreshStamp } from './steps/apt';
import { baseStep, readBase } from './steps/base';
import { imageStep, publishImage } from './steps/image';
import { kernelStep } from './steps/kernel';
import { packagesStep } from './steps/packages';
import { pgdataStep } from './steps/pgdata';
import { pgvectorStep } from './steps/pgvector';
import { postgresStep } from './steps/postgres';
import { rootStep } from './steps/root';
import { toolchainStep } from './steps/toolchain';
import { ensureTools } from './steps/tools';
import { treeStep } from './steps/tree';

const USAGE = `Builds the machine's image and points public/vm at it. Steps whose inputs have not changed are not run again.

  npm run vm:build -- [options]

  --refresh   read Debian's package lists anew, so that newer packages are taken
  --no-bases  leave out the base states: machines then boot from power-on
  --soon      make only the base state of the usual size, and take the others if they are there
  --help      show this text

The cache is ~/.cache/warren, or the folder that WARREN_CACHE names.`;

/** An emulator and a compressor each take one processor, and a gigabyte at the largest size. */
const BASES_AT_A_TIME = 2;

interface Options {
  readonly refresh: boolean;
  readonly bases: 'all' | 'soon' | 'none';
}

async function build(options: Options): Promise<void> {
  const started = Date.now();
  const logs = path.join(CACHE, 'log');
  await mkdir(logs, { recursive: true });
  await ensureTools(path.join(logs, 'tools.log'), console.log);
  const steps = new StepRunner(CACHE, console.log);
  const apt = await steps.run(await aptStep(await refreshStamp(options.refresh)));
  const packages = await steps.run(packagesStep(apt));
  // Each has minutes in which it keeps one processor busy, or none.
  const [kernel, root] = await together([
    steps.run(kernelStep(packages)),
    buildRoot(steps, apt, packages),
  ]);
  let image = await steps.run(imageStep({ packages, kernel, root, bases: new Map() }));
  if (options.bases !== 'none') {
    const bare = image;
    const baseOf = (memoryMb: MemoryMb) => baseStep(bare, [packages, kernel, root], memoryMb);
    const bases = await mapPool(MEMORY_SIZES_MB, BASES_AT_A_TIME, async (memoryMb) => {
      const step = baseOf(memoryMb);
      const mayWait = options.bases === 'soon' && memoryMb !== DEFAULT_MEMORY_MB;
      if (mayWait && !(await steps.has(step))) return [];
      const output = await steps.run(step);
      return [[memoryMb, { output, file: await readBase(output) }] as const];
    });
    image = await steps.run(imageStep({ packages, kernel, root, bases: new Map(bases.flat()) }));
  }
  const place = await publishImage(image);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`image ${image.key} ready in ${seconds} s: ${place} → ${image.path}`);
}

/** All of the machine that is no kernel: PostgreSQL, its extensions, the agent, in a root file system. */
async function buildRoot(steps: StepRunner, apt: Output, packages: Output): Promise<Output> {
  const toolchain = await steps.run(toolchainStep(apt));
  const postgres = await steps.run(postgresStep(packages, toolchain));
  const pgvector = await steps.run(pgvectorStep(packages, toolchain, postgres));
  const agent = await steps.run(agentStep(toolchain));
  const tree = await steps.run(treeStep(packages, postgres, [pgvector]));
  const pgdata = await steps.run(pgdataStep(tree));
  return steps.run(rootStep(tree, pgdata, agent));
}

const { values } = parseArgs({
  options: {
    refresh: { type: 'boolean', default: false },
    'no-bases': { type: 'boolean', default: false },
    soon: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(USAGE);
} else {
  const bases = values['no-bases'] ? 'none' : values.soon ? 'soon' : 'all';
  const onWait = (pid: number) => console.log(`Waiting for another build (process ${pid})`);
  try {
    await withLock(path.join(CACHE, 'lock'), onWait, () =>
      build({ refresh: values.refresh, bases }),
    );
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : error);
    process.exitCode = 1;
  }
}
