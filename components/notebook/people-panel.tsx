'use client';

import { useEffect, useState } from 'react';
import { People } from '../document/people';
import { useFollow } from '../document/use-follow';
import { Panel } from '../ui/panel';
import type { NotebookActions } from './notebook-actions';

/** Who is here. Whoever is followed keeps their cell in view, until one scrolls away. */
export function PeoplePanel({ actions }: { actions: NotebookActions }) {
  const [following, setFollowing] = useState<number>();
  useFollow(actions.document, following, (cell) => actions.places.show(cell));
  useEffect(() => {
    if (following === undefined) return;
    const end = () => setFollowing(undefined);
    const listening = new AbortController();
    window.addEventListener('wheel', end, { passive: true, signal: listening.signal });
    window.addEventListener('touchmove', end, { passive: true, signal: listening.signal });
    return () => listening.abort();
  }, [following]);
  return (
    <Panel title="Who is here">
      <People document={actions.document} following={following} onFollow={setFollowing} />
    </Panel>
  );
}
