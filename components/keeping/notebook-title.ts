import type { NotebookDocument } from '../document/types';
import { findPlayground } from '../playgrounds/store';
import { playgroundTitle } from '../playgrounds/title';

/** What the notebook is called: its title, else what this browser calls its playground. */
export function notebookTitle(notebook: NotebookDocument, playground: string): string {
  const { title } = notebook.notebook.get();
  if (title !== '') return title;
  return playgroundTitle({ id: playground, name: findPlayground(playground)?.name ?? '' });
}
