import type { Duplex } from '../mux/duplex';
import type { Link, OutgoingStream } from '../mux/link';
import type { Metadata } from '../mux/metadata';
import { readState } from '../snapshot/state/read-state';
import type { Generation } from '../snapshot/store/types';
import type { BaseRef } from '../snapshot/types';
import { greetAgent } from './agent-link';
import { Emulator, type Origin } from './emulator';
import { asMachineError, MachineError } from './errors';
import { type ExecListener, type ExecOptions, ExecProcess, execMetadata } from './exec';
import { readHealth } from './health';
import { type ImageManifest, type ImageSource, parseManifest } from './image';
import { type Base, baseOf, loadBase, ownBase } from './keep/base';
import { BaseAhead } from './keep/base-ahead';
import { type Captured, capture } from './keep/capture';
import { fillMemory } from './keep/fill-memory';
import { hashState, type PageHashes } from './keep/page-hashes';
import { knockPostgres } from './knock';
import { probePostgres } from './probe';
import type { Backend, Health, MachineState, MemoryMb } from './types';
import { wakeGuest } from './wake';

/** How long agent and PostgreSQL may each take to answer after a restore: usually 5 and 50 ms, on a phone at its limit seconds. */
const AGENT_TIMEOUT_MS = 30_000;
/** The same from power-on, where a kernel and PostgreSQL start first; a slow phone needs this long. */
const BOOT_TIMEOUT_MS = 180_000;
/** How often the machine is asked how it is; each answer costs the guest about a millisecond. */
const HEALTH_PERIOD_MS = 5_000;
const HEALTH_STREAM: Metadata = [
  ['kind', 'health'],
  ['every-ms', String(HEALTH_PERIOD_MS)],
];

export interface StartOptions {
  readonly memoryMb: MemoryMb;
  /**
   * `base` restores the image's base state; a state or a generation restores that very machine, whose memory has to be of
   * the same size; `power-on` boots.
   */
  readonly from?:
    | 'base'
    | 'power-on'
    | { readonly state: ArrayBuffer }
    | { readonly generation: Generation };
  /** Added to the kernel's command line from power-on. */
  readonly extraCmdline?: string;
}

export interface MachineEvents {
  state?(state: MachineState): void;
  health?(health: Health): void;
  /** The kernel's console, as text in the pieces it comes in. */
  serial?(text: string): void;
}

/** A machine that runs: what exists only while the emulator does. */
interface Running {
  readonly emulator: Emulator;
  readonly link: Link;
  readonly memoryMb: MemoryMb;
  /** What it began from, decompressed, until it has been hashed. */
  base: Base | undefined;
  hashed: Promise<HashedBase> | undefined;
}

/** A base state, and what its pages look like. */
export interface HashedBase {
  readonly ref: BaseRef;
  readonly hashes: PageHashes;
}

/** An emulator that does not run yet, and the base it was made from, if it was. */
interface Created {
  readonly emulator: Emulator;
  readonly base?: Base;
}

/**
 * One virtual machine with PostgreSQL in it. Runs in a Worker and under Node alike; the page never runs it itself.
 * `start` rejects and the state becomes `failed` when it does not come up; a later failure shows in the state.
 */
export class Machine implements Backend {
  readonly #source: ImageSource;
  readonly #loadWasm: () => Promise<WebAssembly.Module>;
  readonly #events: MachineEvents;
  readonly #ahead = new BaseAhead();
  #state: MachineState = { stage: 'off' };
  #running: Running | undefined;
  /** How often in a row the guest has said that there is no PostgreSQL. */
  #timesDown = 0;
  /** Counts starts, so that what an abandoned start still does is ignored. */
  #generation = 0;

  constructor(options: {
    source: ImageSource;
    /** Compiles v86.wasm; called once for each start, so let it cache. */
    wasm: () => Promise<WebAssembly.Module>;
    events?: MachineEvents;
  }) {
    this.#source = options.source;
    this.#loadWasm = options.wasm;
    this.#events = options.events ?? {};
  }

  get state(): MachineState {
    return this.#state;
  }

  /** Begins to fetch the image's base, which the next start most likely needs: for callers that first look what is kept. */
  async loadAhead(memoryMb: MemoryMb): Promise<void> {
    const manifest = await this.manifest();
    const ref = baseOf(manifest, memoryMb);
    const tell = (loadedBytes: number) => this.#tellLoading(loadedBytes, ref.bytes);
    this.#ahead.begin(ref, loadBase(this.#source, ref, this.#loadWasm(), tell));
  }

