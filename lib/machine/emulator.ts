import { V86 } from 'v86';
import { PAGE_BYTES } from '../snapshot/types';
import { MachineError } from './errors';
import type { ImageManifest, ImageSource } from './image';
import type { MemoryMb } from './types';

/** The console ports of the guest that the house uses: rule K1 of docs/protocol.md. */
export type ConsolePort = 1 | 2;

/** How a machine comes to life: from power-on, or from a saved state. */
export type Origin =
  | { readonly from: 'power-on'; readonly extraCmdline?: string }
  /** A state, with its memory in it or with an empty one that is filled afterwards. */
  | { readonly from: 'state'; readonly state: ArrayBuffer };

/** v86's message bus; its type declarations leave it out. */
interface Bus {
  send(event: string, data: unknown): void;
}

/** What we use of v86's machine; its type declarations leave it out. */
interface Inside {
  readonly cpu: {
    /** Packs main memory into the state; its own does so with all pages that are not zero. */
    pack_memory?: () => { packed_memory: Uint8Array; bitmap: { get_buffer(): ArrayBuffer } };
    is_memory_zeroed(address: number, bytes: number): number;
  };
  save_state(): ArrayBuffer;
}

/**
 * v86 behind the few words the machine needs. Devices and sizes given here are part of every saved state:
 * a change makes old states unusable.
 */
export class Emulator {
  readonly #v86: V86;
  readonly #bus: Bus;
  readonly #memoryBytes: number;

  private constructor(v86: V86, memoryMb: MemoryMb) {
    this.#v86 = v86;
    this.#bus = (v86 as unknown as { bus: Bus }).bus;
    this.#memoryBytes = memoryMb * 1024 * 1024;
  }

  /** Creates the virtual hardware and loads what `origin` needs; the CPU does not run yet. */
  static async create(options: {
    source: ImageSource;
    manifest: ImageManifest;
    wasm: WebAssembly.Module;
    memoryMb: MemoryMb;
    origin: Origin;
  }): Promise<Emulator> {
    const { source, manifest, wasm, memoryMb, origin } = options;
    const { files } = manifest;
    const v86 = new V86({
      wasm_fn: async (imports) => (await WebAssembly.instantiate(wasm, imports)).exports,
      memory_size: memoryMb * 1024 * 1024,
      vga_memory_size: VGA_MEMORY_BYTES,
      autostart: false,
      disable_keyboard: true,
      disable_mouse: true,
      disable_speaker: true,
      // The declarations ask for a screen's settings; the code takes `true` for a console without one.
      virtio_console: true as never,
      ...(origin.from === 'state'
        ? {
            initial_state: { buffer: origin.state },
            filesystem: { baseurl: source.locate(files.root) },
          }
        : {
            bios: { url: source.locate(files.bios) },
            vga_bios: { url: source.locate(files.vgabios) },
            bzimage: { url: source.locate(files.bzImage) },
            cmdline: [manifest.cmdline, origin.extraCmdline ?? ''].join(' ').trim(),
            filesystem: {
              basefs: source.locate(files.fs),
              baseurl: source.locate(files.root),
            },
          }),
    });
    await new Promise<void>((resolve, reject) => {
      v86.add_listener('emulator-loaded', () => resolve());
      v86.add_listener('download-error', () =>
        reject(
          new MachineError('download-failed', 'A part of the machine could not be downloaded.'),
        ),
      );
    });
    return new Emulator(v86, memoryMb);
  }

  run(): void {
    void this.#v86.run();
  }

  /** Stops the CPU and gives the memory back. The emulator is dead afterwards. */
  async destroy(): Promise<void> {
    await this.#v86.destroy();
  }

  /** The whole machine as v86 writes it. The CPU is paused for the time it takes. */
  saveState(): Promise<ArrayBuffer> {
    return this.#v86.save_state();
  }

  /**
   * Everything but main memory, at this moment: a state as v86 writes it of a machine whose memory is empty. With `memory`,
   * read before anything is awaited, it is the whole machine.
   */
  saveDevices(): Uint8Array<ArrayBuffer> {
    const inside = this.#inside;
    const emptyBitmap = { get_buffer: () => new ArrayBuffer(this.#memoryBytes / PAGE_BYTES / 8) };
    inside.cpu.pack_memory = () => ({ packed_memory: new Uint8Array(0), bitmap: emptyBitmap });
    try {
      return new Uint8Array(inside.save_state());
    } finally {
      // The class has its own again.
      delete inside.cpu.pack_memory;
    }
  }

  /** Main memory itself, not a copy; of use until the next await, since the wasm's memory may move when it grows. */
  get memory(): Uint8Array<ArrayBuffer> {
    return this.#v86.read_memory(0, this.#memoryBytes) as Uint8Array<ArrayBuffer>;
  }

  /** True when a page of main memory is all zeros. */
  isZero(page: number): boolean {
    return this.#inside.cpu.is_memory_zeroed(page * PAGE_BYTES, PAGE_BYTES) !== 0;
  }

  /** Stops the CPU, until `run`. */
  async pause(): Promise<void> {
    await this.#v86.stop();
  }

  /** Instructions executed so far, modulo 2³². */
  get instructions(): number {
    return this.#v86.get_instruction_counter();
  }

  get #inside(): Inside {
    return (this.#v86 as unknown as { v86: Inside }).v86;
  }

  /** Puts one chunk of at most 4,096 bytes into a console port; lost when the guest has no buffer (K2). */
  sendConsole(port: ConsolePort, chunk: Uint8Array): void {
    this.#bus.send(`virtio-console${port}-input-bytes`, chunk);
  }

  /** Hears what the guest writes to a console port. The bytes belong to the listener. */
  onConsole(port: ConsolePort, listener: (bytes: Uint8Array) => void): void {
    this.#v86.add_listener(`virtio-console${port}-output-bytes` as never, listener as never);
  }

  /** Hears the kernel's serial console, byte by byte. */
  onSerial(listener: (byte: number) => void): void {
    this.#v86.add_listener('serial0-output-byte', listener);
  }
}

/** The least v86 accepts: nobody looks at this screen, and it is part of each state. */
const VGA_MEMORY_BYTES = 256 * 1024;
