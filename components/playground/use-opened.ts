import { useEffect, useState } from 'react';
import { type Opened, openSession } from './open-session';

/** This tab's session in a playground; undefined on the server and while the page wakes up. */
export function useOpened(playground: string): Opened | undefined {
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    const look = () => setOpened(openSession(playground));
    look();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, [playground]);
  return opened;
}
