import { useId } from 'react';
import { MEMORY_SIZES_MB, type MemoryMb } from '@/lib/machine/types';

interface MemoryFieldProps {
  size: MemoryMb;
  disabled?: boolean;
  onChoose: (size: MemoryMb) => void;
}

/** How much memory a machine gets. */
export function MemoryField({ size, disabled, onChoose }: MemoryFieldProps) {
  const field = useId();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={field} className="text-muted text-sm">
        Memory
      </label>
      <select
        id={field}
        value={size}
        disabled={disabled}
        onChange={(event) => {
          const chosen = MEMORY_SIZES_MB.find((one) => String(one) === event.target.value);
          if (chosen) onChoose(chosen);
        }}
        className="h-9 rounded-md border border-line-strong bg-raised px-2 text-sm disabled:opacity-50"
      >
        {MEMORY_SIZES_MB.map((one) => (
          <option key={one} value={one}>
            {one} MB
          </option>
        ))}
      </select>
    </div>
  );
}
