'use client';

import { useState } from 'react';
import type { Notebook } from '@/lib/notebook/types';
import { useCell } from '../state/cell';
import { Button } from '../ui/button';
import { PersonRow } from './person-row';
import { RenameSelf } from './rename-self';
import type { NotebookDocument, Person } from './types';

/** Rows that are shown: a class fits, a lecture hall would only be scrolled past. */
const MOST_ROWS = 60;

const NOBODY: readonly Person[] = [];
const EMPTY: Notebook = { title: '', cells: [], values: new Map(), standing: 'empty' };

interface PeopleProps {
  document: NotebookDocument;
  /** The id of the person whose cell is kept in view. */
  following: number | undefined;
  onFollow: (id: number | undefined) => void;
}

/** Who looks at the notebook now, where they are, and a way to go with them. */
export function People({ document, following, onFollow }: PeopleProps) {
  const people = useCell(document.people, NOBODY);
  const notebook = useCell(document.notebook, EMPTY);
  const [mode, setMode] = useState<'shown' | 'renaming' | 'renamed'>('shown');
  const numbers = new Map(notebook.cells.map(({ id }, index) => [id, index + 1]));
  const hidden = Math.max(0, people.length - MOST_ROWS);
  return (
    <>
      <ul aria-label="People" className="flex flex-col gap-1.5">
        {people.slice(0, MOST_ROWS).map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            cellNumber={person.cell === undefined ? undefined : numbers.get(person.cell)}
            action={
              person.isMe ? (
                mode !== 'renaming' && (
                  <Button
                    size="small"
                    look="quiet"
                    // The focus comes back to where it was when the form goes.
                    autoFocus={mode === 'renamed'}
                    aria-label="Rename yourself"
                    onClick={() => setMode('renaming')}
                  >
                    Rename
                  </Button>
                )
              ) : (
                <Button
                  size="small"
                  look={following === person.id ? 'primary' : 'quiet'}
                  aria-pressed={following === person.id}
                  aria-label={`Follow ${person.name}`}
                  onClick={() => onFollow(following === person.id ? undefined : person.id)}
                >
                  {following === person.id ? 'Following' : 'Follow'}
                </Button>
              )
            }
          >
            {person.isMe && mode === 'renaming' && (
              <RenameSelf
                name={person.name}
                onRename={(name) => document.rename(name)}
                onDone={() => setMode('renamed')}
              />
            )}
          </PersonRow>
        ))}
      </ul>
      {hidden > 0 && <p className="mt-2 text-[13px] text-muted">and {hidden} more</p>}
      {people.length === 0 && (
        <p className="text-[13px] text-muted">Shown when the server is reached.</p>
      )}
    </>
  );
}
