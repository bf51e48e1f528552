'use client';

import { initials } from '../document/person-name';
import type { NotebookDocument, Person } from '../document/types';
import { useCell } from '../state/cell';

const NOBODY: readonly Person[] = [];
/** As many as fit beside a title; the panel lists all. */
const SHOWN = 5;

/** The others who look at the notebook, at a glance. */
export function PeopleAvatars({ document }: { document: NotebookDocument }) {
  const others = useCell(document.people, NOBODY).filter(({ isMe }) => !isMe);
  if (others.length === 0) return null;
  return (
    <div aria-hidden="true" className="flex shrink-0 items-center -space-x-1.5">
      {others.slice(0, SHOWN).map(({ id, name, colour }) => (
        <span
          key={id}
          title={name}
          style={{ backgroundColor: colour }}
          className="grid size-7 place-items-center rounded-full border-2 border-page font-semibold text-[11px] text-white"
        >
          {initials(name)}
        </span>
      ))}
      {others.length > SHOWN && (
        <span className="pl-3 text-[13px] text-muted">+{others.length - SHOWN}</span>
      )}
    </div>
  );
}
