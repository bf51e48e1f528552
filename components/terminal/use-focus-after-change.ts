import { type RefObject, useEffect, useRef } from 'react';
import type { TerminalTab } from './terminal-tab';
import type { XtermScreen } from './xterm-screen';

/**
 * Puts the focus into a terminal that somebody has just opened, and into the next one when one is closed; where none is left,
 * on the button that opens one. What comes by itself, from a machine that continues, takes no focus.
 */
export function useFocusAfterChange(
  tabs: readonly TerminalTab<XtermScreen>[],
  chosen: TerminalTab<XtermScreen> | undefined,
  button: RefObject<HTMLButtonElement | null>,
): void {
  const before = useRef(tabs);
  useEffect(() => {
    const opened = tabs.find((tab) => !before.current.includes(tab));
    const wasClosed = tabs.length < before.current.length;
    before.current = tabs;
    if (wasClosed) {
      if (chosen) chosen.screen.focus();
      else button.current?.focus();
    } else if (opened && opened === chosen && opened.origin === 'new') opened.screen.focus();
  }, [tabs, chosen, button]);
}
