import { useCallback, useEffect, useState } from 'react';
import { type DockMemory, type DockTab, decodeDock, encodeDock, FIRST_MEMORY } from './dock-memory';

const KEY = 'warren.dock';
/** A tab that is reloaded has its dock as it was; a new one begins without. */
const OPEN_KEY = 'warren.dock.open';

export interface DockState extends DockMemory {
  readonly isOpen: boolean;
  /** Its turn on the page has come: one that was open before a reload waits until the page has time. */
  readonly isShown: boolean;
  /** Somebody has just opened it, so that the focus goes there. */
  readonly isAskedFor: boolean;
  toggle(): void;
  close(): void;
  choose(tab: DockTab): void;
  setHeight(height: number): void;
}

/**
 * The dock's state, with the keys that open and close it.
 * @param calm the page has time for a dock that was open before it was loaded again
 */
export function useDock(calm: boolean): DockState {
  const [isOpen, setOpen] = useState(false);
  const [isAskedFor, setAskedFor] = useState(false);
  const [memory, setMemory] = useState(FIRST_MEMORY);
  useEffect(() => {
    setMemory(decodeDock(tried(() => localStorage.getItem(KEY))));
    // Told at once, so that nobody presses the button to open what then opens by itself.
    setOpen(tried(() => sessionStorage.getItem(OPEN_KEY)) === 'yes');
  }, []);
  const show = useCallback((next: boolean) => {
    setOpen(next);
    setAskedFor(next);
    tried(() => sessionStorage.setItem(OPEN_KEY, next ? 'yes' : 'no'));
  }, []);
  const keep = (next: DockMemory) => {
    setMemory(next);
    tried(() => localStorage.setItem(KEY, encodeDock(next)));
  };
  useDockKeys(useCallback(() => show(!isOpen), [show, isOpen]));
  return {
    ...memory,
    isOpen,
    isShown: isOpen && (calm || isAskedFor),
    isAskedFor,
    toggle: () => show(!isOpen),
    close: () => show(false),
    choose: (tab) => keep({ ...memory, tab }),
    setHeight: (height) => keep({ ...memory, height }),
  };
}

/** Ctrl and the key left of 1, before an editor or a terminal hears it. */
function useDockKeys(toggle: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { ctrlKey, altKey, metaKey, shiftKey, code } = event;
      if (!ctrlKey || altKey || metaKey || shiftKey || code !== 'Backquote') return;
      event.preventDefault();
      event.stopPropagation();
      toggle();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [toggle]);
}

/** What the browser refuses to keep lasts as long as the page. */
function tried<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
