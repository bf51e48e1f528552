'use client';

import { useState } from 'react';
import { useUnsavedWarning } from '../document/use-unsaved-warning';
import { CsvDrop } from '../notebook/csv-drop';
import { NotebookView } from '../notebook/notebook-view';
import { useActions } from '../notebook/use-actions';
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
  useLeaveWarning(session);
  useUnsavedWarning(actions?.document);

  return (
    <div className="flex min-h-dvh flex-col">
      <WorkbenchHeader
        playground={playground}
        session={session}
        actions={actions}
        onSide={() => setSideToggled((open) => !open)}
      />
      {session && <SeatBanner session={session} />}
      <div className="flex min-w-0 flex-1">
        <main
          id="main"
          tabIndex={-1}
          className="flex min-w-0 flex-1 outline-none lg:border-line lg:border-r"
        >
          <NotebookView actions={actions} calm={calm} />
        </main>
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
      {actions && mayEdit && <CsvDrop actions={actions} chosen={file} />}
    </div>
  );
}
