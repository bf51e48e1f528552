import { useEffect, useState } from 'react';

/** True once `now` has been true for so long without a break: what passes by itself is not told. */
export function useLasting(now: boolean, forMs: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!now) return;
    const timer = setTimeout(() => setLasts(true), forMs);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [now, forMs]);
  return now && lasts;
}
