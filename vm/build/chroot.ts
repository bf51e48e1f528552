import { type RunOptions, run } from './run';

/**
 * Runs a program inside another root folder, in mount, process and network namespaces of its own: what it mounts goes
 * away with it, what it leaves running is killed, and it reaches nothing but its own loopback.
 * @param program argv; the program is looked up in the root's own PATH
 * @throws CommandError when it ends with anything but 0
 */
export function runInRoot(
  root: string,
  program: readonly string[],
  options: RunOptions & { readonly mounts?: readonly { from: string; to: string }[] },
): Promise<void> {
  const binds = (options.mounts ?? [])
    .map(({ from, to }) => `mkdir -p "$root${to}" && mount --bind "${from}" "$root${to}" && `)
    .join('');
  const script =
    'root=$1; shift; ' +
    'mkdir -p "$root/dev" "$root/proc" && mount --rbind /dev "$root/dev" && ' +
    `mount -t proc proc "$root/proc" && ${binds}` +
    'exec chroot "$root" "$@"';
  const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', LC_ALL: 'C.UTF-8' };
  return run(
    'unshare',
    [
      ...['--mount', '--pid', '--fork', '--kill-child', '--ipc', '--uts', '--net'],
      ...['/bin/sh', '-ec', script, 'sh', root, ...program],
    ],
    { ...options, env: { ...environment, ...options.env } },
  );
}
