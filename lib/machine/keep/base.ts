import type { BaseRef } from '../../snapshot/types';
import { MachineError } from '../errors';
import { type ImageFile, type ImageManifest, type ImageSource, readVerified } from '../image';
import type { MemoryMb } from '../types';
import { decompress } from '../zstd';

/** A base state, decompressed. */
export interface Base {
  readonly ref: BaseRef;
  /** A state as v86 restores it and `readState` reads it. */
  readonly raw: Uint8Array<ArrayBuffer>;
}

/** The base state of this server's present image. @throws MachineError `image-missing` */
export function baseOf(manifest: ImageManifest, memoryMb: MemoryMb): BaseRef {
  const base: ImageFile | undefined = manifest.bases[`${memoryMb}`];
  if (base === undefined) {
    throw new MachineError(
      'image-missing',
      `This server's image has no machine with ${memoryMb} MB. Choose another size.`,
    );
  }
  return { ...base, memoryMb };
}

/** Fetches a base state, compares it with its hash, and decompresses it. */
export async function loadBase(
  source: ImageSource,
  ref: BaseRef,
  wasm: Promise<WebAssembly.Module>,
  onBytes: (loaded: number) => void = () => {},
): Promise<Base> {
  const packed = await readVerified(source, ref, onBytes);
  return { ref, raw: await decompress(await wasm, packed, ref.rawBytes) };
}

/** A base as `loadBase` gives it, for a machine that was kept or sent: perhaps made with an image that is no longer there. */
export async function ownBase(loading: Promise<Base>): Promise<Base> {
  try {
    return await loading;
  } catch (thrown) {
    if (!(thrown instanceof MachineError) || thrown.code !== 'image-missing') throw thrown;
    throw new MachineError(
      'image-missing',
      'This machine was made with an image that the server no longer has, so it cannot be started here. It is still kept; an operator who brings that image back brings it back, too.',
      { cause: thrown },
    );
  }
}