  /** Brings the machine up; one that runs is stopped first. */
  async start(options: StartOptions): Promise<void> {
    const generation = ++this.#generation;
    this.#timesDown = 0;
    await this.#teardown();
    const current = () => generation === this.#generation;
    try {
      this.#change({ stage: 'loading', loadedBytes: 0, totalBytes: 0 });
      const wasm = this.#loadWasm();
      // Awaited later; without this a failed manifest would leave its rejection unheard.
      wasm.catch(() => {});
      const manifest = await this.manifest();
      const created = await this.#create(manifest, wasm, options, current);
      if (!current()) return created.emulator.destroy();
      const link = await this.#connectAgent(created, options, current);
      if (!current()) return;
      const version = `PostgreSQL ${manifest.postgres}`;
      this.#change({ stage: 'ready', version, memoryMb: options.memoryMb, since: Date.now() });
      readHealth(link.open(HEALTH_STREAM), (health) => {
        if (current()) this.#heard(health);
      });
    } catch (thrown) {
      if (!current()) return;
      const error = asMachineError(thrown);
      this.#generation++;
      await this.#teardown();
      this.#change({ stage: 'failed', code: error.code, message: error.message });
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#generation++;
    await this.#teardown();
    this.#change({ stage: 'stopped' });
  }

  /** A byte stream to PostgreSQL, beginning with the startup packet. */
  connect(): Duplex {
    return this.open([['kind', 'pg']]);
  }

  /** A stream of any kind the agent serves (rule M3). Throws `postgres-down` when the machine does not run. */
  open(metadata: Metadata): OutgoingStream {
    return this.#mustRun().link.open(metadata);
  }

  /** Starts a program in the guest. */
  exec(options: ExecOptions, listener?: ExecListener): ExecProcess {
    return new ExecProcess(this.open(execMetadata(options)), listener);
  }

  /**
   * The whole machine, as `start({from: {state}})` takes it, after the guest has flushed its files and
   * dropped clean caches.
   */
  async save(): Promise<ArrayBuffer> {
    await this.open([['kind', 'sync']]).accepted;
    return this.#mustRun().emulator.saveState();
  }

  /** What this machine's base looked like, which is found out once, a little at a time. */
  hashedBase(): Promise<HashedBase> {
    const running = this.#mustRun();
    running.hashed ??= this.#hashBase(running).catch((thrown: unknown) => {
      // A base that could not be fetched now may come at the next save.
      running.hashed = undefined;
      throw thrown;
    });
    return running.hashed;
  }

  /** How the guest is, asked now. Rejects when it does not say. */
  health(): Promise<Health> {
    return new Promise((resolve, reject) => {
      const stream = this.open([['kind', 'health']]);
      stream.accepted.catch(reject);
      readHealth(stream, resolve);
    });
  }

  /** The machine at this moment, by its differences from `base`: see `capture`. */
  capture(base: PageHashes, known: PageHashes, copyBytes: number): Captured {
    return capture(this.#mustRun().emulator, base, known, copyBytes);
  }

  /** Keeps the machine still while `work` reads its memory. */
  async still<T>(work: () => Promise<T>): Promise<T> {
    const { emulator } = this.#mustRun();
    await emulator.pause();
    try {
      return await work();
    } finally {
      if (this.#running?.emulator === emulator) emulator.run();
    }
  }

  /** The base state of `ref`, for whoever writes or reads a snapshot. */
  loadBase(ref: BaseRef): Promise<Base> {
    return ownBase(loadBase(this.#source, ref, this.#loadWasm()));
  }

  /** What the image says of itself. */
  async manifest(): Promise<ImageManifest> {
    return parseManifest(await this.#source.manifest());
  }

  #mustRun(): Running {
    if (this.#running) return this.#running;
    throw new MachineError('postgres-down', 'The machine does not run. Start it first.');
  }

  async #hashBase(running: Running): Promise<HashedBase> {
    // A machine that was booted, or restored from a state, is told by its differences from the image's base all the same.
    const base =
      running.base ?? (await this.loadBase(baseOf(await this.manifest(), running.memoryMb)));
    const hashes = await hashState(readState(base.raw), running.memoryMb);
    running.base = undefined;
    return { ref: base.ref, hashes };
  }

  async #create(
    manifest: ImageManifest,
    wasm: Promise<WebAssembly.Module>,
    options: StartOptions,
    current: () => boolean,
  ): Promise<Created> {
    const { memoryMb, from = 'base' } = options;
    const restoring = () => {
      if (current()) this.#change({ stage: 'restoring' });
    };
    const emulate = async (origin: Origin) => {
      restoring();
      const source = this.#source;
      const emulator = await Emulator.create({
        source,
        manifest,
        wasm: await wasm,
        memoryMb,
        origin,
      });
      const { serial } = this.#events;
      if (serial !== undefined) emulator.onSerial((byte) => serial(String.fromCharCode(byte)));
      return emulator;
    };
    if (from === 'power-on') {
      return { emulator: await emulate({ from, extraCmdline: options.extraCmdline }) };
    }
    if (from !== 'base' && 'state' in from) {
      return { emulator: await emulate({ from: 'state', state: from.state }) };
    }
    const ref = from === 'base' ? baseOf(manifest, memoryMb) : from.generation.facts.base;
    const onBytes = (loadedBytes: number) => {
      if (current()) this.#tellLoading(loadedBytes, ref.bytes);
    };
    const loading = this.#ahead.take(ref) ?? loadBase(this.#source, ref, wasm, onBytes);
    if (from === 'base') {
      const base = await loading;
      return { emulator: await emulate({ from: 'state', state: base.raw.buffer }), base };
    }
    const base = await ownBase(loading);
    const devices = await from.generation.devices();
    const emulator = await emulate({ from: 'state', state: devices.slice().buffer });
    await fillMemory(emulator, base, from.generation);
    return { emulator, base };
  }

  async #connectAgent(
    { emulator, base }: Created,
    options: StartOptions,
    current: () => boolean,
  ): Promise<Link> {
    const { memoryMb, from = 'base' } = options;
    this.#change({ stage: 'checking' });
    const timeoutMs = from === 'power-on' ? BOOT_TIMEOUT_MS : AGENT_TIMEOUT_MS;
    const greeting = greetAgent(emulator, {
      announced: from === 'power-on',
      timeoutMs,
      onLost: (reason) => {
        if (current()) this.#lost(reason);
      },
    });
    emulator.run();
    const link = await greeting;
    if (!current()) {
      await discard(emulator, link);
      throw new Error('this start was abandoned');
    }
    this.#running = { emulator, link, memoryMb, base, hashed: undefined };
    await wakeGuest(link);
    if (from === 'power-on') await probePostgres(() => this.connect(), timeoutMs);
    else await knockPostgres(this.connect(), timeoutMs);
    return link;
  }

  #heard(health: Health): void {
    this.#events.health?.(health);
    this.#timesDown = health.pg === 'down' ? this.#timesDown + 1 : 0;
    // Once may be a restart that somebody asked for.
    if (this.#state.stage !== 'ready' || this.#timesDown < 2) return;
    const full = health.diskFree < FULL_DISK_BYTES;
    const code = health.oomKills > 0 ? 'out-of-memory' : full ? 'disk-full' : 'postgres-down';
    this.#change({ stage: 'failed', code, message: DOWN_MESSAGES[code] });
  }

  #lost(reason: string): void {
    if (this.#state.stage === 'failed') return;
    this.#change({
      stage: 'failed',
      code: 'agent-silent',
      message: `The machine does not answer any more (${reason}). Restart it: it goes on from where it was saved last.`,
    });
  }

  async #teardown(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined) await discard(running.emulator, running.link);
  }

  #tellLoading(loadedBytes: number, totalBytes: number): void {
    if (this.#state.stage === 'loading')
      this.#change({ stage: 'loading', loadedBytes, totalBytes });
  }

  #change(state: MachineState): void {
    this.#state = state;
    this.#events.state?.(state);
  }
}

/** Below this PostgreSQL cannot write a WAL segment (1 MB) and panics. */
const FULL_DISK_BYTES = 1024 * 1024;

const DOWN_MESSAGES = {
  'out-of-memory':
    'The machine ran out of memory and PostgreSQL was killed. Restart the machine, perhaps with more memory: it goes on from where it was saved last.',
  'disk-full':
    "The machine's disk is full and PostgreSQL stopped. Restart the machine, perhaps with more memory: it goes on from where it was saved last.",
  'postgres-down':
    'PostgreSQL in the machine has stopped. Restart the machine: it goes on from where it was saved last.',
} as const;

async function discard(emulator: Emulator, link: Link): Promise<void> {
  link.close({ code: 'ok', text: 'the machine was stopped' });
  await emulator.destroy();
}
