import { useEffect } from 'react';
import type { NotebookDocument } from './types';

/** Asks before the tab closes while it alone has something: neither the server nor this browser's storage. */
export function useUnsavedWarning(document: NotebookDocument | undefined): void {
  useEffect(() => {
    if (!document) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (document.hasUnsaved()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [document]);
}
