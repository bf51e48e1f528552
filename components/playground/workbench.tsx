'use client';

import { useEffect, useState } from 'react';
import { healthLogOf } from '../activity/health-log';
import { Dock } from '../dock/dock';
import { useDock } from '../dock/use-dock';
import { useUnsavedWarning } from '../document/use-unsaved-warning';
import { MachineNews } from '../machine/machine-news';
import { MachineToast } from '../machine/machine-toast';
import { PendingData } from '../machine/pending-data';
import { CsvDrop } from '../notebook/csv-drop';
import { NotebookView } from '../notebook/notebook-view';
import { useActions } from '../notebook/use-actions';
import { SnapshotDrop } from '../snapshot/snapshot-drop';
import { NEVER, useCell } from '../state/cell';
import { SeatBanner } from './seat-banner';
import type { Session } from './session';
import { useCalm } from './use-calm';
import { useLeaveWarning } from './use-leave-warning';
import { WorkbenchHeader } from './workbench-header';
import { WorkbenchSide } from './workbench-side';

interface WorkbenchProps {
  playground: string;
  /** Absent on the server and while the page wakes up: the page is shown, and typing works. */
  session: Session | undefined;
}

export function Workbench({ playground, session }: WorkbenchProps) {
  const actions = useActions(session);
  const calm = useCalm(session);
  const mayEdit = useCell<boolean | undefined>(actions?.document.mayEdit ?? NEVER, undefined);
  const [file, setFile] = useState<File>();
  const [isSideToggled, setSideToggled] = useState(false);
  const [news] = useState(() => new MachineNews());
  const dock = useDock(calm);
  const seat = useCell(session?.seat ?? NEVER, undefined);
  const machine = seat?.kind === 'host' ? seat.machine : undefined;
  useEffect(() => {
    // From now on its last minutes are known to whoever looks.
    if (machine) healthLogOf(machine);
  }, [machine]);
  useLeaveWarning(session);
  useUnsavedWarning(actions?.document);

  return (
    <div className="flex min-h-dvh flex-col">
      <WorkbenchHeader
        playground={playground}
        session={session}
        actions={actions}
        machine={machine}
        news={news}
        dock={dock}
        onSide={() => setSideToggled((open) => !open)}
      />
      {session && <SeatBanner session={session} />}
      {session && machine && <PendingData session={session} machine={machine} />}
      <div className="flex min-w-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col lg:border-line lg:border-r">
          <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 outline-none">
            <NotebookView actions={actions} calm={calm} />
          </main>
          {session && <Dock session={session} dock={dock} />}
        </div>
        {session && (
          <WorkbenchSide
            playground={playground}
            session={session}
            actions={actions}
            calm={calm}
            isToggled={isSideToggled}
            onClose={() => setSideToggled(false)}
            onImport={mayEdit ? setFile : undefined}
          />
        )}
      </div>
      <SnapshotDrop />
      <MachineToast playground={playground} news={news} machine={machine} />
      {actions && mayEdit && <CsvDrop actions={actions} chosen={file} />}
    </div>
  );
}
