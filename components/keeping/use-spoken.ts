import { useEffect, useState } from 'react';
import type { NotebookDocument } from '../document/types';
import type { SpokenNotebook } from './compare-notebooks';
import { readSpoken } from './read-spoken';

/** Others type while somebody looks at a version; reading all the texts more often would cost for nothing. */
const RENEW_MS = 500;

/** The notebook with its texts as it is now, half a second old at most. */
export function useSpoken({ doc }: NotebookDocument): SpokenNotebook {
  const [spoken, setSpoken] = useState(() => readSpoken(doc));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const renew = () => {
      timer = undefined;
      setSpoken(readSpoken(doc));
    };
    const soon = () => {
      timer ??= setTimeout(renew, RENEW_MS);
    };
    renew();
    doc.on('update', soon);
    return () => {
      doc.off('update', soon);
      clearTimeout(timer);
    };
  }, [doc]);
  return spoken;
}
