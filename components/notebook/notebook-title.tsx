'use client';

import { useEffect, useRef } from 'react';
import { MAX_TITLE } from '@/lib/notebook/limits';
import type { NotebookActions } from './notebook-actions';

interface NotebookTitleProps {
  actions: NotebookActions | undefined;
  /** As it is, or what stands in for it. */
  title: string;
  mayEdit: boolean;
}

/** The notebook's title, changed where it stands. */
export function NotebookTitle({ actions, title, mayEdit }: NotebookTitleProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const { current } = field;
    if (current && current !== current.ownerDocument.activeElement) current.value = title;
  }, [title]);
  if (!actions || !mayEdit) {
    return <h1 className="min-w-0 truncate px-1.5 font-medium">{title}</h1>;
  }
  return (
    <>
      <h1 className="sr-only">{title}</h1>
      <input
        ref={field}
        aria-label="Title"
        defaultValue={title}
        maxLength={MAX_TITLE}
        spellCheck={false}
        autoComplete="off"
        onBlur={({ target }) => {
          const written = target.value.trim();
          if (written === '') target.value = title;
          else if (written !== title) actions.setTitle(written);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.value = title;
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
        className="field-sizing-content min-w-24 max-w-full truncate rounded-md border border-transparent bg-transparent px-1.5 py-0.5 font-medium hover:border-line-strong focus:bg-surface"
      />
    </>
  );
}
