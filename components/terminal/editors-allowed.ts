/** Whether the owner lets editors open terminals in a playground's machine: kept in the owner's browser, no by default. */
export function mayEditorsOpen(playground: string): boolean {
  try {
    return localStorage.getItem(keyOf(playground)) === 'yes';
  } catch {
    return false;
  }
}

export function keepEditorsMayOpen(playground: string, allowed: boolean): void {
  try {
    if (allowed) localStorage.setItem(keyOf(playground), 'yes');
    else localStorage.removeItem(keyOf(playground));
  } catch {
    // Without storage it lasts as long as the page.
  }
}

function keyOf(playground: string): string {
  return `warren.terminals.editors.${playground}`;
}
