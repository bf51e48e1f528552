import { MachineError } from './errors';

/** A compiler of the wasm at `url` that does its work once, while it streams in, and is asked at each start. */
export function compileOnce(url: string): () => Promise<WebAssembly.Module> {
  let module: Promise<WebAssembly.Module> | undefined;
  const compile = async () => {
    try {
      return await WebAssembly.compileStreaming(fetch(url));
    } catch (cause) {
      module = undefined;
      throw new MachineError(
        'download-failed',
        'The emulator could not be downloaded. Nothing is lost; try again.',
        { cause },
      );
    }
  };
  return () => {
    module ??= compile();
    return module;
  };
}
