import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { LinkOpening, type ShownSnapshot } from './open-link';
import { problemOf, type SnapshotProblem } from './snapshot-problem';

/** How far the opening of a snapshot is. */
export type OpeningState =
  | { readonly kind: 'asked' }
  | { readonly kind: 'loading'; readonly bytes: number; readonly fault: string | undefined }
  /** All is there; the playground is being shown. */
  | { readonly kind: 'entering' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly problem: SnapshotProblem };

/** Opens a snapshot and goes to the playground that it became. */
export function useOpening(shown: ShownSnapshot) {
  const router = useRouter();
  const [state, setState] = useState<OpeningState>({ kind: 'asked' });
  const end = useRef<AbortController>(undefined);
  const [opening] = useState(() => new LinkOpening(shown));

  // The playground's code is fetched while somebody reads what the snapshot is.
  useEffect(() => router.prefetch('/p/000000000000'), [router]);
  useEffect(() => () => end.current?.abort(), []);

  const open = async () => {
    const cut = new AbortController();
    end.current = cut;
    let bytes = 0;
    let fault: string | undefined;
    const tell = () => {
      if (!cut.signal.aborted) setState({ kind: 'loading', bytes, fault });
    };
    tell();
    try {
      const playground = await opening.open({
        signal: cut.signal,
        onProgress: (now) => {
          bytes = now;
          tell();
        },
        onFault: (message) => {
          fault = message;
          tell();
        },
      });
      setState({ kind: 'entering' });
      router.push(`/p/${playground}`);
    } catch (thrown) {
      if (!cut.signal.aborted) setState({ kind: 'failed', problem: problemOf(thrown) });
    }
  };

  const cancel = () => {
    end.current?.abort(new DOMException('Cancelled.', 'AbortError'));
    setState({ kind: 'cancelled' });
  };

  return { state, open, cancel };
}
