import { mkdir, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { BlobStore, writeHashed } from '../build/blobs';
import { buildFsJson, type RootEntry } from '../build/fs-json';
import { CACHE, vm } from '../build/paths';
import { mapPool } from '../build/pool';
import { SOURCE_DATE_EPOCH, ZSTD_LEVEL } from '../build/settings';
import type { Output, Step } from '../build/step';
import { walk } from '../build/walk';
import { AGENT } from './agent';
import { PGDATA_ARCHIVE } from './pgdata';

/** Files and folders of the step's output. */
export const BLOBS_FOLDER = 'root';
export const FS_NAME_FILE = 'fs-name';

/** Writes the root as compressed files named by content, and the directory that v86's 9p server reads. */
export function rootStep(tree: Output, pgdata: Output, agent: Output): Step {
  const scripts = ['init', 'warren-postgres'];
  return {
    name: 'root',
    title: 'Compressing the root file system',
    files: [
      ...['steps/root.ts', 'build/blobs.ts', 'build/fs-json.ts'].map((file) => vm(file)),
      ...scripts.map((script) => vm('guest', script)),
    ],
    inputs: [tree.key, pgdata.key, agent.key, String(SOURCE_DATE_EPOCH), String(ZSTD_LEVEL)],
    async work({ out, note }) {
      const folder = path.join(out, BLOBS_FOLDER);
      await mkdir(folder);
      const blobs = new BlobStore(path.join(CACHE, 'blobs'));
      const entries = await mapPool(
        await walk(tree.path),
        availableParallelism(),
        async (found): Promise<RootEntry> => {
          if (found.kind !== 'file') return found;
          return { ...found, blob: await blobs.add(path.join(tree.path, found.path), folder) };
        },
      );
      const own = [
        { path: 'usr/sbin/init', from: vm('guest/init'), mode: 0o755 },
        { path: 'usr/local/sbin/warren-postgres', from: vm('guest/warren-postgres'), mode: 0o755 },
        { path: 'usr/sbin/warren-agent', from: path.join(agent.path, AGENT), mode: 0o755 },
        {
          path: 'usr/share/warren/pgdata.tar',
          from: path.join(pgdata.path, PGDATA_ARCHIVE),
          mode: 0o600,
        },
      ];
      for (const file of own) {
        const { size } = await stat(file.from);
        const blob = await blobs.add(file.from, folder);
        entries.push({
          kind: 'file',
          path: file.path,
          mode: file.mode,
          uid: 0,
          gid: 0,
          bytes: size,
          blob,
        });
      }
      const fs = buildFsJson(entries, SOURCE_DATE_EPOCH);
      const name = await writeHashed(out, 'fs', 'json', JSON.stringify(fs));
      await writeFile(path.join(out, FS_NAME_FILE), name);
      note(`${entries.length} inodes, ${(fs.size / 1e6).toFixed(0)} MB before compression`);
    },
  };
}
