'use client';

import { useEffect, useState } from 'react';
import { fetchPlayground } from '../playgrounds/api';

type Whereabouts = 'unknown' | 'running' | 'asleep' | 'gone';

const LABELS: Record<Whereabouts, string | undefined> = {
  unknown: undefined,
  asleep: undefined,
  running: 'running in a tab',
  gone: 'no longer known to the server',
};

/** Whether a host is connected just now; silent when the server cannot tell. */
export function RunningBadge({ id }: { id: string }) {
  const [where, setWhere] = useState<Whereabouts>('unknown');
  useEffect(() => {
    let mounted = true;
    fetchPlayground(id).then((answer) => {
      if (!mounted) return;
      if (answer.ok) setWhere(answer.value.hostOnline ? 'running' : 'asleep');
      else if (answer.status === 404) setWhere('gone');
    });
    return () => {
      mounted = false;
    };
  }, [id]);

  const label = LABELS[where];
  if (!label) return null;
  return <span className={where === 'running' ? 'text-ok' : 'text-bad'}>· {label}</span>;
}
