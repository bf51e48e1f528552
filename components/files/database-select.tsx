import { useId } from 'react';
import type { Loaded } from '../state/loaded';

interface DatabaseSelectProps {
  databases: Loaded<readonly string[]>;
  value: string;
  disabled?: boolean;
  onChange: (database: string) => void;
}

export function DatabaseSelect({ databases, value, disabled, onChange }: DatabaseSelectProps) {
  const field = useId();
  const names = databases.kind === 'loaded' ? databases.value : [value];
  return (
    <div>
      <label htmlFor={field} className="font-medium">
        Database
      </label>
      <select
        id={field}
        value={value}
        disabled={disabled || databases.kind !== 'loaded'}
        onChange={({ target }) => onChange(target.value)}
        className="mt-1 block h-9 w-full max-w-80 rounded-md border border-line-strong bg-surface px-2"
      >
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {databases.kind === 'failed' && (
        <p role="alert" className="mt-1 text-bad text-xs">
          The databases could not be listed: {databases.message}
        </p>
      )}
    </div>
  );
}
