/** What the image is made of: one place to change a version, a flag or a list. */

/** Debian's release; its point releases bring the security updates of all that is in the image. */
export const SUITE = 'trixie';
export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
export const KERNEL_PACKAGE = 'linux-source-6.12';

/** Seconds since 1970 that every file of the image carries, so that the same inputs give the same bytes. */
export const SOURCE_DATE_EPOCH = 1_735_689_600;

/** Packages whose files, with those of what they depend on, make up the machine's root. */
export const RUNTIME_PACKAGES = [
  'busybox',
  'ca-certificates',
  'libc-bin',
  'libc6',
  'libicu76',
  'liblz4-1',
  'libperl5.40',
  'libpython3.13',
  'libreadline8t64',
  'libssl3t64',
  'libuuid1',
  'libxml2',
  'libxslt1.1',
  'libzstd1',
  'ncurses-base',
  'nftables',
  'zlib1g',
] as const;

/** Packages taken whole and unpacked by steps of their own. */
export const PAYLOAD_PACKAGES = [KERNEL_PACKAGE, 'seabios', 'postgresql-17-pgtap'] as const;

/** Source packages compiled here: Debian has no i386 build of them, or one that is slow in the emulator. */
export const SOURCE_PACKAGES = ['postgresql-17', 'pgvector'] as const;

/** Packages of the i386 root that compiles. */
export const TOOLCHAIN_PACKAGES = [
  'bison',
  'flex',
  'gcc',
  'libc-bin',
  'libicu-dev',
  'liblz4-dev',
  'libperl-dev',
  'libreadline-dev',
  'libssl-dev',
  'libxml2-dev',
  'libxslt1-dev',
  'libzstd-dev',
  'make',
  'perl',
  'pkgconf',
  'python3-dev',
  'uuid-dev',
  'zlib1g-dev',
] as const;

/**
 * For the emulator fewer instructions are all that counts: SSE2 instead of the slow x87, fixed addresses instead of
 * a register that holds the table of offsets, no frame pointers, no canaries. docs/decisions/0002 has the figures.
 */
export const TARGET_CFLAGS = [
  '-O2',
  '-march=pentium3',
  '-msse2',
  '-mfpmath=sse',
  '-fomit-frame-pointer',
  '-fno-stack-protector',
] as const;

/** Kernel command line of every machine; lib/machine adds to it when it boots one for the build. */
export const CMDLINE = [
  'rw root=host9p rootfstype=9p rootflags=trans=virtio,cache=loose,msize=131072',
  'init=/sbin/init console=ttyS0 tsc=reliable quiet loglevel=3',
].join(' ');

/** For the root's files, of which a visitor fetches few: 19 takes twice as long. */
export const ZSTD_LEVEL = 17;

/**
 * For base states: a window as long as the state, because the same pages lie far apart in it (the databases are copies
 * of each other). 27 is the longest that decoders take unasked.
 */
export const STATE_ZSTD_OPTIONS = ['-19', '--long=27'] as const;

/** Applets of busybox that get a name of their own; the others answer to `busybox NAME`. */
export const APPLETS = [
  ...[
    '[',
    'ash',
    'awk',
    'base64',
    'basename',
    'bunzip2',
    'cat',
    'chgrp',
    'chmod',
    'chown',
    'clear',
    'cmp',
  ],
  ...[
    'cp',
    'cut',
    'date',
    'dd',
    'df',
    'diff',
    'dirname',
    'dmesg',
    'du',
    'echo',
    'env',
    'expr',
    'false',
    'find',
  ],
  ...[
    'fold',
    'free',
    'grep',
    'gunzip',
    'gzip',
    'head',
    'hexdump',
    'hostname',
    'id',
    'ifconfig',
    'ip',
    'kill',
  ],
  ...[
    'killall',
    'less',
    'ln',
    'ls',
    'md5sum',
    'mkdir',
    'mkfifo',
    'mknod',
    'mktemp',
    'more',
    'mount',
    'mv',
    'nc',
  ],
  ...[
    'netstat',
    'nice',
    'nproc',
    'nslookup',
    'od',
    'paste',
    'patch',
    'pidof',
    'printf',
    'ps',
    'pwd',
    'readlink',
  ],
  ...[
    'realpath',
    'renice',
    'reset',
    'rev',
    'rm',
    'rmdir',
    'route',
    'sed',
    'seq',
    'setsid',
    'sh',
    'sha256sum',
  ],
  ...[
    'shuf',
    'sleep',
    'sort',
    'stat',
    'stty',
    'su',
    'sync',
    'sysctl',
    'tac',
    'tail',
    'tar',
    'tee',
    'test',
  ],
  ...[
    'time',
    'timeout',
    'top',
    'touch',
    'tr',
    'true',
    'truncate',
    'tty',
    'umount',
    'uname',
    'uniq',
    'unxz',
  ],
  ...[
    'unzip',
    'uptime',
    'usleep',
    'vi',
    'watch',
    'wc',
    'wget',
    'which',
    'whoami',
    'xargs',
    'xxd',
    'xzcat',
  ],
  ...['yes', 'zcat'],
] as const;

/** Programs of PostgreSQL that get a name in /usr/bin; the others lie in the server's own folder. */
export const POSTGRES_COMMANDS = [
  ...[
    'createdb',
    'createuser',
    'dropdb',
    'dropuser',
    'pg_basebackup',
    'pg_dump',
    'pg_dumpall',
    'pg_isready',
  ],
  ...['pg_recvlogical', 'pg_restore', 'pgbench', 'psql', 'reindexdb', 'vacuumdb'],
] as const;
