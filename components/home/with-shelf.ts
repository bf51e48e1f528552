import type { MachineShelf } from '@/lib/machine/shelf';

/** Asks this browser's shelf of machines something; its Worker lives as long as that takes. */
export async function withShelf<T>(work: (shelf: MachineShelf) => Promise<T>): Promise<T> {
  const { openShelf } = await import('@/lib/machine/shelf');
  const shelf = openShelf();
  try {
    return await work(shelf);
  } finally {
    shelf.dispose();
  }
}
