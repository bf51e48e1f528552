'use client';

import { useState } from 'react';
import { Button } from '../ui/button';
import { SettingForm } from './setting-form';
import type { Setting } from './settings-sql';

interface SettingRowProps {
  setting: Setting;
  /** Runs an ALTER SYSTEM; rejects with PostgreSQL's error. */
  onChange: (statement: string) => Promise<void>;
}

/** A setting, and the form that changes it. */
export function SettingRow({ setting, onChange }: SettingRowProps) {
  const [isOpen, setOpen] = useState(false);
  const { name, value, unit, description, context, isPending } = setting;
  return (
    <li className="px-3 py-2 text-[13px]">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="font-medium font-mono">{name}</span>
        <span className="min-w-0 break-all font-mono">
          {value === '' ? <span className="text-muted">empty</span> : value}{' '}
          <span className="text-muted">{/^\d/.test(unit) ? `× ${unit}` : unit}</span>
        </span>
        {isPending && <Badge>waits for a restart</Badge>}
        {context === 'postmaster' && !isPending && <Badge>needs a restart</Badge>}
        {context !== 'internal' && (
          <Button
            size="small"
            className="ml-auto"
            aria-expanded={isOpen}
            aria-label={`Change ${name}`}
            onClick={() => setOpen((open) => !open)}
          >
            Change
          </Button>
        )}
      </div>
      <p className="text-muted text-pretty">{description}</p>
      {isOpen && (
        <SettingForm setting={setting} onChange={onChange} onDone={() => setOpen(false)} />
      )}
    </li>
  );
}

function Badge({ children }: { children: string }) {
  return (
    <span className="rounded-sm bg-warn-soft px-1.5 py-0.5 text-[11px] text-warn">{children}</span>
  );
}
