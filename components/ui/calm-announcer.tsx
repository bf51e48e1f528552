'use client';

import { useEffect } from 'react';
import { announceWithoutAlarm } from './live-region';

/** Next reads out a page's title after a navigation, as an alert; a change of page is none. */
export function CalmAnnouncer() {
  useEffect(() => {
    // Next adds its region in an effect of its own, in this same commit.
    const timer = setTimeout(() => {
      const announcer = document.querySelector('next-route-announcer');
      announceWithoutAlarm(announcer?.shadowRoot?.querySelector('[role=alert]'));
    });
    return () => clearTimeout(timer);
  }, []);
  return null;
}
