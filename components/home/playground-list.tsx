'use client';

import type { OwnedPlayground } from '../playgrounds/codec';
import { playgrounds } from '../playgrounds/store';
import { useCell } from '../state/cell';
import { KeptStorage } from './kept-storage';
import { PlaygroundRow } from './playground-row';
import { useShelved } from './use-shelved';

/** The playgrounds that were made in this browser, with what it keeps of their machines. */
export function PlaygroundList() {
  const known = useCell<readonly OwnedPlayground[] | null>(playgrounds, null);
  const { state, look } = useShelved();
  const shelved = state.kind === 'known' ? state.shelved : undefined;
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
            Kept in this browser: the machine, your queries and the links. Opened again, a machine
            continues where it was saved.
          </p>
          {state.kind === 'refused' && (
            <p className="mt-1 text-bad text-sm">
              What is kept of the machines cannot be read just now. {state.message}
            </p>
          )}
          <ul
            aria-labelledby="my-playgrounds"
            className="mt-3 divide-y divide-line rounded-md border border-line bg-surface"
          >
            {known.map((playground) => (
              <PlaygroundRow
                key={playground.id}
                playground={playground}
                machine={shelved?.machines.get(playground.id)}
                runsHere={shelved?.running.has(playground.id) ?? false}
                onChanged={look}
              />
            ))}
          </ul>
          <KeptStorage shelved={shelved} />
        </>
      )}
    </section>
  );
}
