import type * as Y from 'yjs';
import { type CarriedNotebook, replaceNotebook } from './carried';
import type { Outcome } from './outcome';
import { SHOP } from './templates/shop';
import { TOUR } from './templates/tour';

/** A starting point for a new notebook. */
export interface Template {
  readonly id: 'empty' | 'tour' | 'shop';
  /** For a list to choose from. */
  readonly name: string;
  readonly description: string;
  readonly notebook: CarriedNotebook;
}

const EMPTY: CarriedNotebook = { title: '', cells: [{ kind: 'sql', text: '' }], values: new Map() };

export const TEMPLATES: readonly Template[] = [
  {
    id: 'empty',
    name: 'Empty',
    description: 'One SQL cell, and an empty database.',
    notebook: EMPTY,
  },
  {
    id: 'tour',
    name: 'Tour',
    description: 'What Warren can do, in eight cells to run.',
    notebook: TOUR,
  },
  {
    id: 'shop',
    name: 'Sample shop',
    description: 'A shop’s customers, products and orders, and 20 exercises on them.',
    notebook: SHOP,
  },
];

/** Makes the notebook what the template says; whatever it held goes (undo brings it back). */
export function applyTemplate(doc: Y.Doc, template: Template): Outcome<readonly string[]> {
  return replaceNotebook(doc, template.notebook);
}
