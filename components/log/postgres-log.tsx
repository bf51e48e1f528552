'use client';

import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { HostedMachine } from '../playground/hosted-machine';
import { useCell } from '../state/cell';
import { filterLines, type LogFilter, type LogLine } from './log-lines';
import { LogList } from './log-list';
import { LogStore } from './log-store';
import { LogTools } from './log-tools';

const NONE: readonly LogLine[] = [];
const OFF = { stage: 'off' } as const;

interface PostgresLogProps {
  machine: HostedMachine;
  isActive: boolean;
}

/** PostgreSQL's log, live. */
export function PostgresLog({ machine, isActive }: PostgresLogProps) {
  const state = useCell(machine.state, OFF);
  const since = state.stage === 'ready' ? state.since : undefined;
  // Another start is another machine, with a log of its own.
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for each start
  const store = useMemo(() => new LogStore((metadata) => machine.open(metadata)), [machine, since]);
  const live = useCell(store.lines, NONE);
  const trouble = useCell(store.trouble, undefined);
  const [filter, setFilter] = useState<LogFilter>({ least: 'plain', text: '' });
  /** What was there when it was paused. */
  const [paused, setPaused] = useState<readonly LogLine[]>();
  const asked = useDeferredValue(filter);
  const lines = paused ?? live;
  const found = useMemo(() => filterLines(lines, asked), [lines, asked]);
  const isReady = since !== undefined;
  useEffect(() => {
    store.follow(isActive && isReady);
    return () => store.follow(false);
  }, [store, isActive, isReady]);
  return (
    <>
      <LogTools
        filter={filter}
        found={found}
        total={lines.length}
        isPaused={paused !== undefined}
        onFilter={setFilter}
        onPause={() => setPaused(paused ? undefined : live)}
        onClear={() => {
          store.clear();
          setPaused(undefined);
        }}
      />
      {trouble !== undefined && <p className="text-warn text-xs">{trouble}</p>}
      {!isReady && <p className="text-muted text-xs">The machine does not run just now.</p>}
      <LogList lines={found} />
      <p className="text-muted text-xs text-pretty">
        Errors of statements go to whoever ran them. To see them here too, set log_min_messages to
        warning in Activity, Settings.
      </p>
    </>
  );
}
