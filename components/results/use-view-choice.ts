import { useMemo, useState } from 'react';
import type { ResultViewChoice } from '@/lib/notebook/types';

/**
 * How a result is looked at: as the cell keeps it, or as this reader chose since. Who may not edit chooses for
 * this page alone; who may writes it into the cell.
 */
export function useViewChoice(
  kept: ResultViewChoice | undefined,
  mayEdit: boolean,
  onView: (view: ResultViewChoice) => void,
): readonly [ResultViewChoice | undefined, (view: ResultViewChoice) => void] {
  // The document is read anew at each change of it; the same choice stays the same object.
  const text = JSON.stringify(kept);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text tells whether it is another choice
  const stable = useMemo(() => kept, [text]);
  const [own, setOwn] = useState<{
    readonly view: ResultViewChoice;
    readonly over: string | undefined;
  }>();
  const choose = (view: ResultViewChoice): void => {
    setOwn({ view, over: text });
    if (mayEdit) onView(view);
  };
  // Somebody's later choice in the cell is what everybody sees.
  return [own && own.over === text ? own.view : stable, choose];
}
