import type { TerminalEntry } from '@/lib/machine/terminal-list';
import { isEditorsTerminal } from '@/lib/machine/terminal-policy';
import type { TabState } from './terminal-tab';

/** A tab of the page, as far as the machine's terminals concern it. */
export interface TabView {
  readonly name: string;
  readonly state: TabState;
  /** It has been attached once, so that its program was there. */
  readonly wasOpen: boolean;
}

/** What the page has to do once it knows which terminals the machine has. */
export interface Changes {
  /** Tabs to attach, or to start where the machine has never had them. */
  readonly attach: readonly string[];
  /** Tabs whose terminal the machine has no more. */
  readonly gone: readonly string[];
  /** Terminals without a tab yet. One that somebody is attached to is shown, and left to them. */
  readonly add: readonly TerminalEntry[];
  /** Terminals of editors, which an owner's page does not open. */
  readonly editors: readonly TerminalEntry[];
}

/**
 * Compares the page's tabs with the machine's terminals.
 * @param isOurs whether a terminal that is not an editor's is this page's to show
 */
export function reconcile(
  tabs: readonly TabView[],
  list: readonly TerminalEntry[],
  isOurs: (entry: TerminalEntry) => boolean,
): Changes {
  const isThere = ({ name }: TabView) => list.some(({ terminal }) => terminal === name);
  const away = tabs.filter(({ state }) => state.kind === 'away');
  const watched = tabs.filter(({ state }) => state.kind === 'away' || state.kind === 'taken');
  const ours = list.filter((entry) => !isEditorsTerminal(entry));
  return {
    attach: away.filter((tab) => isThere(tab) || !tab.wasOpen).map(({ name }) => name),
    gone: watched.filter((tab) => !isThere(tab) && tab.wasOpen).map(({ name }) => name),
    add: ours.filter((entry) => isOurs(entry) && !tabs.some(({ name }) => name === entry.terminal)),
    editors: list.filter(isEditorsTerminal),
  };
}
