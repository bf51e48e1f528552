import { useSyncExternalStore } from 'react';

/** True while a panel is shown and its browser tab is, too. */
export function useLookedAt(isActive: boolean): boolean {
  const isVisible = useSyncExternalStore(
    subscribe,
    () => document.visibilityState === 'visible',
    () => true,
  );
  return isActive && isVisible;
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
