'use client';

import { type ReactNode, useId, useRef, useState } from 'react';
import { Button } from './button';
import { copyText } from './copy-text';

interface CopyFieldProps {
  label: string;
  value: string;
  /** Below the field: what the text is good for. */
  hint?: string;
  /** Stands beside the hint. */
  aside?: ReactNode;
}

/** A text to take away. Where the browser refuses the clipboard it is selected, ready for Ctrl+C. */
export function CopyField({ label, value, hint, aside }: CopyFieldProps) {
  const field = useId();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const copy = async () => {
    const copied = await copyText(value);
    if (!copied) input.current?.select();
    setSaid(copied ? 'Copied' : 'Selected. Press Ctrl+C to copy.');
  };
  return (
    <div>
      <label htmlFor={field} className="font-medium text-sm">
        {label}
      </label>
      <div className="mt-1 flex gap-2">
        <input
          ref={input}
          id={field}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          className="h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-sunken px-2.5 font-mono text-[13px]"
        />
        <Button onClick={copy} aria-label={`Copy ${label}`}>
          Copy
        </Button>
      </div>
      <div className="mt-1.5 flex flex-wrap items-start gap-x-3 gap-y-1.5 text-muted text-xs">
        <span className="flex-1 text-pretty">{hint}</span>
        <span aria-live="polite" className="shrink-0 text-ok">
          {said}
        </span>
        {aside}
      </div>
    </div>
  );
}
