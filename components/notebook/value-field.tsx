'use client';

import { useCallback, useId, useSyncExternalStore } from 'react';
import type { InputChoice } from '@/lib/notebook/types';
import type { NotebookDocument } from '../document/types';
import type { NotebookActions } from './notebook-actions';

interface ValueFieldProps {
  actions: NotebookActions;
  name: string;
  mayEdit: boolean;
  /** What an input cell asks for; a plain text without one. */
  input?: InputChoice;
}

const LOOK =
  'h-8 min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono text-[13px] read-only:bg-sunken disabled:bg-sunken';

/** One parameter with its value. */
export function ValueField({ actions, name, mayEdit, input }: ValueFieldProps) {
  const field = useId();
  const value = useValue(actions.document, name);
  const write = (next: string) => actions.setValue(name, next);
  return (
    <div className="flex min-w-0 items-center gap-2">
      <label htmlFor={field} className="shrink-0 font-mono text-[13px] text-muted">
        :{name}
      </label>
      {input?.type === 'choice' ? (
        <select
          id={field}
          value={value}
          disabled={!mayEdit}
          onChange={(event) => write(event.target.value)}
          className={LOOK}
        >
          {!input.options.includes(value) && <option value={value}>{value || 'Choose…'}</option>}
          {input.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={field}
          // A number is checked where it is used: half of `-1.5e3` is none, and would not be kept.
          type={input?.type === 'date' ? 'date' : 'text'}
          inputMode={input?.type === 'number' ? 'decimal' : undefined}
          autoComplete="off"
          spellCheck={false}
          readOnly={!mayEdit}
          value={value}
          onChange={(event) => write(event.target.value)}
          className={`${LOOK} w-44`}
        />
      )}
    </div>
  );
}

function useValue({ notebook }: NotebookDocument, name: string): string {
  const look = useCallback(() => notebook.get().values.get(name) ?? '', [notebook, name]);
  return useSyncExternalStore(notebook.subscribe, look, () => '');
}
