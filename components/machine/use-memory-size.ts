import { useState } from 'react';
import { DEFAULT_MEMORY_MB, type MemoryMb } from '@/lib/machine/types';
import { findPlayground, keepMemory } from '../playgrounds/store';

/** The memory the machine gets at its next start, kept in this browser. */
export interface MemoryChoice {
  readonly size: MemoryMb;
  choose(size: MemoryMb): void;
}

export function useMemorySize(playground: string): MemoryChoice {
  const [size, setSize] = useState<MemoryMb>(
    () => findPlayground(playground)?.memoryMb ?? DEFAULT_MEMORY_MB,
  );
  return {
    size,
    choose(chosen) {
      setSize(chosen);
      keepMemory(playground, chosen);
    },
  };
}
