'use client';

import { useId, useImperativeHandle, useRef } from 'react';
import { isParameterName } from '@/lib/notebook/parameter-name';
import type { InputChoice } from '@/lib/notebook/types';
import type { CellBodyProps } from './cell-body';
import { ValueField } from './value-field';

const TYPES: readonly (readonly [InputChoice['type'], string])[] = [
  ['text', 'Text'],
  ['number', 'Number'],
  ['date', 'Date'],
  ['choice', 'Choice'],
];
const UNSET: InputChoice = { name: 'value', type: 'text', options: [] };
const LOOK = 'h-8 rounded-md border border-line-strong bg-surface px-2 text-[13px]';

/** Asks for a parameter that the notebook's SQL uses as `:name`. */
export function InputCell({ cell, actions, mayEdit, body }: CellBodyProps) {
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();
  const input = cell.input ?? UNSET;
  const change = (changed: Partial<InputChoice>) =>
    actions?.setInput(cell.id, { ...input, ...changed });

  useImperativeHandle(
    body,
    () => ({
      editor: () => undefined,
      startEditing: () => frame.current?.querySelector<HTMLElement>('input, select')?.focus(),
      stopEditing: () => {},
    }),
    [],
  );
  if (!actions) return null;
  return (
    <div ref={frame} data-cell-editor className="space-y-3 bg-surface px-4 py-3">
      <ValueField actions={actions} name={input.name} mayEdit={mayEdit} input={input} />
      {mayEdit && (
        <details className="text-[13px]">
          <summary className="w-fit cursor-pointer rounded-sm text-muted">What it asks for</summary>
          <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="flex items-center gap-2">
              <label htmlFor={`${id}-name`}>Name</label>
              <input
                key={input.name}
                id={`${id}-name`}
                defaultValue={input.name}
                spellCheck={false}
                autoComplete="off"
                onBlur={({ target }) => {
                  if (isParameterName(target.value)) change({ name: target.value });
                  else target.value = input.name;
                }}
                className={`${LOOK} w-36 font-mono`}
              />
            </span>
            <span className="flex items-center gap-2">
              <label htmlFor={`${id}-type`}>Kind</label>
              <select
                id={`${id}-type`}
                value={input.type}
                onChange={({ target }) => {
                  const chosen = TYPES.find(([type]) => type === target.value)?.[0];
                  if (chosen) change({ type: chosen });
                }}
                className={LOOK}
              >
                {TYPES.map(([type, name]) => (
                  <option key={type} value={type}>
                    {name}
                  </option>
                ))}
              </select>
            </span>
            {input.type === 'choice' && (
              <span className="flex min-w-0 flex-1 items-center gap-2">
                <label htmlFor={`${id}-options`} className="shrink-0">
                  Choices, with commas
                </label>
                <input
                  key={input.options.join()}
                  id={`${id}-options`}
                  defaultValue={input.options.join(', ')}
                  autoComplete="off"
                  onBlur={({ target }) => change({ options: optionsOf(target.value) })}
                  className={`${LOOK} min-w-40 flex-1`}
                />
              </span>
            )}
          </div>
        </details>
      )}
      <p className="text-muted text-xs">
        Write <code className="font-mono">:{input.name}</code> in an SQL cell to use it.
      </p>
    </div>
  );
}

function optionsOf(text: string): string[] {
  const options = text.split(',').map((option) => option.trim());
  return [...new Set(options.filter((option) => option !== ''))];
}
