'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { errorText } from './error-text';
import { alterSystem, effectOf, resetSystem, type Setting } from './settings-sql';

interface SettingFormProps {
  setting: Setting;
  onChange: (statement: string) => Promise<void>;
  onDone: () => void;
}

type Progress =
  | { readonly kind: 'asked' }
  | { readonly kind: 'working' }
  | { readonly kind: 'refused'; readonly message: string };

const FIELD =
  'h-8 min-w-0 rounded-md border border-line-strong bg-raised px-2 font-mono text-[13px]';

/** Changes one setting for the server, or takes such a change back. */
export function SettingForm({ setting, onChange, onDone }: SettingFormProps) {
  const [value, setValue] = useState(setting.value);
  const [progress, setProgress] = useState<Progress>({ kind: 'asked' });
  const run = async (statement: string) => {
    setProgress({ kind: 'working' });
    try {
      await onChange(statement);
      onDone();
    } catch (thrown) {
      setProgress({ kind: 'refused', message: errorText(thrown) });
    }
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    // Without a unit PostgreSQL takes the setting's own, which is what the value is shown in.
    void run(alterSystem(setting.name, value));
  };
  const isWorking = progress.kind === 'working';
  const label = `New value of ${setting.name}`;
  const choices = setting.type === 'bool' ? ['on', 'off'] : setting.choices;
  return (
    <form onSubmit={apply} className="mt-2 space-y-2">
      <div className="flex flex-wrap items-center gap-2">
        {choices.length > 0 ? (
          <select
            aria-label={label}
            value={value}
            onChange={(event) => setValue(event.target.value)}
            className={FIELD}
          >
            {choices.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        ) : (
          <input
            aria-label={label}
            value={value}
            spellCheck={false}
            onChange={(event) => setValue(event.target.value)}
            className={`${FIELD} flex-1 basis-40`}
          />
        )}
        <Button type="submit" look="primary" size="small" disabled={isWorking}>
          Apply
        </Button>
        <Button
          size="small"
          disabled={isWorking}
          aria-label={`Reset ${setting.name}`}
          onClick={() => void run(resetSystem(setting.name))}
        >
          Reset
        </Button>
        <Button size="small" look="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
      <p className="text-muted text-xs text-pretty">
        {effectOf(setting)} {rangeText(setting)}
      </p>
      {progress.kind === 'refused' && (
        <Notice tone="bad" announce="alert" title="Nothing was changed">
          {progress.message}
        </Notice>
      )}
    </form>
  );
}

function rangeText({ type, lowest, highest, unit }: Setting): string {
  if (type !== 'integer' && type !== 'real') return '';
  const inUnits = unit === '' ? '' : ` (${unit}, or with a unit of your own, e.g. 64MB or 5s)`;
  return `From ${lowest} to ${highest}${inUnits}.`;
}
