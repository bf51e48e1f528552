'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button';
import { formatCount, plural } from '../../ui/format';

/** As many elements as a page lays out without a pause. */
const PAGE = 100;

interface ShowMoreProps<T> {
  items: readonly T[];
  /** An element of the list. */
  children: (item: T, index: number) => ReactNode;
}

/** The first of many items of a list, and a button that brings the next. */
export function ShowMore<T>({ items, children }: ShowMoreProps<T>) {
  const [shown, setShown] = useState(PAGE);
  const rest = items.length - shown;
  return (
    <>
      {items.slice(0, shown).map(children)}
      {rest > 0 && (
        <li className="list-none">
          <Button size="small" className="my-1" onClick={() => setShown(shown + PAGE)}>
            Show {formatCount(Math.min(PAGE, rest))} more of {plural(items.length, 'item')}
          </Button>
        </li>
      )}
    </>
  );
}
