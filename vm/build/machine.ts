import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { ConsoleTransport } from '../../lib/machine/console';
import { Emulator, type Origin } from '../../lib/machine/emulator';
import { type ExecOptions, ExecProcess, execMetadata } from '../../lib/machine/exec';
import { readHealth } from '../../lib/machine/health';
import { parseManifest } from '../../lib/machine/image';
import { knockPostgres } from '../../lib/machine/knock';
import { folderImage } from '../../lib/machine/node-image';
import type { MemoryMb } from '../../lib/machine/types';
import { wakeGuest } from '../../lib/machine/wake';
import { Link } from '../../lib/mux/link';
import type { Metadata } from '../../lib/mux/metadata';
import { sendCancel } from '../../lib/postgres/cancel';
import { connectClient, type PgClient } from '../../lib/postgres/client';
import { PgError } from '../../lib/postgres/errors';

/** From power-on to the agent's first word; 5 s on a quiet machine, 150 s were seen on one ten times overloaded. */
const BOOT_TIMEOUT_MS = 600_000;
/** PostgreSQL says 57P03 while it starts. */
const CANNOT_CONNECT_NOW = '57P03';
const STARTING_RETRY_MS = 100;
/** A busy build machine is slow to answer, but it answers. */
const REHEARSAL_TIMEOUT_MS = 120_000;
const WINDOW_BYTES = 256 * 1024;

/**
 * A machine for the build. It differs from lib/machine's in one thing: it is saved as it stands, without dropping
 * caches at that moment, because what stays in the page cache is what the build decides.
 */
export class BuildMachine {
  readonly #emulator: Emulator;
  readonly #link: Link;

  private constructor(emulator: Emulator, link: Link) {
    this.#emulator = emulator;
    this.#link = link;
  }

  /**
   * Starts the machine of an image folder and waits for its agent.
   * @param onSerial hears the kernel's console, byte by byte
   * @throws Error when the agent does not answer in time
   */
  static async start(
    image: string,
    memoryMb: MemoryMb,
    origin: Origin,
    onSerial: (byte: number) => void,
  ): Promise<BuildMachine> {
    const source = folderImage(image);
    const manifest = parseManifest(await source.manifest());
    const file = createRequire(import.meta.url).resolve('v86/build/v86.wasm');
    const wasm = await WebAssembly.compile(await readFile(file));
    const emulator = await Emulator.create({ source, manifest, wasm, memoryMb, origin });
    emulator.onSerial(onSerial);
    const transport = new ConsoleTransport({
      send: (port, chunk) => emulator.sendConsole(port, chunk),
      listen: (onData) => emulator.onConsole(1, onData),
    });
    const link = await new Promise<Link>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`The agent did not answer within ${BOOT_TIMEOUT_MS / 1000} s.`)),
        BOOT_TIMEOUT_MS,
      );
      const greet = () => {
        const greeting: Link = new Link(transport, {
          role: 'client',
          window: WINDOW_BYTES,
          onHello: () => {
            clearTimeout(timer);
            resolve(greeting);
          },
          onAck: (bytes) => transport.acknowledged(bytes),
          onClosed: () => {},
        });
      };
      let greeted = origin.from === 'state';
      if (greeted) greet();
      // Rule K7: from power-on the agent tells when the console's ports are there.
      emulator.onConsole(2, () => {
        if (!greeted) greet();
        greeted = true;
      });
      emulator.run();
    });
    return new BuildMachine(emulator, link);
  }

  /** Opens a session, waiting while PostgreSQL starts. */
  async connect(user: string): Promise<PgClient> {
    for (;;) {
      try {
        return await connectClient(this.#link.open([['kind', 'pg']]), {
          user,
          database: 'postgres',
        });
      } catch (error) {
        if (error instanceof PgError && error.code !== CANNOT_CONNECT_NOW) throw error;
        await new Promise((resolve) => setTimeout(resolve, STARTING_RETRY_MS));
      }
    }
  }

  /** Does what lib/machine does with a machine it has restored, so that what that touches is in the state. */
  async rehearse(): Promise<void> {
    await wakeGuest(this.#link);
    await knockPostgres(this.#link.open([['kind', 'pg']]), REHEARSAL_TIMEOUT_MS);
    await new Promise<void>((resolve) => {
      readHealth(this.#link.open([['kind', 'health']]), () => resolve());
    });
    const client = await this.connect('owner');
    await client.simple('SELECT 1');
    if (client.key !== undefined) await sendCancel(this.#link.open([['kind', 'pg']]), client.key);
    client.end();
  }

  /**
   * Runs a program in the guest and returns what it wrote to standard output.
   * @throws Error with its standard error when it does not end with 0
   */
  async exec(options: ExecOptions): Promise<string> {
    const out: Uint8Array[] = [];
    const err: Uint8Array[] = [];
    const process = new ExecProcess(this.#link.open(execMetadata(options)), {
      stdout: (chunk) => void out.push(chunk.slice()),
      stderr: (chunk) => void err.push(chunk.slice()),
    });
    process.closeStdin();
    const result = await process.exited;
    if (result.ended === 'exit' && result.exitCode === 0) return Buffer.concat(out).toString();
    const text = result.ended === 'exit' ? `code ${result.exitCode}` : result.reason.text;
    throw new Error(`${options.argv[0]} in the guest: ${text} ${Buffer.concat(err)}`);
  }

  /** Flushes files and drops caches that nobody maps: the agent's `sync`. */
  async dropCaches(): Promise<void> {
    const metadata: Metadata = [['kind', 'sync']];
    await this.#link.open(metadata).accepted;
  }

  /** The machine as it stands. */
  save(): Promise<ArrayBuffer> {
    return this.#emulator.saveState();
  }

  async stop(): Promise<void> {
    this.#link.close({ code: 'ok', text: 'built' });
    await this.#emulator.destroy();
  }
}
