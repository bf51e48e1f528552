let overlay: HTMLElement | undefined;

/** The one place of all editors for what stands out of a cell: suggestions, hovers. */
export function monacoOverlay(): HTMLElement {
  if (!overlay) {
    overlay = document.createElement('div');
    // Monaco styles its widgets by this class of an ancestor.
    overlay.className = 'monaco-editor monaco-overlay';
    document.body.append(overlay);
  }
  return overlay;
}
