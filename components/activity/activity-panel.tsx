'use client';

import { useEffect, useState } from 'react';
import type { DockPanelProps } from '../dock/dock-panels';
import type { Seat } from '../playground/seat';
import { useCell } from '../state/cell';
import { ActivitySession } from './activity-session';
import { ActivityStore } from './activity-store';
import { ExtensionList } from './extension-list';
import { HealthGraphs } from './health-graphs';
import { NowView } from './now-view';
import { SettingsEditor } from './settings-editor';
import { useLookedAt } from './use-looked-at';
import { ViewButtons } from './view-buttons';

const ELECTING: Seat = { kind: 'electing' };
const VIEWS = [
  { id: 'now', label: 'Now' },
  { id: 'settings', label: 'Settings' },
  { id: 'extensions', label: 'Extensions' },
] as const;
type View = (typeof VIEWS)[number]['id'];

/** What the machine and its PostgreSQL do, how it is set, and what it can be given. */
export function ActivityPanel({ session, isActive }: DockPanelProps) {
  const [asked] = useState(() => new ActivitySession(session.reach));
  // Asked every few seconds; by itself that saves no machine.
  const [looking] = useState(() => new ActivitySession(session.reach, 'look'));
  const [store] = useState(() => new ActivityStore(looking));
  const [view, setView] = useState<View>('now');
  const isLookedAt = useLookedAt(isActive);
  const seat = useCell(session.seat, ELECTING);
  const machine = seat.kind === 'host' ? seat.machine : undefined;
  useEffect(() => {
    store.setActive(isLookedAt && view === 'now');
    return () => store.setActive(false);
  }, [store, isLookedAt, view]);
  // Nobody's connection is taken while nobody looks.
  useEffect(() => {
    if (!isLookedAt) return;
    return () => {
      asked.close();
      looking.close();
    };
  }, [asked, looking, isLookedAt]);
  return (
    <div className="space-y-3 p-3">
      <ViewButtons label="Views of the activity" views={VIEWS} chosen={view} onChoose={setView} />
      {view === 'now' && (
        <>
          {machine && <HealthGraphs machine={machine} />}
          <NowView store={store} />
        </>
      )}
      {view === 'settings' && (
        <SettingsEditor session={asked} machine={machine} isActive={isLookedAt} />
      )}
      {view === 'extensions' && <ExtensionList session={asked} isActive={isLookedAt} />}
    </div>
  );
}
