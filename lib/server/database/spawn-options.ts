import type { Cluster } from './cluster';
import type { Command } from './system-user';

/** What PostgreSQL's programs are started with: messages in English, no environment of ours. */
export function spawnOptions(command: Command, cluster: Cluster) {
  return {
    cwd: cluster.root,
    env: {
      NODE_ENV: process.env.NODE_ENV,
      PATH: process.env.PATH,
      LC_MESSAGES: 'C',
      LANG: 'C',
      TZ: 'UTC',
    },
    ...(command.uid === undefined ? {} : { uid: command.uid, gid: command.gid }),
  };
}
