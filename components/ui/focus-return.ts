/**
 * Remembers where the focus is, and gives it back there. What had it may be gone by then, as a deleted file's row is: the
 * place it stood in, marked `data-focus-home`, takes it instead: by its row in the order of Tab, else by a button.
 */
export function focusReturn(): () => void {
  const before = typeof document === 'undefined' ? null : document.activeElement;
  const home = before?.closest('[data-focus-home]');
  return () => {
    const target = before?.isConnected
      ? before
      : (home?.querySelector(CURRENT_ROW) ?? home?.querySelector(ANY_BUTTON));
    if (target instanceof HTMLElement) target.focus();
  };
}

const CURRENT_ROW = '[data-entry][tabindex="0"]';
const ANY_BUTTON = 'button:not(:disabled):not([tabindex="-1"])';
