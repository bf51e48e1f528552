import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { runInRoot } from '../build/chroot';
import { vm } from '../build/paths';
import { CommandError, run } from '../build/run';
import { TARGET_CFLAGS } from '../build/settings';
import type { Output, Step } from '../build/step';
import { SOURCE_FOLDER } from './packages';
import { toolchainRoot } from './toolchain';

/** Folder of the step's output: what `make install` wrote. */
export const INSTALL_FOLDER = 'install';

/** Files in Debian's places, so that packages of extensions (pgTAP) fit. */
const CONFIGURE = [
  '--build=i686-linux-gnu',
  '--prefix=/usr/lib/postgresql/17',
  '--datadir=/usr/share/postgresql/17',
  '--libdir=/usr/lib/postgresql/17/lib',
  '--includedir=/usr/include/postgresql',
  '--sysconfdir=/etc/postgresql-common',
  '--disable-nls',
  '--disable-rpath',
  '--with-icu',
  '--with-libxml',
  '--with-libxslt',
  '--with-lz4',
  '--with-openssl',
  '--with-perl',
  '--with-python',
  '--with-readline',
  '--with-uuid=e2fs',
  '--with-zstd',
  '--without-llvm',
];

/** What the server executed when it was trained (vm/train.ts): gcc lays out and inlines by it, decision 0002. */
export const PROFILE = vm('profile/postgres-17.tar.zst');

/** A function that has changed since the training is compiled without its counters, and that is no error. */
const PROFILE_CFLAGS = [
  '-fprofile-use',
  '-fprofile-correction',
  '-Wno-missing-profile',
  '-Wno-coverage-mismatch',
  '-Wno-error=coverage-mismatch',
];

/** Lines of a shell script that configure the source in /work/source for the folder they run in. */
export const CONFIGURE_LINES = [
  `export CFLAGS='${TARGET_CFLAGS.join(' ')} -fno-pie' LDFLAGS_EX=-no-pie`,
  "export LDFLAGS='-Wl,-O1 -Wl,--as-needed -Wl,--hash-style=gnu'",
  'export PERL=/usr/bin/perl PYTHON=/usr/bin/python3',
  `../source/configure ${CONFIGURE.join(' ')}`,
] as const;

/** Compiles PostgreSQL with its contrib modules and procedural languages from Debian's source package. */
export function postgresStep(packages: Output, toolchain: Output): Step {
  return {
    name: 'postgres',
    title: 'Compiling PostgreSQL and contrib (some minutes)',
    files: [vm('steps/postgres.ts'), PROFILE],
    inputs: [packages.key, toolchain.key, ...TARGET_CFLAGS],
    async work({ out, log }) {
      const work = path.join(out, 'work');
      await mkdir(work);
      await unpackSource(packages, 'postgresql-17', path.join(work, 'source'), log);
      // Counters lie where the objects will.
      await mkdir(path.join(work, 'build'));
      await run('tar', ['-x', '-f', PROFILE, '-C', path.join(work, 'build')], { log });
      await writeFile(
        path.join(work, 'build.sh'),
        [
          'set -e',
          'cd /work/build',
          ...CONFIGURE_LINES,
          `make -s -j${availableParallelism()} COPT='${PROFILE_CFLAGS.join(' ')}' world-bin`,
          'make -s install-world-bin DESTDIR=/work/install',
          // One whole file at a time is what the machine fetches; symbols nobody reads would come along.
          "find /work/install -type f \\( -perm -100 -o -name '*.so*' \\) -exec strip --strip-unneeded {} + || true",
          '',
        ].join('\n'),
      );
      await runInRoot(toolchainRoot(toolchain.path), ['nice', '/bin/sh', '/work/build.sh'], {
        log,
        mounts: [{ from: work, to: '/work' }],
      });
      await run('mv', [path.join(work, 'install'), path.join(out, INSTALL_FOLDER)], { log });
      await rm(work, { recursive: true });
    },
  };
}

/**
 * Unpacks a source package, Debian's patches applied, into a folder that must not exist.
 * @throws CommandError when it was not downloaded
 */
export async function unpackSource(
  packages: Output,
  name: string,
  folder: string,
  log: string,
): Promise<void> {
  const sources = path.join(packages.path, SOURCE_FOLDER);
  const files = await readdir(sources);
  const description = files.find((file) => file.startsWith(`${name}_`) && file.endsWith('.dsc'));
  if (description === undefined) throw new CommandError(`The source ${name} was not downloaded.`);
  // apt has checked the file against the signed list of sources; the maintainer's own key need not be here.
  const args = ['--no-check', '-x', path.join(sources, description), folder];
  await run('dpkg-source', args, { log });
}
