import { useEffect, useState } from 'react';
import type { Session } from './session';

/** Nothing was under way for this long: what was asked for has come. */
const CALM_MS = 250;
/** A page that is never idle is not made to wait for ever. */
const IDLE_LIMIT_MS = 3000;

/**
 * Turns true, for good, once PostgreSQL can be used or has definitely failed and no run is under way.
 * Until then nothing large may load beside the machine's start.
 */
export function useCalm(session: Session | undefined): boolean {
  const [calm, setCalm] = useState(false);
  useEffect(() => {
    if (!session || calm) return;
    const { desk, reach } = session;
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      clearTimeout(timer);
      const working = desk.running.get() !== undefined || desk.queue.get().length > 0;
      const settled = reach.get().kind === 'closed' || desk.session.get().kind === 'open';
      if (settled && !working) timer = setTimeout(() => whenIdle(() => setCalm(true)), CALM_MS);
    };
    look();
    const watched = [desk.running, desk.queue, desk.session, reach];
    const stops = watched.map((cell) => cell.subscribe(look));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [session, calm]);
  return calm;
}

/** Safari knows no idle callbacks. */
function whenIdle(then: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(then, { timeout: IDLE_LIMIT_MS });
  else then();
}
