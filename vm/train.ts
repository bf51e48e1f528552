import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { runInRoot } from './build/chroot';
import { withLock } from './build/lock';
import { CACHE, vm } from './build/paths';
import { CommandError, run } from './build/run';
import { StepRunner } from './build/step';
import { aptStep, refreshStamp } from './steps/apt';
import { packagesStep } from './steps/packages';
import {
  CONFIGURE_LINES,
  INSTALL_FOLDER,
  PROFILE,
  postgresStep,
  unpackSource,
} from './steps/postgres';
import { toolchainRoot, toolchainStep } from './steps/toolchain';

/**
 * `npm run vm:train`: writes vm/profile/postgres-17.tar.zst anew, the counters by which gcc lays out PostgreSQL. Needed
 * after a new compiler or a new major version; a profile that no longer fits a function is left out for that function.
 * It takes ten minutes and is no part of the image's build, which takes enough of them.
 */
async function train(): Promise<void> {
  const log = path.join(CACHE, 'log', 'train.log');
  const steps = new StepRunner(CACHE, console.log);
  const apt = await steps.run(await aptStep(await refreshStamp(false)));
  const packages = await steps.run(packagesStep(apt));
  const toolchain = await steps.run(toolchainStep(apt));
  // The server that is trained borrows its programs, extensions and shared files.
  const postgres = await steps.run(postgresStep(packages, toolchain));
  const work = path.join(CACHE, 'train');
  await rm(work, { recursive: true, force: true });
  await mkdir(path.join(work, 'bin'), { recursive: true });
  await unpackSource(packages, 'postgresql-17', path.join(work, 'source'), log);
  await writeFile(path.join(work, 'build.sh'), BUILD);
  await cp(vm('guest'), path.join(work, 'guest'), { recursive: true });
  await cp(vm('profile'), path.join(work, 'profile'), { recursive: true });
  await copyFile(vm('profile/train.sh'), path.join(work, 'train.sh'));
  const root = toolchainRoot(toolchain.path);
  const mounts = [{ from: work, to: '/work' }];
  console.log('• Compiling a server that counts (some minutes)');
  await runInRoot(root, ['/bin/sh', '/work/build.sh'], { log, mounts });
  console.log('• Training it (some minutes)');
  const installed = ['usr/lib/postgresql', 'usr/share/postgresql'].map((folder) => ({
    from: path.join(postgres.path, INSTALL_FOLDER, folder),
    to: `/${folder}`,
  }));
  await runInRoot(root, ['/bin/sh', '/work/train.sh'], { log, mounts: [...mounts, ...installed] });
  const pack =
    "find . -name '*.gcda' | LC_ALL=C sort | " +
    'tar --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - -T - | zstd -19 -q -f -o "$0"';
  await run('sh', ['-c', pack, PROFILE], { cwd: path.join(work, 'build'), log });
  await rm(work, { recursive: true });
  console.log(`${PROFILE} written`);
}

/** Only the server itself: in /work/build as in the image's build, since gcc finds counters by the object's path. */
const BUILD = [
  'set -e',
  'mkdir /work/build; cd /work/build',
  ...CONFIGURE_LINES,
  'make -s -C src/backend generated-headers',
  `make -s -j${availableParallelism()} MAKELEVEL=0 -C src/backend COPT='-fprofile-generate -fprofile-update=single' LDFLAGS_EX='-no-pie -fprofile-generate'`,
  'cp src/backend/postgres /work/bin/postgres',
  '',
].join('\n');

const onWait = (pid: number) => console.log(`Waiting for another build (process ${pid})`);
try {
  await withLock(path.join(CACHE, 'lock'), onWait, train);
} catch (error) {
  console.error(error instanceof CommandError ? error.message : error);
  process.exitCode = 1;
}
