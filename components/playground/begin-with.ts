import type { Template } from '@/lib/notebook/templates';
import type { NotebookDocument } from '../document/types';

/**
 * Fetches what a template holds; resolves with what fills a new notebook with it. Undefined for the empty one, which
 * a notebook is from the seed on.
 */
export async function beginWith(
  id: Template['id'],
): Promise<((notebook: NotebookDocument) => void) | undefined> {
  if (id === 'empty') return undefined;
  const { applyTemplate, TEMPLATES } = await import('@/lib/notebook/templates');
  const template = TEMPLATES.find((one) => one.id === id);
  if (!template) return undefined;
  return (notebook) => {
    notebook.change((doc) => void applyTemplate(doc, template));
    // It is where the notebook begins: nobody has typed it, so there is nothing to undo.
    notebook.undo.clear();
  };
}
