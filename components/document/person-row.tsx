import type { ReactNode } from 'react';
import { initials } from './person-name';
import type { Person } from './types';

interface PersonRowProps {
  person: Person;
  /** Counted from 1; undefined when they are in none that is shown. */
  cellNumber: number | undefined;
  action: ReactNode;
  /** Stands below. */
  children?: ReactNode;
}

export function PersonRow({ person, cellNumber, action, children }: PersonRowProps) {
  return (
    <li className="text-[13px]">
      <div className="flex items-center gap-2">
        <Avatar person={person} />
        <div className="min-w-0 flex-1 leading-tight">
          <p className="truncate">
            <span className="font-medium">{person.name}</span>
            {person.isMe && <span className="text-muted"> (you)</span>}
          </p>
          <p className="truncate text-muted text-xs">
            {person.role}
            {cellNumber !== undefined && `, in cell ${cellNumber}`}
          </p>
        </div>
        {action}
      </div>
      {children}
    </li>
  );
}

function Avatar({ person }: { person: Person }) {
  return (
    <span
      aria-hidden="true"
      style={{ backgroundColor: person.colour }}
      className="flex size-7 shrink-0 items-center justify-center rounded-full font-semibold text-[11px] text-white"
    >
      {initials(person.name)}
    </span>
  );
}
