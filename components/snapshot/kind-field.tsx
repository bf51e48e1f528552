'use client';

import { useId } from 'react';
import { Button } from '../ui/button';
import { formatBytes } from '../ui/format';
import type { SnapshotKind } from './baggage-lines';
import type { Size } from './use-sizes';

const KINDS: readonly { kind: SnapshotKind; name: string; hint: string }[] = [
  {
    kind: 'machine',
    name: 'Whole machine',
    hint: 'As it is this moment: data, settings, files, open sessions and their transactions.',
  },
  {
    kind: 'data',
    name: 'Data only',
    hint: 'What pg_dump tells of the database, put into a fresh machine there.',
  },
];

interface KindFieldProps {
  value: SnapshotKind;
  sizes: Readonly<Record<SnapshotKind, Size>>;
  onChange: (kind: SnapshotKind) => void;
  onMeasure: (kind: SnapshotKind) => void;
}

/** What the snapshot is made of, with the size of each. */
export function KindField({ value, sizes, onChange, onMeasure }: KindFieldProps) {
  const name = useId();
  return (
    <fieldset className="space-y-2.5 text-sm">
      <legend className="mb-1.5 font-medium">What goes along</legend>
      {KINDS.map(({ kind, name: label, hint }) => (
        <div key={kind} className="flex items-start gap-2.5">
          <input
            type="radio"
            id={`${name}-${kind}`}
            name={name}
            checked={value === kind}
            aria-describedby={`${name}-${kind}-hint`}
            onChange={() => onChange(kind)}
            className="mt-1 accent-accent"
          />
          <div className="min-w-0 flex-1">
            <label htmlFor={`${name}-${kind}`} className="font-medium">
              {label}
            </label>
            <p id={`${name}-${kind}-hint`} className="text-muted text-pretty">
              {hint}
            </p>
          </div>
          <SizeOf label={label} size={sizes[kind]} onMeasure={() => onMeasure(kind)} />
        </div>
      ))}
    </fieldset>
  );
}

interface SizeOfProps {
  label: string;
  size: Size;
  onMeasure: () => void;
}

function SizeOf({ label, size, onMeasure }: SizeOfProps) {
  if (size.kind === 'unknown' || size.kind === 'failed') {
    return (
      <div className="max-w-40 text-right">
        <Button size="small" onClick={onMeasure} aria-label={`Measure: ${label}`}>
          Measure
        </Button>
        {size.kind === 'failed' && (
          <p role="alert" className="mt-1 text-bad text-xs">
            {size.message}
          </p>
        )}
      </div>
    );
  }
  return (
    <p
      className="whitespace-nowrap text-muted text-right tabular-nums"
      aria-live={size.kind === 'known' ? 'polite' : 'off'}
    >
      {size.kind === 'known' ? (
        formatBytes(size.bytes)
      ) : (
        <>
          {formatBytes(size.bytes)}…<span className="sr-only"> so far</span>
        </>
      )}
    </p>
  );
}
