'use client';

import { Tabs } from 'radix-ui';
import { useCell } from '../state/cell';
import type { TabState, TerminalTab } from './terminal-tab';
import type { XtermScreen } from './xterm-screen';

/** What a tab says of a terminal one does not see; nothing of one that is there. */
const MARKS: Readonly<Record<TabState['kind'], string>> = {
  attaching: '',
  open: '',
  away: 'away',
  taken: 'elsewhere',
  refused: 'refused',
  gone: 'gone',
  ended: 'ended',
};

interface TabListProps {
  tabs: readonly TerminalTab<XtermScreen>[];
  onClose: (tab: TerminalTab<XtermScreen>) => void;
}

/** The page's terminals as tabs; Delete closes the one that has the focus. */
export function TabList({ tabs, onClose }: TabListProps) {
  return (
    <Tabs.List aria-label="Open terminals" className="flex min-w-0 overflow-x-auto">
      {tabs.map((tab) => (
        <TabButton key={tab.name} tab={tab} onClose={() => onClose(tab)} />
      ))}
    </Tabs.List>
  );
}

interface TabButtonProps {
  tab: TerminalTab<XtermScreen>;
  onClose: () => void;
}

function TabButton({ tab, onClose }: TabButtonProps) {
  const mark = MARKS[useCell(tab.state, tab.state.get()).kind];
  return (
    <Tabs.Trigger
      value={tab.name}
      aria-keyshortcuts="Delete"
      onClick={() => tab.screen.focus()}
      onKeyDown={(event) => event.key === 'Delete' && onClose()}
      className="shrink-0 border-transparent border-b-2 px-2.5 py-1 text-[13px] text-muted -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
    >
      {tab.label} {tab.number}
      {mark && <span className="text-muted text-xs"> · {mark}</span>}
    </Tabs.Trigger>
  );
}
