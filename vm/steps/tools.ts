import { existsSync } from 'node:fs';
import { CommandError, run } from '../build/run';

/** Programs the build calls, and Debian's package of each; headers stand for what is no program. */
const NEEDED: readonly { readonly file: string; readonly package: string }[] = [
  { file: '/usr/bin/mmdebstrap', package: 'mmdebstrap' },
  // mmdebstrap asks it whether this machine runs i386 programs.
  { file: '/usr/bin/arch-test', package: 'arch-test' },
  { file: '/usr/bin/bc', package: 'bc' },
  { file: '/usr/bin/flex', package: 'flex' },
  { file: '/usr/bin/bison', package: 'bison' },
  { file: '/usr/bin/gcc', package: 'gcc' },
  { file: '/usr/bin/make', package: 'make' },
  { file: '/usr/bin/patch', package: 'patch' },
  { file: '/usr/bin/xz', package: 'xz-utils' },
  { file: '/usr/bin/zstd', package: 'zstd' },
  { file: '/usr/bin/dpkg-source', package: 'dpkg-dev' },
  { file: '/usr/include/libelf.h', package: 'libelf-dev' },
  { file: '/usr/share/keyrings/debian-archive-keyring.gpg', package: 'debian-archive-keyring' },
];

/**
 * Makes sure that the machine has what the build calls, and installs what is missing.
 * @throws CommandError with the command to type when it may not install, or when installing fails
 */
export async function ensureTools(log: string, print: (line: string) => void): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new CommandError('The build makes i386 root folders and enters them: run it as root.');
  }
  const missing = NEEDED.filter(({ file }) => !existsSync(file)).map((tool) => tool.package);
  if (missing.length === 0) return;
  print(`• Installing ${missing.join(', ')}`);
  const command = ['install', '-y', '--no-install-recommends', ...missing];
  try {
    await run('apt-get', ['update'], { log });
    await run('apt-get', command, { log, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  } catch (cause) {
    throw new CommandError(`Please run: apt-get ${command.join(' ')}`, { cause });
  }
}
