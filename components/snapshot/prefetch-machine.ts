import { parseManifest } from '@/lib/machine/image';
import type { MemoryMb } from '@/lib/machine/types';
import { webImage } from '@/lib/machine/web-image';

/**
 * Brings the base state that a snapshot of this memory size is told by its differences from into the browser's HTTP
 * cache, while somebody reads what the snapshot is. Fails silently: it is fetched again when it is needed.
 */
export async function prefetchMachine(memoryMb: number, signal: AbortSignal): Promise<void> {
  try {
    const source = webImage('/vm/');
    const manifest = parseManifest(await source.manifest());
    const base = manifest.bases[`${memoryMb as MemoryMb}`];
    if (!base || signal.aborted) return;
    const response = await fetch(source.locate(base.file), { signal });
    await response.body?.pipeTo(new WritableStream());
  } catch {
    // As said above.
  }
}
