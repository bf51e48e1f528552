'use client';

import { useEffect, useState } from 'react';

/** The time, renewed every `everyMs`, for what counts up or down on the page. Zero on the server. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
