'use client';

import { useState } from 'react';
import { useLookedAt } from '../activity/use-looked-at';
import { ViewButtons } from '../activity/view-buttons';
import type { DockPanelProps } from '../dock/dock-panels';
import type { Seat } from '../playground/seat';
import { useCell } from '../state/cell';
import { BootLog } from './boot-log';
import { PostgresLog } from './postgres-log';

const ELECTING: Seat = { kind: 'electing' };
const VIEWS = [
  { id: 'postgres', label: 'PostgreSQL' },
  { id: 'boot', label: 'Boot' },
] as const;
type View = (typeof VIEWS)[number]['id'];

/** What PostgreSQL and the kernel of this tab's machine write. */
export function LogPanel({ session, isActive }: DockPanelProps) {
  const seat = useCell(session.seat, ELECTING);
  const [view, setView] = useState<View>('postgres');
  const isLookedAt = useLookedAt(isActive);
  if (seat.kind !== 'host') {
    return (
      <p className="p-3 text-muted text-sm">
        The log is shown in the tab that runs the machine. Its owner can read it there.
      </p>
    );
  }
  const { machine } = seat;
  return (
    <div className="flex h-full min-h-40 flex-col gap-2 p-3">
      <ViewButtons label="Logs" views={VIEWS} chosen={view} onChoose={setView} />
      {view === 'boot' ? (
        <BootLog machine={machine} />
      ) : (
        <PostgresLog machine={machine} isActive={isLookedAt} />
      )}
    </div>
  );
}
