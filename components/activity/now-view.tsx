'use client';

import { useState } from 'react';
import { useCell } from '../state/cell';
import { formatBytes, formatCount } from '../ui/format';
import { Notice } from '../ui/notice';
import { type ActivityState, type ActivityStore, lastOf } from './activity-store';
import { errorText } from './error-text';
import { SessionTable } from './session-table';

const READING: ActivityState = { kind: 'reading' };

/** The server's sessions and databases, as they are now. */
export function NowView({ store }: { store: ActivityStore }) {
  const state = useCell(store.state, READING);
  const [told, setTold] = useState<{ readonly isBad: boolean; readonly text: string }>();
  const reading = lastOf(state);
  const act = async (pid: number, deed: 'cancel' | 'terminate') => {
    try {
      const wasThere = await store[deed](pid);
      const done = deed === 'cancel' ? 'was asked to cancel its query' : 'was ended';
      setTold({
        isBad: false,
        text: `Session ${pid} ${wasThere ? done : 'had ended already'}.`,
      });
    } catch (thrown) {
      setTold({ isBad: true, text: errorText(thrown) });
    }
  };
  return (
    <div className="space-y-3">
      {state.kind === 'failed' && (
        <Notice tone={reading ? 'warn' : 'plain'} title="The activity cannot be read just now">
          {state.message} It is tried again by itself.
        </Notice>
      )}
      {!reading && state.kind === 'reading' && (
        <p className="text-muted text-sm">Asking PostgreSQL…</p>
      )}
      {reading && (
        <>
          <p className="text-[13px] tabular-nums">
            <span className="font-medium">Connections</span>{' '}
            <span className="text-muted">
              {formatCount(reading.sessions.length)} of {formatCount(reading.maxConnections)}, this
              panel’s own left out
            </span>
          </p>
          <ul
            aria-label="Databases"
            className="flex flex-wrap gap-x-4 gap-y-1 text-[13px] tabular-nums"
          >
            {reading.databases.map(({ name, bytes }) => (
              <li key={name}>
                <span className="font-medium">{name}</span>{' '}
                <span className="text-muted">{formatBytes(bytes)}</span>
              </li>
            ))}
          </ul>
          <p role="status" className={`text-[13px] ${told?.isBad ? 'text-bad' : 'text-muted'}`}>
            {told?.text}
          </p>
          <SessionTable
            sessions={reading.sessions}
            onCancel={(pid) => void act(pid, 'cancel')}
            onTerminate={(pid) => void act(pid, 'terminate')}
          />
        </>
      )}
    </div>
  );
}
