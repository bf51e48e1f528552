/** Files and folders of Debian's packages that no program of the machine reads, as paths below the root. */
const UNUSED = [
  // Documentation, translations, package management.
  ...[
    'etc/apt',
    'etc/dpkg',
    'etc/debconf.conf',
    'etc/ca-certificates',
    'etc/init.d',
    'etc/cron.daily',
  ],
  ...['usr/share/doc', 'usr/share/man', 'usr/share/info', 'usr/share/locale', 'usr/share/lintian'],
  ...[
    'usr/share/bug',
    'usr/share/doc-base',
    'usr/share/debconf',
    'usr/share/perl5',
    'usr/share/pixmaps',
  ],
  ...[
    'usr/share/bash-completion',
    'usr/share/gdb',
    'usr/share/gcc',
    'usr/share/apport',
    'usr/share/initramfs-tools',
  ],
  ...[
    'usr/share/tabset',
    'usr/share/keyrings',
    'usr/share/python3',
    'usr/share/libc-bin',
    'var/lib/dpkg',
  ],
  ...[
    'var/cache',
    'usr/sbin/iconvconfig',
    'usr/sbin/update-ca-certificates',
    'usr/sbin/zic',
    'usr/lib/systemd',
  ],
  ...['usr/include', 'usr/bin/debconf', 'usr/bin/localedef', 'usr/bin/zdump', 'usr/lib/tmpfiles.d'],
  // Character sets of iconv and names of time zones: PostgreSQL brings its own of both.
  ...[
    'usr/lib/i386-linux-gnu/gconv',
    'usr/share/zoneinfo',
    'usr/share/i18n',
    'usr/share/iso-codes',
  ],
  // What other packages need of these two languages; PL/Perl and PL/Python need perl-base and a small library.
  ...[
    'usr/lib/i386-linux-gnu/perl',
    'usr/share/perl',
    'usr/lib/i386-linux-gnu/perl-base/unicore/lib',
  ],
  ...[
    'ensurepip',
    'idlelib',
    'lib2to3',
    'pydoc_data',
    'sqlite3',
    'test',
    'tkinter',
    'turtledemo',
    'unittest',
  ].map((module) => `usr/lib/python3.13/${module}`),
  // OpenSSL's command, and engines of another age.
  ...[
    'usr/bin/openssl',
    'usr/bin/c_rehash',
    'usr/lib/ssl/misc',
    'usr/lib/i386-linux-gnu/engines-3',
  ],
  ...['usr/lib/i386-linux-gnu/ossl-modules', 'usr/share/ca-certificates'],
  // What compiles against PostgreSQL, and what a server of a museum would need.
  ...[
    'usr/lib/postgresql/17/lib/pgxs',
    'usr/lib/postgresql/17/lib/pkgconfig',
    'usr/lib/postgresql/17/bin/ecpg',
  ],
  ...['usr/lib/postgresql/17/bin/pg_test_fsync', 'usr/lib/postgresql/17/bin/pg_test_timing'],
  ...['usr/lib/postgresql/17/bin/pg_upgrade', 'usr/lib/postgresql/17/bin/oid2name'],
];

/** Terminals that somebody may have in front of psql; the other descriptions go. */
const TERMINALS = new Set(['dumb', 'linux', 'vt100', 'xterm', 'xterm-256color', 'screen', 'tmux']);

/** Libraries of those modules, with whatever version follows the name. */
const UNUSED_LIBRARIES =
  /^usr\/lib\/i386-linux-gnu\/lib(db-5|gdbm|gdbm_compat|sqlite3|edit|bsd|md)\b.*\.so/;
const UNUSED_PYTHON = /^usr\/lib\/python3\.13\/lib-dynload\/(_test|_sqlite3|_dbm|_gdbm|_curses|xx)/;

/** Whether a path below the root, without leading slash, stays in the image. */
export function isKept(path: string): boolean {
  if (UNUSED.some((unused) => path === unused || path.startsWith(`${unused}/`))) return false;
  if (UNUSED_LIBRARIES.test(path) || UNUSED_PYTHON.test(path)) return false;
  if (path.endsWith('.a') || path.endsWith('.o')) return false;
  const terminal = /^usr\/(?:share|lib)\/terminfo\/.\/(.+)$/.exec(path);
  if (terminal) return TERMINALS.has(terminal[1] ?? '');
  return true;
}
