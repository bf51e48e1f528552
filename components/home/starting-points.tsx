'use client';

import { useId } from 'react';
import type { Template } from '@/lib/notebook/templates';

/** A template without what it holds, which only the page that begins with it needs. */
export type StartingPoint = Pick<Template, 'id' | 'name' | 'description'>;

interface StartingPointsProps {
  points: readonly StartingPoint[];
  chosen: StartingPoint['id'];
  disabled: boolean;
  onChoose: (id: StartingPoint['id']) => void;
}

/** What a new playground's notebook begins with. */
export function StartingPoints({ points, chosen, disabled, onChoose }: StartingPointsProps) {
  const name = useId();
  return (
    <fieldset disabled={disabled} className="mt-5">
      <legend className="text-muted text-sm">It begins with</legend>
      <div className="mt-2 grid gap-2 sm:grid-cols-3">
        {points.map(({ id, name: label, description }) => (
          <label
            key={id}
            className="flex cursor-pointer items-start gap-2.5 rounded-md border border-line bg-surface px-3 py-2.5 text-sm hover:border-line-strong has-checked:border-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              checked={chosen === id}
              aria-label={label}
              onChange={() => onChoose(id)}
              className="mt-1 accent-accent"
            />
            <span>
              <span className="block font-medium">{label}</span>
              <span className="block text-muted text-pretty text-[13px]">{description}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
