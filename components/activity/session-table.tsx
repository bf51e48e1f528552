'use client';

import { Button } from '../ui/button';
import { formatDuration } from '../ui/format';
import { Question } from '../ui/question';
import type { SessionRow } from './activity-sql';

interface SessionTableProps {
  sessions: readonly SessionRow[];
  onCancel: (pid: number) => void;
  onTerminate: (pid: number) => void;
}

const COLUMNS = ['Pid', 'User', 'Application', 'State', 'Since', 'Query', 'Actions'] as const;

/** Who is connected, and what each does. */
export function SessionTable({ sessions, onCancel, onTerminate }: SessionTableProps) {
  if (sessions.length === 0) {
    return <p className="text-muted text-sm">Nobody else is connected to PostgreSQL.</p>;
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      role="group"
      aria-label="Table of sessions"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-md border border-line"
    >
      <table aria-label="Sessions" className="w-full min-w-180 border-collapse text-[13px]">
        <thead>
          <tr className="bg-sunken text-left text-muted">
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="px-2.5 py-1.5 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {sessions.map((session) => (
            <tr key={session.pid} className="align-top">
              <td className="px-2.5 py-1.5 tabular-nums">{session.pid}</td>
              <td className="px-2.5 py-1.5">{session.user}</td>
              <td className="max-w-40 truncate px-2.5 py-1.5" title={session.application}>
                {session.application}
              </td>
              <td className="whitespace-nowrap px-2.5 py-1.5">
                {session.state}
                {session.waitsFor && (
                  <span className="block text-warn text-xs">waits for {session.waitsFor}</span>
                )}
              </td>
              <td className="whitespace-nowrap px-2.5 py-1.5 tabular-nums">
                {formatDuration(session.sinceSeconds * 1000)}
              </td>
              <td className="w-full max-w-0 truncate px-2.5 py-1.5 font-mono" title={session.query}>
                {session.query}
              </td>
              <td className="px-2.5 py-1">
                <div className="flex flex-wrap gap-1.5">
                  <Button
                    size="small"
                    disabled={session.state !== 'active'}
                    aria-label={`Cancel the query of ${session.pid}`}
                    onClick={() => onCancel(session.pid)}
                  >
                    Cancel
                  </Button>
                  <Question
                    label="Terminate"
                    name={`Terminate session ${session.pid}`}
                    title={`End session ${session.pid}?`}
                    yes="End it"
                    no="Leave it"
                    onYes={() => onTerminate(session.pid)}
                  >
                    What it runs stops, its transaction is rolled back, and whoever uses it has to
                    connect again.
                  </Question>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
