'use client';

import type { OwnedPlayground } from '../playgrounds/codec';
import { playgrounds } from '../playgrounds/store';
import { useCell } from '../state/cell';
import { PlaygroundRow } from './playground-row';

export function PlaygroundList() {
  const known = useCell<readonly OwnedPlayground[] | null>(playgrounds, null);
  return (
    <section aria-labelledby="my-playgrounds">
      <h2 id="my-playgrounds" className="font-semibold text-lg">
        My playgrounds
      </h2>
      {known?.length === 0 && (
        <p className="mt-2 rounded-md border border-line border-dashed px-4 py-5 text-muted text-sm">
          None in this browser yet. The ones you make are listed here, so you find their links
          again.
        </p>
      )}
      {known && known.length > 0 && (
        <>
          <p className="mt-1 text-muted text-sm">
            Kept in this browser: the name, your queries and the links. A database ends with its
            tab, so one that does not run begins empty.
          </p>
          <ul className="mt-3 divide-y divide-line rounded-md border border-line bg-surface">
            {known.map((playground) => (
              <PlaygroundRow key={playground.id} playground={playground} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
