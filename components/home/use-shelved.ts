import { useCallback, useEffect, useState } from 'react';
import { whenIdle } from '../editor/when-idle';
import { readShelved, type Shelved } from './kept-machines';

export type ShelvedState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly shelved: Shelved }
  /** `message`: why this browser keeps no machines. */
  | { readonly kind: 'refused'; readonly message: string };

/** What this browser keeps, looked at once the page is painted and again when somebody comes back to it. */
export function useShelved(): { readonly state: ShelvedState; readonly look: () => Promise<void> } {
  const [state, setState] = useState<ShelvedState>({ kind: 'unknown' });
  const look = useCallback(async () => {
    try {
      setState({ kind: 'known', shelved: await readShelved() });
    } catch (thrown) {
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      setState({ kind: 'refused', message });
    }
  }, []);
  useEffect(() => {
    const cancel = whenIdle(() => void look());
    const onShow = () => {
      if (document.visibilityState === 'visible') void look();
    };
    document.addEventListener('visibilitychange', onShow);
    return () => {
      cancel();
      document.removeEventListener('visibilitychange', onShow);
    };
  }, [look]);
  return { state, look };
}
