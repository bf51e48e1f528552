/**
 * zstd decompression with the decoder that v86's wasm carries. It runs in an instance of its own, so the
 * megabytes it needs go away with it instead of staying in the machine's memory for good.
 */

interface ZstdExports {
  readonly memory: WebAssembly.Memory;
  zstd_create_ctx(sourceBytes: number): number;
  zstd_get_src_ptr(context: number): number;
  zstd_read(context: number, bytes: number): number;
  zstd_read_free(pointer: number, bytes: number): void;
}

/** How much is decoded and copied out at a time: bounds the decoder's memory to this and its window. */
const STEP_BYTES = 4 * 1024 * 1024;

/**
 * Decompresses one zstd file of known size.
 * @param module v86.wasm, compiled
 * @param rawBytes the size after decompression
 * @throws WebAssembly.RuntimeError when `source` is not what `rawBytes` promises
 */
export async function decompress(
  module: WebAssembly.Module,
  source: Uint8Array,
  rawBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const instance = await WebAssembly.instantiate(module, { env: inertImports(module) });
  const zstd = instance.exports as unknown as ZstdExports;
  const context = zstd.zstd_create_ctx(source.length);
  new Uint8Array(zstd.memory.buffer).set(source, zstd.zstd_get_src_ptr(context));
  const raw = new Uint8Array(rawBytes);
  for (let offset = 0; offset < rawBytes; ) {
    const bytes = Math.min(STEP_BYTES, rawBytes - offset);
    const pointer = zstd.zstd_read(context, bytes);
    raw.set(new Uint8Array(zstd.memory.buffer, pointer, bytes), offset);
    zstd.zstd_read_free(pointer, bytes);
    offset += bytes;
  }
  return raw;
}

/** The decoder calls none of the emulator's imports; one that is called all the same says so. */
function inertImports(module: WebAssembly.Module): Record<string, WebAssembly.ImportValue> {
  const imports: Record<string, WebAssembly.ImportValue> = {};
  for (const { name, kind } of WebAssembly.Module.imports(module)) {
    imports[name] =
      kind === 'table'
        ? new WebAssembly.Table({ element: 'anyfunc', initial: TABLE_ENTRIES })
        : () => {
            throw new Error(`the zstd decoder called ${name}`);
          };
  }
  return imports;
}

/** v86's own table has 900 entries for its code and 1,024 before them; a larger one satisfies its import. */
const TABLE_ENTRIES = 2048;
