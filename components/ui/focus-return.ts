/**
 * Remembers where the focus is, and gives it back there. What had it may be gone by then, as a deleted file's row is: the
 * place it stood in, marked `data-focus-home`, takes it instead, at what Tab comes to first.
 */
export function focusReturn(): () => void {
  const before = typeof document === 'undefined' ? null : document.activeElement;
  const home = before?.closest('[data-focus-home]');
  return () => {
    const target = before?.isConnected ? before : home?.querySelector(REACHED_BY_TAB);
    if (target instanceof HTMLElement) target.focus();
  };
}

/** In a list with one row in the order of Tab, that row. */
const REACHED_BY_TAB = '[data-entry][tabindex="0"], button:not(:disabled):not([tabindex="-1"])';
