import {
  chmod,
  cp,
  mkdir,
  readdir,
  readFile,
  rm,
  rmdir,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { runInRoot } from '../build/chroot';
import { vm } from '../build/paths';
import { isKept } from '../build/prune';
import { run } from '../build/run';
import { APPLETS, POSTGRES_COMMANDS } from '../build/settings';
import type { Output, Step } from '../build/step';
import { debFiles, PAYLOAD_FOLDER, RUNTIME_FOLDER } from './packages';
import { INSTALL_FOLDER } from './postgres';

const LIBRARIES = 'usr/lib/i386-linux-gnu';

/** Makes the root of the machine without what is ours: libraries, busybox, PostgreSQL, extensions, pruned. */
export function treeStep(packages: Output, postgres: Output, extensions: readonly Output[]): Step {
  return {
    name: 'tree',
    title: "Laying out the machine's root",
    files: [vm('steps/tree.ts'), vm('build/prune.ts'), vm('guest/etc')],
    inputs: [
      ...[packages, postgres, ...extensions].map((output) => output.key),
      ...APPLETS,
      ...POSTGRES_COMMANDS,
    ],
    async work({ out, log }) {
      await makeSkeleton(out);
      const payload = await debFiles(path.join(packages.path, PAYLOAD_FOLDER));
      const pgtap = payload.filter((file) =>
        path.basename(file).startsWith('postgresql-17-pgtap_'),
      );
      for (const deb of [...(await debFiles(path.join(packages.path, RUNTIME_FOLDER))), ...pgtap]) {
        await run('dpkg-deb', ['-x', deb, out], { log });
      }
      for (const { path: output } of [postgres, ...extensions]) {
        await cp(path.join(output, INSTALL_FOLDER, 'usr'), path.join(out, 'usr'), {
          recursive: true,
          verbatimSymlinks: true,
        });
      }
      await bundleCertificates(out);
      await prune(out, '');
      await moveClientLibraries(out, log);
      await linkPerlModules(out);
      await linkCommands(out);
      await cp(vm('guest/etc'), path.join(out, 'etc'), { recursive: true });
      await runInRoot(out, ['/sbin/ldconfig', '-X'], { log });
      await rm(path.join(out, 'var/cache'), { recursive: true, force: true });
      await checkLibraries(out, log);
    },
  };
}

async function makeSkeleton(out: string): Promise<void> {
  for (const folder of ['bin', 'lib', 'sbin']) {
    await mkdir(path.join(out, 'usr', folder), { recursive: true });
    await symlink(`usr/${folder}`, path.join(out, folder));
  }
  const folders = [
    'dev',
    'etc',
    'files',
    'proc',
    'root',
    'run',
    'sys',
    'tmp',
    'var/lib/postgresql',
    'var/log',
  ];
  for (const folder of [...folders, 'usr/local/sbin', 'usr/share/warren']) {
    await mkdir(path.join(out, folder), { recursive: true });
  }
  await symlink('../run', path.join(out, 'var/run'));
  await symlink('../tmp', path.join(out, 'var/tmp'));
  await chmod(path.join(out, 'tmp'), 0o1777);
}

/** One file of all certificate authorities, as OpenSSL reads it by default. */
async function bundleCertificates(out: string): Promise<void> {
  const folder = path.join(out, 'usr/share/ca-certificates/mozilla');
  const texts = [];
  for (const name of (await readdir(folder)).sort()) {
    texts.push(await readFile(path.join(folder, name), 'utf8'));
  }
  await mkdir(path.join(out, 'etc/ssl/certs'), { recursive: true });
  await writeFile(path.join(out, 'etc/ssl/certs/ca-certificates.crt'), texts.join(''));
  await mkdir(path.join(out, 'usr/lib/ssl'), { recursive: true });
  const links = { certs: '/etc/ssl/certs', 'cert.pem': '/etc/ssl/certs/ca-certificates.crt' };
  for (const [name, target] of Object.entries(links)) {
    await rm(path.join(out, 'usr/lib/ssl', name), { force: true });
    await symlink(target, path.join(out, 'usr/lib/ssl', name));
  }
}

/** Removes what {@link isKept} does not keep, and the folders that become empty by it. */
async function prune(root: string, below: string): Promise<void> {
  for (const entry of await readdir(path.join(root, below), { withFileTypes: true })) {
    const name = path.posix.join(below, entry.name);
    const file = path.join(root, name);
    if (!isKept(name)) {
      await rm(file, { recursive: true });
    } else if (entry.isDirectory()) {
      const before = (await readdir(file)).length;
      await prune(root, name);
      if (before > 0 && (await readdir(file)).length === 0) await rmdir(file);
    }
  }
}

/** libpq lies beside the server's modules, where the loader does not look. */
async function moveClientLibraries(out: string, log: string): Promise<void> {
  const folder = path.join(out, 'usr/lib/postgresql/17/lib');
  for (const name of await readdir(folder)) {
    if (/^lib(ecpg|ecpg_compat|pgtypes)\.so/.test(name) || name === 'libpq.so') {
      await rm(path.join(folder, name));
    } else if (/^libpq\.so/.test(name)) {
      await run('mv', [path.join(folder, name), path.join(out, LIBRARIES, name)], { log });
    }
  }
}

/** libperl does not look where perl-base keeps its modules; PL/Perl needs nothing beyond them. */
async function linkPerlModules(out: string): Promise<void> {
  const version = /^libperl\.so\.(\d+\.\d+)$/;
  const names = await readdir(path.join(out, LIBRARIES));
  for (const name of names) {
    const [, number] = version.exec(name) ?? [];
    if (number === undefined) continue;
    await mkdir(path.join(out, LIBRARIES, 'perl'), { recursive: true });
    await symlink('../perl-base', path.join(out, LIBRARIES, 'perl', number));
  }
}

async function linkCommands(out: string): Promise<void> {
  for (const applet of APPLETS) {
    await symlink('busybox', path.join(out, 'usr/bin', applet)).catch(unlessThere);
  }
  // What Debian's psql calls for long results.
  await writeFile(path.join(out, 'usr/bin/pager'), '#!/bin/sh\nexec less "$@"\n', { mode: 0o755 });
  for (const command of POSTGRES_COMMANDS) {
    await symlink(`../lib/postgresql/17/bin/${command}`, path.join(out, 'usr/bin', command));
  }
}

/** A package's own program goes before busybox's. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Fails when a program or library of the root misses a library: pruning took too much. */
async function checkLibraries(out: string, log: string): Promise<void> {
  const script = [
    'status=0',
    "for file in $(find /usr/lib /usr/bin /usr/sbin -type f \\( -perm -100 -o -name '*.so*' \\)); do",
    '  case $(head -c 4 "$file") in *ELF) ;; *) continue ;; esac',
    '  /lib/ld-linux.so.2 --list "$file" 2>&1 | grep "not found" && { echo "$file"; status=1; }',
    'done',
    'exit $status',
  ].join('\n');
  await runInRoot(out, ['/bin/busybox', 'sh', '-c', script], { log });
}
