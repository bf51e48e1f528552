'use client';

import '@xterm/xterm/css/xterm.css';
import { Tabs } from 'radix-ui';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Session } from '../playground/session';
import { useCell } from '../state/cell';
import { deskOf } from './desk-of';
import { EditorsSwitch } from './editors-switch';
import { emptyText } from './empty-text';
import { SearchBox } from './search-box';
import { TabList } from './tab-list';
import { TerminalNotice } from './terminal-notice';
import { rightsOf } from './terminal-rights';
import { TerminalScreen } from './terminal-screen';
import { TerminalToolbar } from './terminal-toolbar';
import { useFocusAfterChange } from './use-focus-after-change';

interface TerminalPanelProps {
  session: Session;
}

/** psql and shells in the machine, as tabs. They go on while the panel is away. */
export function TerminalPanel({ session }: TerminalPanelProps) {
  const desk = deskOf(session);
  const tabs = useCell(desk.tabs, []);
  const chosen = useCell(desk.chosen, undefined);
  const reach = useCell(desk.reach, desk.reach.get());
  const listing = useCell(desk.listing, desk.listing.get());
  const seat = useCell(session.seat, session.seat.get());
  useCell(session.desk.session, { kind: 'away' });
  const rights = rightsOf(session);
  const [isSearching, setSearching] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const newPsql = useRef<HTMLButtonElement>(null);
  const hint = useId();
  useFocusAfterChange(tabs, chosen, newPsql);
  // Whoever looks sees what other pages have opened meanwhile.
  useEffect(() => void desk.refresh(), [desk]);
  const events = useMemo(
    () => ({
      leave: () =>
        panel.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus(),
      search: () => setSearching(true),
    }),
    [],
  );
  const endSearch = () => {
    setSearching(false);
    chosen?.screen.focus();
  };
  return (
    <section ref={panel} aria-label="Terminals" className="flex h-full min-h-0 flex-col">
      <Tabs.Root
        value={chosen?.name ?? ''}
        onValueChange={(name) => {
          const tab = tabs.find((one) => one.name === name);
          if (tab) desk.choose(tab);
        }}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TerminalToolbar
          rights={rights}
          isReached={reach.kind === 'open'}
          hasTerminal={chosen !== undefined}
          newPsql={newPsql}
          onNew={(kind) => desk.openNew(kind)}
          onSearch={() => setSearching(true)}
          onClose={() => chosen && desk.close(chosen)}
        >
          {tabs.length > 0 && <TabList tabs={tabs} onClose={(tab) => desk.close(tab)} />}
        </TerminalToolbar>
        {chosen && isSearching && (
          <SearchBox key={chosen.name} screen={chosen.screen} onClose={endSearch} />
        )}
        {chosen ? (
          <Tabs.Content
            value={chosen.name}
            tabIndex={-1}
            className="flex min-h-0 flex-1 flex-col outline-none"
          >
            <div className="relative min-h-0 flex-1 bg-surface">
              <TerminalScreen
                key={chosen.name}
                screen={chosen.screen}
                hint={hint}
                events={events}
              />
            </div>
            <TerminalNotice key={`${chosen.name} notice`} desk={desk} tab={chosen} />
          </Tabs.Content>
        ) : (
          <p className="min-h-0 flex-1 p-3 text-muted text-sm text-pretty">
            {emptyText(reach, listing, rights)}
          </p>
        )}
      </Tabs.Root>
      <footer className="flex flex-wrap justify-between gap-x-4 border-line border-t px-3 py-0.5 text-muted text-xs">
        <span id={hint}>
          F6 leaves the terminal. Ctrl+Shift+C copies, Ctrl+Shift+V pastes, Ctrl+Shift+F searches.
        </span>
        {session.identity.kind === 'owner' && seat.kind === 'host' && (
          <EditorsSwitch
            playground={session.identity.credentials.playground}
            machine={seat.machine}
            desk={desk}
          />
        )}
      </footer>
    </section>
  );
}
