import { DEFAULT_MEMORY_MB, type MemoryMb } from '@/lib/machine/types';
import type { OwnedPlayground } from '../playgrounds/codec';
import { playgrounds } from '../playgrounds/store';
import { useCell } from '../state/cell';

const NONE: readonly OwnedPlayground[] = [];

/** The memory that was chosen for a playground's machine, kept in this browser. */
export function useMemory(playground: string): MemoryMb {
  const known = useCell(playgrounds, NONE);
  return known.find(({ id }) => id === playground)?.memoryMb ?? DEFAULT_MEMORY_MB;
}
