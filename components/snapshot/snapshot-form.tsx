'use client';

import { type ReactNode, useId } from 'react';
import { MAX_TITLE_LENGTH } from '@/lib/snapshot/codec/header';
import { INPUT, SELECT } from '../csv/field-looks';
import { CheckField } from '../ui/option-fields';
import { asTemplate, type Choices, expiriesUpTo, OPENINGS, settledTtl } from './choices';
import { NOTE_LENGTH } from './machine-file';

interface SnapshotFormProps {
  choices: Choices;
  /** How long this server keeps snapshots; undefined while it is not known. */
  ttlMaxSeconds: number | undefined;
  onChange: (choices: Choices) => void;
}

/** Title, note, whether it is a template, and how long and how often the link opens. */
export function SnapshotForm({ choices, ttlMaxSeconds, onChange }: SnapshotFormProps) {
  const id = useId();
  const { title, note, isTemplate, maxOpenings } = choices;
  const expiries = expiriesUpTo(ttlMaxSeconds);
  return (
    <div className="space-y-3 text-sm">
      <div>
        <label htmlFor={`${id}-title`} className="font-medium">
          Title
        </label>
        <input
          id={`${id}-title`}
          className={`${INPUT} mt-1 font-sans`}
          value={title}
          maxLength={MAX_TITLE_LENGTH}
          onChange={({ target }) => onChange({ ...choices, title: target.value })}
        />
      </div>
      <div>
        <label htmlFor={`${id}-note`} className="font-medium">
          Note
        </label>
        <textarea
          id={`${id}-note`}
          className={`${INPUT} mt-1 block h-auto py-1.5 font-sans`}
          rows={2}
          value={note}
          maxLength={NOTE_LENGTH}
          placeholder="What to look at. Read before it is opened."
          onChange={({ target }) => onChange({ ...choices, note: target.value })}
        />
      </div>
      <CheckField
        label="Template for a workshop"
        hint={TEMPLATE_HINTS[choices.kind]}
        checked={isTemplate}
        onChange={(checked) => onChange(asTemplate(choices, checked))}
      />
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        <Select
          label="Expires after"
          value={String(settledTtl(choices.ttlSeconds, expiries))}
          onChange={(value) => onChange({ ...choices, ttlSeconds: Number(value) })}
        >
          {expiries.map(([seconds, name]) => (
            <option key={seconds} value={seconds}>
              {name}
            </option>
          ))}
        </Select>
        {!isTemplate && (
          <Select
            label="Can be opened"
            value={String(maxOpenings)}
            onChange={(value) => onChange({ ...choices, maxOpenings: Number(value) })}
          >
            {OPENINGS.map(([openings, name]) => (
              <option key={openings} value={openings}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </div>
    </div>
  );
}

const EVERYBODY =
  'Everybody who opens the link gets a machine of their own from it, however many they are.';
const TEMPLATE_HINTS: Readonly<Record<Choices['kind'], string>> = {
  machine: `${EVERYBODY} There, Reset to start brings back what this one is now.`,
  data: `${EVERYBODY} For a Reset to start that brings the data back, choose Whole machine.`,
};

interface SelectProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

function Select({ label, value, onChange, children }: SelectProps) {
  return (
    <label className="flex flex-col gap-1 font-medium">
      {label}
      <select
        className={`${SELECT} font-normal`}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        {children}
      </select>
    </label>
  );
}
