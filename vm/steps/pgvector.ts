import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runInRoot } from '../build/chroot';
import { vm } from '../build/paths';
import { run } from '../build/run';
import type { Output, Step } from '../build/step';
import { INSTALL_FOLDER, unpackSource } from './postgres';
import { toolchainRoot } from './toolchain';

/** Compiles pgvector against our PostgreSQL; Debian has no i386 build of it. */
export function pgvectorStep(packages: Output, toolchain: Output, postgres: Output): Step {
  return {
    name: 'pgvector',
    title: 'Compiling pgvector',
    files: [vm('steps/pgvector.ts')],
    inputs: [packages.key, toolchain.key, postgres.key],
    async work({ out, log }) {
      const work = path.join(out, 'work');
      await mkdir(work);
      await unpackSource(packages, 'pgvector', path.join(work, 'source'), log);
      // pg_config finds everything from where it stands itself.
      await cp(path.join(postgres.path, INSTALL_FOLDER, 'usr'), path.join(work, 'usr'), {
        recursive: true,
        verbatimSymlinks: true,
      });
      const config = '/work/usr/lib/postgresql/17/bin/pg_config';
      await writeFile(
        path.join(work, 'build.sh'),
        [
          'set -e',
          'cd /work/source',
          // Its default is the machine that compiles, not the one it will run on.
          `make OPTFLAGS= PG_CONFIG=${config}`,
          `make OPTFLAGS= PG_CONFIG=${config} DESTDIR=/work/install install`,
          '',
        ].join('\n'),
      );
      await runInRoot(toolchainRoot(toolchain.path), ['/bin/sh', '/work/build.sh'], {
        log,
        mounts: [{ from: work, to: '/work' }],
      });
      const installed = path.join(work, 'install/work/usr');
      await mkdir(path.join(out, INSTALL_FOLDER));
      await run('mv', [installed, path.join(out, INSTALL_FOLDER, 'usr')], { log });
      await rm(work, { recursive: true });
    },
  };
}
