import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageFile } from '../../lib/machine/image';
import type { MemoryMb } from '../../lib/machine/types';
import type { PgClient } from '../../lib/postgres/client';
import { PgError } from '../../lib/postgres/errors';
import { hashFile } from '../build/hash';
import { BuildMachine } from '../build/machine';
import { REPO, vm } from '../build/paths';
import { run } from '../build/run';
import { CMDLINE, STATE_ZSTD_OPTIONS } from '../build/settings';
import type { Output, Step } from '../build/step';

/** File of the step's output that describes the state as the manifest does. */
const RECORD_FILE = 'state.json';
/** Names of states carry this many digits of their hash. */
const NAME_DIGITS = 12;
/** Backends end, and the kernel frees what was theirs, within this time after their sessions. */
const BACKENDS_GONE_MS = 2_000;

/**
 * Makes the base state of one memory size: boots the image, lets PostgreSQL do what visitors do first, keeps in
 * memory what that touched and nothing else, and saves the machine.
 * @param image a folder to boot from
 * @param made what of that image is in the machine; notices beside it may change without a new state
 */
export function baseStep(image: Output, made: readonly Output[], memoryMb: MemoryMb): Step {
  const v86 = createRequire(import.meta.url)('v86/package.json') as { version: string };
  return {
    name: `base-${memoryMb}`,
    title: `Saving the base state of ${memoryMb} MB`,
    files: [
      ...['steps/base.ts', 'build/machine.ts'].map((file) => vm(file)),
      ...['warm.sql', 'trim-wal.sh', 'zero-memory.sh'].map((file) => vm('guest', file)),
      // The devices of the machine are part of each state.
      path.join(REPO, 'lib/machine/emulator.ts'),
      // What the rehearsal does.
      ...['wake.ts', 'knock.ts', 'health.ts'].map((file) => path.join(REPO, 'lib/machine', file)),
    ],
    inputs: [...made.map((output) => output.key), CMDLINE, v86.version, ...STATE_ZSTD_OPTIONS],
    async work({ out, log, note }) {
      const raw = path.join(out, 'state.bin');
      await writeFile(raw, new Uint8Array(await makeState(image, memoryMb, note)));
      const packed = path.join(out, 'state.zst');
      await run('zstd', ['-q', ...STATE_ZSTD_OPTIONS, raw, '-o', packed], { log });
      const sha256 = await hashFile(packed);
      const record: ImageFile = {
        file: `state-${memoryMb}-${sha256.slice(0, NAME_DIGITS)}.bin.zst`,
        bytes: (await stat(packed)).size,
        rawBytes: (await stat(raw)).size,
        sha256,
      };
      await rename(packed, path.join(out, record.file));
      await rm(raw);
      await writeFile(path.join(out, RECORD_FILE), `${JSON.stringify(record)}\n`);
      note(`${mb(record.rawBytes)} MB, ${mb(record.bytes)} MB compressed`);
    },
  };
}

/** What a base step made, as the manifest describes it. */
export async function readBase(base: Output): Promise<ImageFile> {
  return JSON.parse(await readFile(path.join(base.path, RECORD_FILE), 'utf8')) as ImageFile;
}

async function makeState(
  image: Output,
  memoryMb: MemoryMb,
  note: (line: string) => void,
): Promise<ArrayBuffer> {
  const started = Date.now();
  const since = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const origin = { from: 'power-on', extraCmdline: 'warren.build' } as const;
  const machine = await BuildMachine.start(image.path, memoryMb, origin, () => {});
  const sessions: PgClient[] = [];
  for (const role of ['owner', 'postgres', 'editor', 'viewer']) {
    sessions.push(await machine.connect(role));
    if (sessions.length === 1) note(`PostgreSQL answered after ${since()}`);
  }
  const [owner] = sessions;
  if (owner === undefined) throw new Error('there is no session');
  await owner.simple(await readFile(vm('guest/warm.sql'), 'utf8'), {});
  for (const sql of WRONG) await owner.simple(sql).catch(expectRefusal);
  for (const session of sessions) await session.query('SELECT current_user');
  note(`warm after ${since()}`);
  await owner.query('CHECKPOINT');
  const at = await owner.query('SELECT pg_walfile_name(pg_current_wal_lsn())');
  await guestScript(machine, 'trim-wal.sh', [at.rows[0]?.[0] ?? '']);
  // With the sessions still there: what they map stays, what they only read goes.
  await machine.dropCaches();
  for (const session of sessions) session.end();
  await machine.rehearse();
  await sleep(BACKENDS_GONE_MS);
  await guestScript(machine, 'zero-memory.sh', []);
  const state = await machine.save();
  note(`saved after ${since()}`);
  await machine.stop();
  return state;
}

/** What people get wrong first: the pages of telling so are to be in the state, too. */
const WRONG = [
  'SELEC 1',
  'SELECT * FROM no_such_table',
  'SELECT no_such_column FROM pg_class',
  'SELECT 1 / 0',
  "SELECT 'x'::int",
  'SELECT no_such_function(1)',
];

function expectRefusal(error: unknown): void {
  if (!(error instanceof PgError)) throw error;
}

async function guestScript(machine: BuildMachine, name: string, args: string[]): Promise<void> {
  const script = await readFile(vm('guest', name), 'utf8');
  await machine.exec({ argv: ['/bin/sh', '-c', script, name, ...args] });
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
