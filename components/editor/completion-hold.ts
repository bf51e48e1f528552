import { registerCompletion } from '../completion/register';
import type { CatalogueStore } from '../schema/catalogue-store';
import { monaco } from './monaco-setup';

const held = new Map<CatalogueStore, { editors: number; readonly drop: () => void }>();

/** Monaco's providers serve all editors of a language: one registration for as long as a catalogue has an editor. */
export function holdCompletion(catalogue: CatalogueStore): () => void {
  const present = held.get(catalogue);
  const hold = present ?? { editors: 0, drop: registerCompletion(monaco, catalogue) };
  hold.editors++;
  held.set(catalogue, hold);
  return () => {
    hold.editors--;
    if (hold.editors > 0) return;
    held.delete(catalogue);
    hold.drop();
  };
}
