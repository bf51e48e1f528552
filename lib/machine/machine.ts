import type { Duplex } from '../mux/duplex';
import type { Link, OutgoingStream } from '../mux/link';
import type { Metadata } from '../mux/metadata';
import { greetAgent } from './agent-link';
import { Emulator, type Origin } from './emulator';
import { asMachineError, MachineError } from './errors';
import { type ExecListener, type ExecOptions, ExecProcess, execMetadata } from './exec';
import { readHealth } from './health';
import { type ImageManifest, type ImageSource, parseManifest, readVerified } from './image';
import { knockPostgres } from './knock';
import { probePostgres } from './probe';
import type { Backend, Health, MachineState, MemoryMb } from './types';
import { wakeGuest } from './wake';
import { decompress } from './zstd';

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
   * `base` restores the image's base state; a state, given or loaded, restores that very machine, whose memory
   * has to be of the same size; `power-on` boots.
   */
  readonly from?:
    | 'base'
    | 'power-on'
    | { readonly state: ArrayBuffer | (() => Promise<ArrayBuffer>) };
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
}

/**
 * One virtual machine with PostgreSQL in it. Runs in a Worker and under Node alike; the page never runs it itself.
 * `start` rejects and the state becomes `failed` when it does not come up; a later failure shows in the state.
 */
export class Machine implements Backend {
  readonly #source: ImageSource;
  readonly #loadWasm: () => Promise<WebAssembly.Module>;
  readonly #events: MachineEvents;
  #state: MachineState = { stage: 'off' };
  #running: Running | undefined;
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

  /** Brings the machine up; one that runs is stopped first. */
  async start(options: StartOptions): Promise<void> {
    const generation = ++this.#generation;
    await this.#teardown();
    const current = () => generation === this.#generation;
    try {
      this.#change({ stage: 'loading', loadedBytes: 0, totalBytes: 0 });
      const wasm = this.#loadWasm();
      // Awaited later; without this a failed manifest would leave its rejection unheard.
      wasm.catch(() => {});
      const manifest = parseManifest(await this.#source.manifest());
      const emulator = await this.#create(manifest, wasm, options, current);
      if (!current()) return emulator.destroy();
      const link = await this.#connectAgent(emulator, options, current);
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
    if (this.#running === undefined) {
      throw new MachineError('postgres-down', 'The machine does not run. Start it first.');
    }
    return this.#running.link.open(metadata);
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
    if (this.#running === undefined)
      throw new MachineError('postgres-down', 'The machine stopped.');
    return this.#running.emulator.saveState();
  }

  async #create(
    manifest: ImageManifest,
    wasmLoading: Promise<WebAssembly.Module>,
    options: StartOptions,
    current: () => boolean,
  ): Promise<Emulator> {
    const { memoryMb, from = 'base' } = options;
    let origin: Origin;
    if (from === 'base') {
      const state = await this.#loadBase(manifest, memoryMb, wasmLoading, current);
      origin = { from: 'state', state };
    } else if (from === 'power-on') {
      origin = { from: 'power-on', extraCmdline: options.extraCmdline };
    } else {
      const { state } = from;
      origin = { from: 'state', state: typeof state === 'function' ? await state() : state };
    }
    if (current()) this.#change({ stage: 'restoring' });
    const emulator = await Emulator.create({
      source: this.#source,
      manifest,
      wasm: await wasmLoading,
      memoryMb,
      origin,
    });
    const { serial } = this.#events;
    if (serial !== undefined) emulator.onSerial((byte) => serial(String.fromCharCode(byte)));
    return emulator;
  }

  async #loadBase(
    manifest: ImageManifest,
    memoryMb: MemoryMb,
    wasm: Promise<WebAssembly.Module>,
    current: () => boolean,
  ): Promise<ArrayBuffer> {
    const base = manifest.bases[`${memoryMb}`];
    if (base === undefined) {
      throw new MachineError(
        'image-missing',
        `This server's image has no machine with ${memoryMb} MB. Choose another size.`,
      );
    }
    const packed = await readVerified(this.#source, base, (loadedBytes) => {
      if (current()) this.#change({ stage: 'loading', loadedBytes, totalBytes: base.bytes });
    });
    if (current()) this.#change({ stage: 'restoring' });
    return (await decompress(await wasm, packed, base.rawBytes)).buffer;
  }

  async #connectAgent(
    emulator: Emulator,
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
    this.#running = { emulator, link, memoryMb };
    await wakeGuest(link);
    if (from === 'power-on') await probePostgres(() => this.connect(), timeoutMs);
    else await knockPostgres(this.connect(), timeoutMs);
    return link;
  }

  #heard(health: Health): void {
    this.#events.health?.(health);
    if (this.#state.stage !== 'ready' || health.pg !== 'down') return;
    const full = health.diskFree < FULL_DISK_BYTES;
    const code = health.oomKills > 0 ? 'out-of-memory' : full ? 'disk-full' : 'postgres-down';
    this.#change({ stage: 'failed', code, message: DOWN_MESSAGES[code] });
  }

  #lost(reason: string): void {
    if (this.#state.stage === 'failed') return;
    this.#change({
      stage: 'failed',
      code: 'agent-silent',
      message: `The machine does not answer any more (${reason}). Restart it; its data is lost.`,
    });
  }

  async #teardown(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined) await discard(running.emulator, running.link);
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
    'The machine ran out of memory and PostgreSQL was killed. Restart the machine, perhaps with more memory; what was in the database is lost.',
  'disk-full':
    "The machine's disk is full and PostgreSQL stopped. Restart the machine, perhaps with more memory; what was in the database is lost.",
  'postgres-down':
    'PostgreSQL in the machine has stopped. Restart the machine; what was in the database is lost.',
} as const;

async function discard(emulator: Emulator, link: Link): Promise<void> {
  link.close({ code: 'ok', text: 'the machine was stopped' });
  await emulator.destroy();
}
