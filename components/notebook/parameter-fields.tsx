'use client';

import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { parameterNames } from '@/lib/notebook/parameters';
import type { NotebookActions } from './notebook-actions';
import { ValueField } from './value-field';

/** A pause in typing, after which the text is searched for parameters again. */
const SEARCH_DELAY_MS = 200;

interface ParameterFieldsProps {
  actions: NotebookActions;
  text: Y.Text;
  mayEdit: boolean;
}

/** A field for each `:name` of a cell. The values are the notebook's: the same name is the same value everywhere. */
export function ParameterFields({ actions, text, mayEdit }: ParameterFieldsProps) {
  const names = useParameterNames(text);
  if (names.length === 0) return null;
  return (
    <div
      data-cell-editor
      className="flex flex-wrap gap-x-4 gap-y-2 border-line border-b bg-page px-3 py-2"
    >
      {names.map((name) => (
        <ValueField key={name} actions={actions} name={name} mayEdit={mayEdit} />
      ))}
    </div>
  );
}

function useParameterNames(text: Y.Text): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const search = () => {
      const found = [...new Set(parameterNames(text.toString()).map(({ name }) => name))];
      setNames((known) => (known.join(' ') === found.join(' ') ? known : found));
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(search, SEARCH_DELAY_MS);
    };
    search();
    text.observe(later);
    return () => {
      clearTimeout(timer);
      text.unobserve(later);
    };
  }, [text]);
  return names;
}
