'use client';

import { Tabs } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import type { Session } from '../playground/session';
import { Button } from '../ui/button';
import { DOCK_TABS, type DockTab } from './dock-memory';
import { DOCK_PANELS } from './dock-panels';
import { LazyPanel } from './lazy-panel';

export interface DockTabsProps {
  session: Session;
  tab: DockTab;
  isOpen: boolean;
  /** The focus goes to the tabs. */
  isAskedFor: boolean;
  onTab: (tab: DockTab) => void;
  onClose: () => void;
}

/** The dock's tabs. A panel that was opened once stays, hidden: what it holds, a terminal's text say, lives on. */
export function DockTabs({ session, tab, isOpen, isAskedFor, onTab, onClose }: DockTabsProps) {
  const [opened, setOpened] = useState<readonly DockTab[]>([tab]);
  const list = useRef<HTMLDivElement>(null);
  if (!opened.includes(tab)) setOpened([...opened, tab]);
  useEffect(() => {
    if (isAskedFor) list.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }, [isAskedFor]);
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(value) => {
        const chosen = DOCK_TABS.find((one) => one === value);
        if (chosen) onTab(chosen);
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex items-center justify-between gap-2 border-line border-b px-2">
        <Tabs.List ref={list} aria-label="Tools" className="flex min-w-0 overflow-x-auto">
          {DOCK_TABS.map((one) => (
            <Tabs.Trigger
              key={one}
              value={one}
              className="shrink-0 border-transparent border-b-2 px-3 py-1.5 text-muted text-sm -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
            >
              {DOCK_PANELS[one].label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Button size="small" look="quiet" onClick={onClose}>
          Hide
        </Button>
      </div>
      {DOCK_TABS.map((one) => (
        <Tabs.Content
          key={one}
          value={one}
          forceMount
          className="min-h-0 flex-1 overflow-auto outline-none data-[state=inactive]:hidden"
        >
          {opened.includes(one) && (
            <LazyPanel
              panel={DOCK_PANELS[one]}
              session={session}
              isActive={isOpen && one === tab}
            />
          )}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
