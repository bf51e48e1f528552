'use client';

import { useRef, useState } from 'react';
import type { EditorSurface } from '../editor/editor-surface';
import { ErrorMarks } from '../editor/error-marks';
import { SqlEditor } from '../editor/sql-editor';
import { PeersPanel } from '../peers/peers-panel';
import { ROW_LIMIT } from '../query/query-desk';
import { QueryToolbar } from '../query/query-toolbar';
import { ResultPanel } from '../results/result-panel';
import { formatCount } from '../ui/format';
import { MachineSide } from './machine-side';
import { SeatBanner } from './seat-banner';
import type { Session } from './session';
import { useCalm } from './use-calm';
import { useLeaveWarning } from './use-leave-warning';
import { WorkbenchHeader } from './workbench-header';

interface WorkbenchProps {
  playground: string;
  /** Absent on the server and while the page wakes up: the page is shown, and typing works. */
  session: Session | undefined;
}

export function Workbench({ playground, session }: WorkbenchProps) {
  const surface = useRef<EditorSurface>(null);
  const [edited, setEdited] = useState(0);
  const calm = useCalm(session);
  useLeaveWarning(session);

  const run = () => {
    const editor = surface.current;
    if (!editor || !session) return;
    const text = editor.text();
    const { start, end } = editor.selection();
    session.desk.submit(
      start === end ? { text, start: 0, end: text.length } : { text, start, end },
    );
  };

  return (
    <div className="flex min-h-dvh flex-col lg:h-dvh lg:overflow-hidden">
      <WorkbenchHeader playground={playground} session={session} />
      {session && <ErrorMarks desk={session.desk} surface={surface} generation={edited} />}
      {session && <SeatBanner session={session} />}
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <main
          id="main"
          tabIndex={-1}
          className="flex min-h-0 min-w-0 flex-1 flex-col outline-none lg:border-line lg:border-r"
        >
          <div className="flex h-[42dvh] min-h-52 flex-col border-line border-b bg-surface lg:max-h-[80%] lg:resize-y lg:overflow-hidden">
            <QueryToolbar desk={session?.desk} onRun={run} />
            <SqlEditor
              playground={playground}
              surface={surface}
              onRun={run}
              mayUpgrade={calm}
              onUpgrade={() => setEdited((count) => count + 1)}
            />
          </div>
          <ResultPanel
            desk={session?.desk}
            onReveal={({ span }) => surface.current?.reveal(span)}
          />
        </main>
        <aside className="shrink-0 bg-page lg:w-80 lg:overflow-y-auto">
          {session && (
            <>
              <MachineSide playground={playground} session={session} />
              <PeersPanel relay={session.relay} mayDisconnect={session.identity.kind === 'owner'} />
            </>
          )}
          <p className="px-4 py-3.5 text-muted text-xs text-pretty">
            Ctrl+Enter runs everything, or what is selected. In the editor Tab indents; Ctrl+M lets
            it move on. A result keeps its first {formatCount(ROW_LIMIT)} rows.
          </p>
        </aside>
      </div>
    </div>
  );
}
