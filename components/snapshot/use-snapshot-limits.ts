import { useEffect, useState } from 'react';
import { fetchSnapshotLimits, type SnapshotLimits } from './snapshot-api';

/** What this server keeps at most; undefined until it is known. Creating asks again, and tells when it cannot. */
export function useSnapshotLimits(): SnapshotLimits | undefined {
  const [limits, setLimits] = useState<SnapshotLimits>();
  useEffect(() => {
    let isOver = false;
    void fetchSnapshotLimits().then((answer) => {
      if (answer.ok && !isOver) setLimits(answer.value);
    });
    return () => {
      isOver = true;
    };
  }, []);
  return limits;
}
