import * as Y from 'yjs';
import { rootsOf } from './roots';

export interface NotebookWatcher {
  /** Something `readNotebook` reads has changed: title, cells, their order or settings, values. Not a cell's text. */
  structure(): void;
  /** The shared results of these cells have changed or are gone. */
  results(cells: ReadonlySet<string>): void;
}

/** Tells once a transaction what has changed. @returns stops it */
export function watchNotebook(doc: Y.Doc, watcher: NotebookWatcher): () => void {
  const { meta, cells, results, values } = rootsOf(doc);
  const isStructure = (type: unknown): boolean =>
    type === meta ||
    type === cells ||
    type === values ||
    (type instanceof Y.Map && type.parent === cells);
  const listener = ({ changed }: Y.Transaction): void => {
    let structure = false;
    for (const [type, keys] of changed as Map<unknown, Set<string | null>>) {
      structure ||= isStructure(type);
      if (type !== results) continue;
      watcher.results(new Set([...keys].filter((key) => key !== null)));
    }
    if (structure) watcher.structure();
  };
  doc.on('afterTransaction', listener);
  return () => doc.off('afterTransaction', listener);
}
