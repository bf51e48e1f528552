import { useEffect, useState } from 'react';
import { whenIdle } from '../editor/when-idle';
import type { Session } from './session';

/** Nothing was under way for this long: what was asked for has come. */
const CALM_MS = 250;

/**
 * Turns true, for good, once PostgreSQL can be used, has definitely failed or is away, and no run is under way.
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
      const settled =
        reach.get().kind === 'closed' || desk.session.get().kind === 'open' || isHostAway(session);
      if (settled && !working) timer = setTimeout(() => whenIdle(() => setCalm(true)), CALM_MS);
    };
    look();
    const watched = [desk.running, desk.queue, desk.session, reach, session.seat];
    const stops = watched.map((cell) => cell.subscribe(look));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [session, calm]);
  return calm;
}

/** True when no machine starts in this tab, and none is there in another: the notebook is all there is. */
function isHostAway({ seat, relay }: Session): boolean {
  const { kind } = seat.get();
  return kind !== 'host' && kind !== 'electing' && !relay.hostOnline.get();
}
